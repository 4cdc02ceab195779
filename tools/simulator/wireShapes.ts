import type { CreateRoute } from './create/routes';
import type { Scenario } from './scenario';
import {
	finishedFromMs,
	gatewayStatusAt,
	runningFromMs,
	shownAtMs,
	taskAt,
	type SimulatedStatus,
} from './taskLife';

/** What a wire shape is drawn from: a task, looked at `elapsedMs` (simulated) after its creation. */
export interface TaskView {
	id: string;
	route: CreateRoute;
	scenario: Scenario;
	elapsedMs: number;
	/** Real ms since the epoch. */
	createdAt: number;
	/** Simulated ms per real ms. */
	speed: number;
	/** Signs fresh URLs; asked only when the task has succeeded. */
	signOutputUrls: () => string[];
}

/** China Standard Time, the offset the gateway writes its inner timestamps in. */
const GATEWAY_OFFSET_HOURS = 8;

/** The body that reading a task answers, in the shape its scenario names. */
export function taskBody(view: TaskView): Record<string, unknown> {
	const { scenario } = view;
	const shown = { ...view, elapsedMs: shownAtMs(scenario, view.elapsedMs) };
	return scenario.shape === 'wrapped' ? wrappedTask(shown) : bareTask(shown);
}

/**
 * Runway's own shape: `progress` only while RUNNING (but for `queuedProgress`), `failure` and `failureCode` only on FAILED, `output`
 * only on SUCCEEDED, `createdAt` as ISO 8601.
 */
export function bareTask(view: TaskView): Record<string, unknown> {
	return runwayTask(view, new Date(view.createdAt).toISOString(), view.signOutputUrls);
}

/**
 * The gateway's shape around Runway's: `progress` as a percent string, times in whole epoch seconds (0
 * where not reached), and the finished URL under the key that the scenario names.
 */
export function wrappedTask(view: TaskView): Record<string, unknown> {
	const { scenario, elapsedMs } = view;
	const moment = taskAt(scenario, elapsedMs);
	const urls = moment.status === 'SUCCEEDED' ? view.signOutputUrls() : [];
	const urlsInside = scenario.outputUrlIn === 'output';
	const innerTask = runwayTask(view, gatewayTime(view.createdAt), () => urls);
	if (!urlsInside) delete innerTask.output;

	return {
		code: 'success',
		message: '',
		data: {
			task_id: view.id,
			action: view.route.toUpperCase(),
			status: gatewayStatusAt(scenario, elapsedMs),
			fail_reason: failReason(view),
			submit_time: epochSeconds(view, 0),
			start_time: epochSeconds(view, runningFromMs(scenario)),
			finish_time: epochSeconds(view, finishedFromMs(scenario)),
			progress: percent(view),
			...(urls.length > 0 && !urlsInside ? { [scenario.outputUrlIn]: urls[0] } : {}),
			data: innerTask,
		},
	};
}

function runwayTask(
	{ id, scenario, elapsedMs }: TaskView,
	createdAt: string,
	outputUrls: () => string[],
): Record<string, unknown> {
	const moment = taskAt(scenario, elapsedMs);
	const { failure, failureCode } = scenario;
	return {
		id,
		...moment,
		createdAt,
		...costsOf(scenario, moment.status),
		...(moment.status === 'SUCCEEDED' ? { output: outputUrls() } : {}),
		...(moment.status === 'FAILED' ? { failure, failureCode } : {}),
	};
}

const FINISHED: SimulatedStatus[] = ['SUCCEEDED', 'FAILED', 'CANCELLED'];

/** Runway keeps the credits of moderated tasks, and gives back those of others that come to nothing. */
function costsOf(scenario: Scenario, status: SimulatedStatus): Record<string, unknown> {
	const { costs, estimatedCredits, chargedCredits, failureCode } = scenario;
	if (costs === 'none') return {};
	if (!FINISHED.includes(status)) return { estimatedCost: { credits: estimatedCredits } };
	const isModerated = status === 'FAILED' && failureCode.startsWith('SAFETY');
	const isCharged = status === 'SUCCEEDED' || isModerated;
	return { cost: { credits: isCharged ? chargedCredits : 0 } };
}

/** The body that a create answers, with the id where the scenario says. */
export function createdBody(id: string, scenario: Scenario): Record<string, unknown> {
	const { createdIdIn, createdIdAs } = scenario;
	const shownId = createdIdAs === 'number' ? Number(id) : id;
	const costs = costsOf(scenario, 'PENDING');
	switch (createdIdIn) {
		case 'id':
		case 'task_id':
			return { [createdIdIn]: shownId, ...costs };
		case 'data.task_id':
			return { code: 'success', message: '', data: { task_id: shownId, ...costs } };
		case 'data':
			return { code: 'success', message: '', data: shownId };
	}
}

function failReason({ scenario, elapsedMs }: TaskView): string {
	switch (taskAt(scenario, elapsedMs).status) {
		case 'FAILED':
			return scenario.failure;
		case 'CANCELLED':
			return 'The task was cancelled.';
		default:
			return '';
	}
}

/** A gateway that knows no progress still writes "0%". */
function percent({ scenario, elapsedMs }: TaskView): string {
	if (elapsedMs >= finishedFromMs(scenario)) return '100%';
	return `${Math.floor((taskAt(scenario, elapsedMs).progress ?? 0) * 100)}%`;
}

function epochSeconds(view: TaskView, atMs: number): number {
	return view.elapsedMs < atMs ? 0 : Math.floor((view.createdAt + atMs / view.speed) / 1000);
}

/** `2026-03-13T09:52:46+08:00` */
function gatewayTime(epochMs: number): string {
	const shifted = new Date(epochMs + GATEWAY_OFFSET_HOURS * 3_600_000);
	return `${shifted.toISOString().slice(0, 19)}+08:00`;
}
