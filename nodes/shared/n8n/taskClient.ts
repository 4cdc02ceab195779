import type { IBinaryKeyData, IHttpRequestOptions } from 'n8n-workflow';
import type { Clock } from '../http/clock';
import type { Outcome } from '../http/outcome';
import { createPace, MOST_REQUESTS_IN_FLIGHT, type Pace } from '../http/pace';
import { reachOf, type Reach } from '../http/reach';
import { DEFAULT_BUDGET_MS, retry, type RetryOptions } from '../http/retry';
import { isNotFound, parseLook } from '../task/look';
import type { Task } from '../task/task';
import type { TaskLook } from '../task/watch';
import { sendOnce, VERSION_HEADER, type ApiRequest } from './client';
import { readBaseUrl, stopSignalOf, type NodeContext } from './context';
import type { NodeError } from './errors';
import { isTaskId } from './input';
import { downloadOutputs } from './media/outputs';
import { downloadError, lookError } from './taskErrors';

/** Where tasks are read; the id follows. */
export const TASKS_PATH = '/runwayml/v1/tasks';

/** A task to look at. */
export interface TaskRequest {
	taskId: string;
	runwayVersion: string;
}

/** What may become of a look that has to wait for its turn. */
export interface Turn {
	/** Asked when the turn has come: nothing is sent (`notSent`) where it says no. */
	isWanted(): boolean;
	/** Told before the next look has its turn. */
	onAnswer(outcome: Outcome): void;
}

/** A task whose output may be wanted as a file. */
export interface OutputRequest extends TaskRequest {
	/** The binary field to download into, and the first part of the names of those for further outputs; `undefined`: the URLs will do. */
	downloadInto?: string;
	/** An output that is larger is not downloaded. */
	maxBytes: number;
}

/** A task as it was last seen, with its output, or with the error that kept the output away. */
export type TaskOutput = { task: Task } & ({ binary?: IBinaryKeyData } | { error: NodeError });

/**
 * Reads tasks and downloads their outputs, for one run of a node or one poll. Caps itself: at most 5 requests are in
 * flight, downloads among them; after a 429 fewer, and none before its pause is over. Nothing leaves after Stop.
 */
export interface TaskClient {
	/** Which hosts the outputs may lie on. */
	readonly reach: Reach;
	/**
	 * Looks at a task once. Rather than wait for a gate that a 429 has closed, it says so: the schedule of whoever
	 * waits knows the task's deadline. Never rejects.
	 */
	look(request: TaskRequest, turn?: Turn): Promise<TaskLook>;
	/**
	 * Reads a task as patiently as the policy allows, one that CometAPI does not know yet as well, and gives what came
	 * of it. Never rejects.
	 */
	read(request: TaskRequest): Promise<Outcome>;
	/**
	 * Downloads all outputs of a task that has succeeded, where that is wanted, or none. An expired URL is answered by
	 * reading the task again, once, for fresh ones. Never rejects.
	 */
	fetchOutput(task: Task, request: OutputRequest, item: number): Promise<TaskOutput>;
}

/**
 * A `Retry-After` beyond this, met by one look, must not hold back all the others until their timeouts: reading costs
 * nothing, and one careful look then tells whether it still holds.
 */
const LONGEST_READ_PAUSE_MS = 300_000;

const NOT_SENT: Outcome = { kind: 'notSent' };

const PATIENT_READ: RetryOptions = {
	method: 'GET',
	budgetMs: DEFAULT_BUDGET_MS,
	mayPass: isNotFound,
};

/** What a task client stands on. */
interface Parts {
	context: NodeContext;
	clock: Clock;
	pace: Pace;
	/** The declared request, or one that is like it: method, base URL, and the path before the task's id. */
	request: ApiRequest;
}

/**
 * A client for a node whose declared request, if it has any, is for something else: only its settings count. Throws
 * when the credential's Base URL is unusable.
 */
export async function openTaskClient(
	context: NodeContext,
	clock: Clock,
	settings?: ApiRequest,
): Promise<TaskClient> {
	const baseURL = settings?.baseURL ?? (await readBaseUrl(context));
	return createTaskClient({
		context,
		clock,
		pace: createPace(MOST_REQUESTS_IN_FLIGHT, clock, LONGEST_READ_PAUSE_MS),
		request: { ...settings, method: 'GET', baseURL, url: TASKS_PATH },
	});
}

/** A client that sends requests like the given one. */
export function createTaskClient(parts: Parts): TaskClient {
	const { context, clock, pace } = parts;
	const reach = reachOf(parts.request.baseURL);
	const send = async (request: TaskRequest) =>
		await sendOnce(context, requestFor(parts, request), clock);
	const look = async (request: TaskRequest, turn?: Turn): Promise<TaskLook> => {
		if (!isTaskId(request.taskId)) return { kind: 'notFound' };
		const sendInTurn = async () => {
			if (turn && !turn.isWanted()) return NOT_SENT;
			const answer = await send(request);
			turn?.onAnswer(answer);
			return answer;
		};
		const outcome = await pace.run(sendInTurn, clock.now());
		const seen = parseLook(outcome, request.taskId);
		if (seen.kind === 'task') logTask(context, seen.task);
		return seen;
	};
	return {
		reach,
		look,
		async read(request) {
			const attempt = async () => await send(request);
			const { outcome } = await retry(pace, attempt, PATIENT_READ, clock);
			return outcome;
		},
		fetchOutput: async (task, request, item) =>
			await fetchOutput(parts, {
				...{ task, request, item, reach },
				lookAgain: async () => await look(request),
			}),
	};
}

function requestFor(
	{ request }: Parts,
	{ taskId, runwayVersion }: TaskRequest,
): IHttpRequestOptions {
	return {
		...request,
		url: `${request.url}/${encodeURIComponent(taskId)}`,
		headers: { [VERSION_HEADER]: runwayVersion },
	};
}

/** Progress goes to n8n's debug log. */
function logTask({ logger }: NodeContext, { taskId, status, progress }: Task): void {
	logger.debug('Runway task', { taskId, status, progress });
}

interface OutputJob {
	task: Task;
	request: OutputRequest;
	item: number;
	reach: Reach;
	lookAgain(): Promise<TaskLook>;
}

async function fetchOutput(
	parts: Parts,
	{ task, request, item, reach, lookAgain }: OutputJob,
): Promise<TaskOutput> {
	const { context, clock, pace } = parts;
	const { taskId, downloadInto, maxBytes } = request;
	if (downloadInto === undefined) return { task };
	const downloader = { context, clock, reach, maxBytes, abortSignal: stopSignalOf(context) };
	const download = async (from: Task) =>
		await downloadOutputs({ task: from, field: downloadInto, downloader, inTurn: pace.download });
	let seen = task;
	let end = await download(seen);
	if (end.kind === 'expired') {
		const look = await lookAgain();
		if (look.kind !== 'task')
			return { task, error: lookError(context.getNode(), look, taskId, item) };
		// One that is not finished any more has no other URL to offer.
		if (look.task.outputUrl) {
			seen = look.task;
			end = await download(seen);
		}
	}
	if (end.kind === 'stored') return { task: seen, binary: end.binary };
	return { task: seen, error: downloadError(context.getNode(), seen, end, item) };
}
