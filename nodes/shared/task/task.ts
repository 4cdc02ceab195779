import { parseErrorEnvelope } from '../http/errorEnvelope';
import { collectOutputUrls, LAST_PLAUSIBLE_EPOCH_SECONDS, parseUrlExpiry } from './outputUrls';
import { parseProgress } from './progress';
import { bareTaskSchema, wrappedTaskSchema, type BareTask, type GatewayTask } from './wireShapes';
import {
	combineStatus,
	isFinished,
	parseStatus,
	type StatusReading,
	type TaskStatus,
} from './status';

/**
 * The one Task that every node emits. Fields are absent, never null, where there is nothing to say.
 * Dates are ISO 8601 in UTC.
 */
export type Task = {
	taskId: string;
	status: TaskStatus;
	/** The status as the API said it, when it was a word we do not know. */
	rawStatus?: string;
	/** 0…1 */
	progress?: number;
	/** The first of `outputUrls`. */
	outputUrl?: string;
	outputUrls?: string[];
	/** When the first output URL stops working, if the URL says so. */
	outputUrlExpiresAt?: string;
	failure?: string;
	failureCode?: string;
	createdAt?: string;
	/** While it is not finished, where the API tells. */
	estimatedCostCredits?: number;
	/** Once it is finished, where the API tells; 0 when it was paid back. */
	costCredits?: number;
};

/** What an answer to "read this task" turned out to be. */
export type TaskReading =
	| { kind: 'task'; task: Task }
	| { kind: 'notFound' }
	| { kind: 'succeededWithoutUrl'; task: Task }
	| { kind: 'notATask'; code?: string; message?: string };

/** The code a fresh or unknown id answers with (CometAPI); the word can also sit in the message. */
const TASK_NOT_EXIST = 'task_not_exist';

/**
 * Makes the one Task model of the body of `GET /runwayml/v1/tasks/{id}`.
 *
 * Both documented shapes are understood: Runway's bare one and the gateway's envelope. `taskId` is the id that
 * was asked for; an answer that names only other ids is about another task, and no answer to the question.
 * SUCCEEDED without any URL is a reading of its own, so that nobody takes it for a success. Never throws.
 */
export function parseTask(body: unknown, taskId: string): TaskReading {
	const error = parseErrorEnvelope(body);
	if (error && saysNotFound(error)) return { kind: 'notFound' };
	const wrapped = wrappedTaskSchema.safeParse(body);
	if (wrapped.success) {
		const wire = wrapped.data.data;
		return checkReading(fromGateway(wire, taskId), [wire.task_id, wire.id, wire.data?.id]);
	}
	const bare = bareTaskSchema.safeParse(body);
	if (bare.success) return checkReading(fromBare(bare.data, taskId), [bare.data.id]);

	return { kind: 'notATask', ...error };
}

/** Whether an error says that CometAPI does not know the task (yet). */
export function saysNotFound({ code, message }: { code?: string; message?: string }): boolean {
	return code === TASK_NOT_EXIST || message?.includes(TASK_NOT_EXIST) === true;
}

function checkReading(task: Task, namedIds: Array<string | undefined>): TaskReading {
	const ids = namedIds.filter((id) => id !== undefined);
	if (ids.length > 0 && !ids.includes(task.taskId)) {
		return { kind: 'notATask', message: `The answer is about another task, ${ids[0]}` };
	}
	if (task.status === 'SUCCEEDED' && !task.outputUrl) return { kind: 'succeededWithoutUrl', task };
	return { kind: 'task', task };
}

function fromBare(wire: BareTask, taskId: string): Task {
	return buildTask(taskId, parseStatus(wire.status), {
		progress: parseProgress(wire.progress),
		urlCandidates: [wire.output],
		failure: wire.failure,
		failureCode: wire.failureCode,
		createdAt: parseDate(wire.createdAt),
		estimatedCost: wire.estimatedCost,
		cost: wire.cost,
	});
}

function fromGateway(wire: GatewayTask, taskId: string): Task {
	const inner = wire.data;
	return buildTask(taskId, combineStatus(wire.status, inner?.status), {
		progress: parseProgress(inner?.progress) ?? parseProgress(wire.progress),
		// The gateway has put the finished URL into each of these places, even into fail_reason.
		urlCandidates: [inner?.output, wire.output, wire.result_url, wire.video_url, wire.fail_reason],
		failure: inner?.failure ?? wire.failure ?? wire.fail_reason,
		failureCode: inner?.failureCode ?? wire.failureCode,
		createdAt:
			parseDate(inner?.createdAt) ??
			parseDate(wire.createdAt) ??
			parseEpochSeconds(wire.submit_time),
		estimatedCost: inner?.estimatedCost ?? wire.estimatedCost,
		cost: inner?.cost ?? wire.cost,
	});
}

interface TaskDetails {
	progress?: number;
	urlCandidates: unknown[];
	failure?: string;
	failureCode?: string;
	createdAt?: string;
	estimatedCost?: number;
	cost?: number;
}

function buildTask(
	taskId: string,
	{ status, rawStatus }: StatusReading,
	details: TaskDetails,
): Task {
	const task: Task = { taskId, status };
	if (rawStatus) task.rawStatus = rawStatus;
	if (status === 'SUCCEEDED') addOutput(task, details.urlCandidates);
	else if (details.progress !== undefined) task.progress = details.progress;
	if (isFinished(status) && status !== 'SUCCEEDED') {
		if (details.failure) task.failure = details.failure;
		if (details.failureCode) task.failureCode = details.failureCode;
	}
	if (details.createdAt) task.createdAt = details.createdAt;
	addCost(task, details);
	return task;
}

/** An estimate says nothing of a task that is finished, and what one costs that is not may change. */
function addCost(task: Task, { estimatedCost, cost }: TaskDetails): void {
	if (!isFinished(task.status)) {
		if (estimatedCost !== undefined) task.estimatedCostCredits = estimatedCost;
	} else if (cost !== undefined) task.costCredits = cost;
}

function addOutput(task: Task, urlCandidates: unknown[]): void {
	task.progress = 1;
	const outputUrls = collectOutputUrls(urlCandidates);
	if (outputUrls.length === 0) return;
	task.outputUrl = outputUrls[0];
	task.outputUrls = outputUrls;
	const expiresAt = parseUrlExpiry(outputUrls[0]);
	if (expiresAt) task.outputUrlExpiresAt = expiresAt;
}

function parseDate(value: string | undefined): string | undefined {
	const time = value !== undefined && /^\d{4}-/.test(value) ? Date.parse(value) : Number.NaN;
	return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function parseEpochSeconds(value: unknown): string | undefined {
	if (typeof value !== 'number' || !(value > 0) || value > LAST_PLAUSIBLE_EPOCH_SECONDS)
		return undefined;
	return new Date(value * 1000).toISOString();
}
