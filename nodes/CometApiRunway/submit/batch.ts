import { sleep, type IExecuteSingleFunctions, type INodeExecutionData } from 'n8n-workflow';
import type { Clock } from '../../shared/http/clock';
import { createLimiter, type Lane } from '../../shared/http/limiter';
import { createPace, type Pace } from '../../shared/http/pace';
import { clockOf } from '../../shared/n8n/context';
import { countItemsOfRun, runKeyOf } from '../../shared/n8n/engine/batch';
import { errorJson, operationError, toNodeError, type NodeError } from '../../shared/n8n/errors';

/** How one item of a batch ended: with a task, or with an error. */
export type Settled = { taskId: string } | { error: NodeError };

/** How the items of a batch ended, by their index. */
export type Ends = ReadonlyMap<number, Settled>;

/** What the jobs of a batch share. */
export interface Siblings {
	clock: Clock;
	/** Slows all of them down after a 429. */
	pace: Pace;
	/** How all of them have ended, once they have; `undefined` where n8n has given the run up meanwhile. */
	ends(): Promise<Ends | undefined>;
}

/** What is emitted for an item, given what its job has brought. */
type Afterwards = (own: INodeExecutionData, siblings: Siblings) => Promise<INodeExecutionData[]>;

/** How much a batch does at a time. */
export interface BatchCaps {
	/** Items at work, and with them the binary sources in memory. */
	itemsAtWork: number;
	requestsInFlight: number;
}

/** The items of one try of one node run, which n8n's declarative engine asks for all at once. */
interface Batch {
	size: number;
	/** Whether the user set batching: then items are prepared one after the other and can't wait for each other. */
	comesOneByOne: boolean;
	atWork: Lane;
	siblings: Siblings;
	joined: Set<number>;
	settled: Map<number, Settled>;
	allSettled: Promise<void>;
	settle(item: number, end: Settled): void;
}

/** How long siblings that have not come yet are waited for, beyond the interval of n8n's *Batching*, in ms. */
const LONGEST_ABSENCE_MS = 60_000;
const ABSENCE_STEP_MS = 1_000;

/** By what the items of a run have in common. */
const batches = new WeakMap<object, Batch>();

/**
 * Runs one item's job together with its siblings of the same run.
 *
 * The engine starts all items at once and throws the first error it finds; what the siblings were given, and
 * paid for, would be lost. Here at most so many jobs run at a time, a 429 slows all of them down (their requests go
 * through the `pace` they share), and an error is thrown only after every sibling has settled, with the accepted
 * tasks in it. With *On Error* set to continue, the item gets its own error instead.
 *
 * A job's result names the task in `json.taskId`. What is to become of an item that has something to emit, its error
 * included, may be decided `afterwards`, where it takes no sibling's place.
 */
export async function runInBatch(
	context: IExecuteSingleFunctions,
	caps: BatchCaps,
	job: (siblings: Siblings) => Promise<INodeExecutionData>,
	afterwards: Afterwards = async (own) => [own],
): Promise<INodeExecutionData[]> {
	const item = context.getItemIndex();
	const batch = joinBatch(context, caps);
	if (!(await siblingsHaveJoined(context, batch))) {
		return [{ json: errorJson(absenceError(context)), pairedItem: { item } }];
	}
	const end = async (own: INodeExecutionData): Promise<INodeExecutionData[]> =>
		await afterwards({ ...own, pairedItem: { item } }, batch.siblings);
	let result: INodeExecutionData;
	try {
		result = await batch.atWork.run(async () => {
			// After Stop the engine may even run the node again (*Retry On Fail*): still nothing is sent.
			if (batch.siblings.clock.stopped()) throw stoppedError(context);
			return await job(batch.siblings);
		});
		batch.settle(item, { taskId: String(result.json.taskId) });
	} catch (caught) {
		const error = toNodeError(context.getNode(), caught, item);
		batch.settle(item, { error });
		if (context.continueOnFail()) return await end({ json: errorJson(error) });
		await batch.allSettled;
		throw withSiblings(error, batch);
	}
	return await end(result);
}

function joinBatch(context: IExecuteSingleFunctions, caps: BatchCaps): Batch {
	const key = runKeyOf(context);
	const item = context.getItemIndex();
	const existing = batches.get(key);
	// An item that is there already belongs to an earlier try of the node.
	const batch = !existing || existing.joined.has(item) ? createBatch(context, caps) : existing;
	batches.set(key, batch);
	batch.joined.add(item);
	return batch;
}

