import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { operationError, type NodeError } from '../shared/n8n/errors';
import { createWorld } from '../shared/http/clock';
import { DEFAULT_MIN_POLL_SECONDS, readTaskOptions, type TaskOptions } from '../shared/n8n/options';
import { dueIds, pruneMemory, remembered, type Remembered, type TriggerMemory } from './seenTasks';
import { readTaskIds } from './taskIds';
import { createReader, type Found, type Reader, type TaskEvent } from './reader';

/** n8n polls once a minute: no look starts later than this, in ms, so that polls seldom overlap. */
const POLL_BUDGET_MS = 40_000;

/**
 * The tasks that polls are at work on, by workflow and node. A long download makes a poll overlap with the next,
 * which n8n starts all the same: it must neither download nor hand over that task a second time.
 */
const atWork = new Set<string>();

/** A fresh id may answer task_not_exist for a few seconds; it is believed after a minute. */
const NOT_FOUND_PATIENCE_MS = 60_000;

/**
 * One poll. Starts one execution for every listed task that has finished since, and returns nothing of its own:
 * what a poll returns would become one execution for all. Each task is noted as done before its execution is
 * handed over, since n8n saves the memory with it. In the editor ('Fetch Test Event') shows all tasks as they are.
 *
 * @throws when CometAPI refuses the key or the address is wrong, after what has finished was handed over: n8n
 * shows it as a failed execution
 */
export async function pollTasks(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const ids = readTaskIds(context.getNodeParameter('taskIds', ''));
	if (ids.length === 0) throw noIdsError(context);
	const options = context.getNodeParameter('options', {}) as TaskOptions;
	const world = createWorld(undefined);
	const reader = await createReader(context, readTaskOptions(options), world);
	if (context.getMode() === 'manual') return await showAll(reader, ids);

	const memory = context.getWorkflowStaticData('node') as TriggerMemory;
	pruneMemory(memory, ids);
	const minPollMs = 1_000 * (Number(options.minPollSeconds) || DEFAULT_MIN_POLL_SECONDS);
	const startedAt = world.now();
	const place = [context.getWorkflow().id, context.getNode().id];
	let refusal: NodeError | undefined;
	const look = async (taskId: string) => {
		const isLate = world.now() - startedAt > POLL_BUDGET_MS;
		const entry = remembered(memory, taskId, world.now());
		const key = [...place, taskId].join();
		if (refusal || isLate || entry.done || atWork.has(key)) return;
		atWork.add(key);
		try {
			entry.lastLookAt = world.now();
			const found = await reader.find(taskId);
			if (found.kind === 'refused') refusal = found.error;
			else handOver(context, entry, found, world.now());
		} finally {
			atWork.delete(key);
		}
	};
	await Promise.all(
		dueIds(memory, ids, startedAt, minPollMs).map(
			async (taskId) => await reader.limiter.run(async () => await look(taskId)),
		),
	);
	if (refusal) throw refusal;
	return null;
}

/** Starts the execution of a finished task, or reports a task that cannot be waited for; once either way. */
function handOver(context: IPollFunctions, entry: Remembered, found: Found, now: number): void {
	if (found.kind === 'pending' || found.kind === 'refused') return;
	if (found.kind === 'notFound') {
		if (now - entry.firstLookAt < NOT_FOUND_PATIENCE_MS) return;
		entry.done = true;
		context.__emitError(found.error);
		return;
	}
	entry.done = true;
	const events = context.getNodeParameter('events', []) as TaskEvent[];
	if (events.includes(found.event)) context.__emit([[found.item]]);
}

async function showAll(reader: Reader, ids: string[]): Promise<INodeExecutionData[][]> {
	const found = await Promise.all(
		ids.map(async (taskId) => await reader.limiter.run(async () => await reader.find(taskId))),
	);
	return [
		found.map((one) => {
			if (one.kind === 'refused') throw one.error;
			return one.item;
		}),
	];
}

function noIdsError(context: IPollFunctions): NodeError {
	const text = {
		message: 'Task IDs is empty',
		description:
			'Give the ids of the tasks to watch, separated by commas or line breaks, or as a list by an expression.',
	};
	return operationError(context.getNode(), text, 0);
}
