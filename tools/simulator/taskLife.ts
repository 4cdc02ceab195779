import type { Scenario } from './scenario';

/** The statuses of Runway's API (docs.dev.runwayml.com, "Task"). */
export type SimulatedStatus =
	| 'PENDING'
	| 'THROTTLED'
	| 'RUNNING'
	| 'SUCCEEDED'
	| 'FAILED'
	| 'CANCELLED';

/** The statuses of the gateway's wrapped shape. */
export type GatewayStatus =
	| 'NOT_START'
	| 'SUBMITTED'
	| 'QUEUED'
	| 'IN_PROGRESS'
	| 'SUCCESS'
	| 'FAILURE';

/** A task at one moment of its life. `progress` is 0…1, there while RUNNING, and where the scenario has one for the queue. */
export interface TaskMoment {
	status: SimulatedStatus;
	progress?: number;
}

const PROGRESS_STEP = 0.25;
const THOUSAND = 1000;
/** 0.3 / 0.1 is a little less than 3. */
const TINY = 1e-9;

/** Simulated ms from creation until the task is RUNNING. */
export function runningFromMs(scenario: Scenario): number {
	return scenario.pendingMs + scenario.throttledMs;
}

/** Simulated ms from creation until the task has its outcome. */
export function finishedFromMs(scenario: Scenario): number {
	return runningFromMs(scenario) + scenario.runningMs;
}

/** The moment of the task's life (simulated ms) that reads show, `elapsedMs` after its creation. */
export function shownAtMs({ refreshMs, refreshFromMs }: Scenario, elapsedMs: number): number {
	if (refreshMs === 0) return elapsedMs;
	const beats = Math.floor((elapsedMs - refreshFromMs) / refreshMs);
	return Math.max(0, refreshFromMs + beats * refreshMs);
}

/** Simulated ms from creation until reads show the outcome. */
export function endShownFromMs(scenario: Scenario): number {
	const { refreshMs, refreshFromMs } = scenario;
	const finishedFrom = finishedFromMs(scenario);
	if (refreshMs === 0) return finishedFrom;
	return (
		refreshFromMs + Math.max(0, Math.ceil((finishedFrom - refreshFromMs) / refreshMs)) * refreshMs
	);
}

/** Whether reads know the task already, `elapsedMs` (simulated) after its creation. */
export function existsAt(scenario: Scenario, elapsedMs: number): boolean {
	return elapsedMs >= scenario.notExistMs;
}

/** The task's status and progress, `elapsedMs` (simulated) after its creation. */
export function taskAt(scenario: Scenario, elapsedMs: number): TaskMoment {
	if (elapsedMs >= finishedFromMs(scenario)) return { status: scenario.outcome };
	if (elapsedMs < scenario.pendingMs) return moment('PENDING', scenario.queuedProgress);
	if (elapsedMs < runningFromMs(scenario)) return moment('THROTTLED', scenario.queuedProgress);
	return moment('RUNNING', progressAt(scenario, elapsedMs));
}

function moment(status: SimulatedStatus, progress: number | undefined): TaskMoment {
	return { status, ...(progress === undefined ? {} : { progress }) };
}

function progressAt(scenario: Scenario, elapsedMs: number): number | undefined {
	const part = (elapsedMs - runningFromMs(scenario)) / scenario.runningMs;
	const { progress, progressStep } = scenario;
	switch (progress) {
		case 'none':
			return undefined;
		case 'linear':
			return roundDown(part, progressStep);
		case 'steps':
			return roundDown(part, PROGRESS_STEP);
		default:
			return roundDown(heightAt(progress, part), progressStep);
	}
}

/** Rounds down, so that an unfinished task never says 1 before its time. */
function roundDown(part: number, step: number): number {
	return Math.round(Math.floor(part / step + TINY) * step * THOUSAND) / THOUSAND;
}

/** Where a line through points is; flat before the first one and after the last. */
function heightAt(points: Array<[number, number]>, at: number): number {
	const next = points.findIndex(([x]) => x > at);
	if (next === -1) return points[points.length - 1][1];
	const [toX, toY] = points[next];
	if (next === 0) return toY;
	const [fromX, fromY] = points[next - 1];
	return fromY + ((at - fromX) / (toX - fromX)) * (toY - fromY);
}

/**
 * The gateway's word for the same moment. It splits Runway's PENDING into three (each a third of the
 * span) and has no word for CANCELLED, which it reports as FAILURE.
 */
export function gatewayStatusAt(scenario: Scenario, elapsedMs: number): GatewayStatus {
	switch (taskAt(scenario, elapsedMs).status) {
		case 'PENDING': {
			const third = Math.floor((3 * elapsedMs) / scenario.pendingMs);
			return (['NOT_START', 'SUBMITTED', 'QUEUED'] as const)[third];
		}
		case 'THROTTLED':
			return 'QUEUED';
		case 'RUNNING':
			return 'IN_PROGRESS';
		case 'SUCCEEDED':
			return 'SUCCESS';
		case 'FAILED':
		case 'CANCELLED':
			return 'FAILURE';
	}
}