function createBatch(
	context: IExecuteSingleFunctions,
	{ itemsAtWork, requestsInFlight }: BatchCaps,
): Batch {
	const { batching } = context.getNodeParameter('requestOptions', {}) as {
		batching?: { batch?: { batchInterval?: number } };
	};
	const interval = batching?.batch?.batchInterval ?? 0;
	const size = countItemsOfRun(context);
	const joined = new Set<number>();
	const clock = clockOf(context);
	// With *On Error* set to continue n8n goes on without an item whose fields can't be read: those that come are all there.
	const goesOn = context.continueOnFail();
	const absenceMs = goesOn && interval === 0 ? 0 : LONGEST_ABSENCE_MS + interval;
	const settling = createSettling(size, joined, clock, absenceMs);
	return {
		size,
		comesOneByOne: interval > 0,
		atWork: createLimiter(itemsAtWork).lane(itemsAtWork),
		siblings: {
			clock,
			pace: createPace(requestsInFlight, clock),
			async ends() {
				await settling.allSettled;
				return goesOn || joined.size === size ? settling.settled : undefined;
			},
		},
		joined,
		...settling,
	};
}

/**
 * Keeps account of how the items end. `allSettled` resolves once all have, or once all that have come have and for
 * `absenceMs` no other has: nobody must wait for items that do not come.
 */
function createSettling(
	size: number,
	joined: ReadonlySet<number>,
	clock: Clock,
	absenceMs: number,
): Pick<Batch, 'settled' | 'allSettled' | 'settle'> {
	const settled = new Map<number, Settled>();
	let announce = () => {};
	const allSettled = new Promise<void>((resolve) => (announce = resolve));
	const giveUpOnOthers = async (): Promise<void> => {
		const known = joined.size;
		const othersCame = await comesWithin(absenceMs, () => joined.size > known, clock);
		if (!othersCame && !clock.stopped()) announce();
	};
	return {
		settled,
		allSettled,
		settle(item, end) {
			settled.set(item, end);
			if (settled.size === size) announce();
			else if (settled.size === joined.size) void giveUpOnOthers();
		},
	};
}

/**
 * Holds an item back until the engine has prepared all of them. When a field's expression fails in a later item, the
 * engine gives the whole run up at once, and nobody would hear of tasks created meanwhile: then none is. `false` after
 * a minute without the others; in a run that was given up nobody waits for that.
 */
async function siblingsHaveJoined(
	context: IExecuteSingleFunctions,
	batch: Batch,
): Promise<boolean> {
	await sleep(0);
	const isComplete = () =>
		batch.joined.size >= batch.size || batch.comesOneByOne || context.continueOnFail();
	return await comesWithin(LONGEST_ABSENCE_MS, isComplete, batch.siblings.clock);
}

/** Whether something comes about within so many ms, and before the user stops. */
async function comesWithin(mostMs: number, isThere: () => boolean, clock: Clock): Promise<boolean> {
	for (let waited = 0; !isThere() && waited < mostMs; waited += ABSENCE_STEP_MS) {
		await clock.sleep(ABSENCE_STEP_MS);
		if (clock.stopped()) return false;
	}
	return isThere();
}

/** Not thrown: in a run that was given up, an error that nobody catches would end n8n. */
function absenceError(context: IExecuteSingleFunctions): NodeError {
	const item = context.getItemIndex();
	const text = {
		message: `Item ${item} was not sent, because the other items of its run never came`,
		description: 'Nothing was created. Run the workflow again.',
	};
	return operationError(context.getNode(), text, item);
}

function stoppedError(context: IExecuteSingleFunctions): NodeError {
	const item = context.getItemIndex();
	const text = {
		message: `Execution was canceled before item ${item} was sent`,
		description: 'Run the workflow again.',
	};
	return operationError(context.getNode(), text, item);
}

/**
 * The error of the whole run, since n8n shows one only: its first error, how many more there are, and the tasks
 * that were accepted all the same.
 */
function withSiblings(error: NodeError, batch: Batch): NodeError {
	const ends = [...batch.settled].sort(([one], [other]) => one - other);
	const accepted = ends.flatMap(([item, end]) =>
		'taskId' in end ? [{ item, taskId: end.taskId }] : [],
	);
	const failed = ends.flatMap(([item, end]) =>
		'error' in end ? [failedItem(item, end.error)] : [],
	);
	const lines = [
		error.description,
		failed.length > 1 &&
			`${failed.length} of ${batch.size} items failed: ${listed(failed, ({ message }) => message)}.`,
		accepted.length > 0 &&
			`These tasks were accepted and are being processed: ${listed(accepted, ({ taskId }) => taskId)}.`,
	];
	error.description = lines.filter(Boolean).join(' ');
	Object.assign(error.context, { acceptedTasks: accepted, failedItems: failed });
	return error;
}

function failedItem(item: number, { message, context }: NodeError): FailedItem {
	const { submissionUncertain } = context;
	return { item, message, ...(submissionUncertain === true ? { submissionUncertain } : {}) };
}

/** One of a batch, in the error's `context.failedItems`. */
interface FailedItem {
	item: number;
	message: string;
	/** Whether it may have been accepted all the same. */
	submissionUncertain?: true;
}

function listed<Entry extends { item: number }>(
	entries: Entry[],
	text: (entry: Entry) => string,
): string {
	return entries.map((entry) => `item ${entry.item}: ${text(entry)}`).join('; ');
}
