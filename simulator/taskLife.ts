import type { Scenario } from './scenario';

/** The statuses of Runway's API (docs.dev.runwayml.com, "Task"). */
export type TaskStatus = 'PENDING' | 'THROTTLED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** The statuses of the gateway's wrapped shape. */
export type GatewayStatus =
	| 'NOT_START'
	| 'SUBMITTED'
	| 'QUEUED'
	| 'IN_PROGRESS'
	| 'SUCCESS'
	| 'FAILURE';

/** A task at one moment of its life. `progress` is 0…1, there only while RUNNING. */
export interface TaskMoment {
	status: TaskStatus;
	progress?: number;
}

const PROGRESS_STEP = 0.25;
const STALL_AT_PROGRESS = 0.9;
/** Part of the running span after which stalling progress no longer moves. */
const STALL_AFTER_PART = 0.5;

/** Simulated ms from creation until the task is RUNNING. */
export function runningFromMs(scenario: Scenario): number {
	return scenario.pendingMs + scenario.throttledMs;
}

/** Simulated ms from creation until the task has its outcome. */
export function finishedFromMs(scenario: Scenario): number {
	return runningFromMs(scenario) + scenario.runningMs;
}

/** Whether reads know the task already, `elapsedMs` (simulated) after its creation. */
export function existsAt(scenario: Scenario, elapsedMs: number): boolean {
	return elapsedMs >= scenario.notExistMs;
}

/** The task's status and progress, `elapsedMs` (simulated) after its creation. */
export function taskAt(scenario: Scenario, elapsedMs: number): TaskMoment {
	if (elapsedMs >= finishedFromMs(scenario)) return { status: scenario.outcome };
	if (elapsedMs < scenario.pendingMs) return { status: 'PENDING' };
	if (elapsedMs < runningFromMs(scenario)) return { status: 'THROTTLED' };

	const progress = progressAt(scenario, elapsedMs);
	return { status: 'RUNNING', ...(progress === undefined ? {} : { progress }) };
}

function progressAt(scenario: Scenario, elapsedMs: number): number | undefined {
	const part = (elapsedMs - runningFromMs(scenario)) / scenario.runningMs;
	switch (scenario.progress) {
		case 'none':
			return undefined;
		case 'linear':
			return toThousandths(part);
		case 'steps':
			return Math.floor(part / PROGRESS_STEP) * PROGRESS_STEP;
		case 'stalling':
			return toThousandths(Math.min(part / STALL_AFTER_PART, 1) * STALL_AT_PROGRESS);
	}
}

/** Rounds down, so that an unfinished task never says 1. */
function toThousandths(part: number): number {
	return Math.floor(part * 1000) / 1000;
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
