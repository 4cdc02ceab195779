import type { IDataObject, INode, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { clockOf } from '../shared/n8n/context';
import { toNodeError, type NodeError } from '../shared/n8n/errors';
import { parseInput } from '../shared/n8n/input';
import { parseTaskOptions, type TaskOptions } from '../shared/n8n/options';
import { openTaskClient, type TaskClient, type Turn } from '../shared/n8n/taskClient';
import { isRefusal } from '../shared/task/look';
import { TRIGGER_INPUT } from './properties';
import { findTask, type Found, type TaskEvent } from './findTask';
import { dueTasks, pruneSeenTasks, type SeenTask, type SeenTasks } from './seenTasks';

/** n8n polls once a minute: no look starts later than this, in ms, so that polls seldom overlap. */
const POLL_BUDGET_MS = 40_000;

/**
 * The tasks that polls are at work on, by workflow and node. A long download makes a poll overlap with the next,
 * which n8n starts all the same: it must neither download nor hand over that task a second time.
 */
const atWork = new Set<string>();

/** A fresh id may answer task_not_exist for a few seconds, and a URL come a moment after its task's success. */
const BELIEVED_AFTER_MS = 60_000;

/**
 * One poll. Starts one execution for every listed task that has finished since, and returns nothing of its own:
 * what a poll returns would become one execution for all. Each task is noted as done before its execution is
 * handed over, since n8n saves the memory with it. In the editor ('Fetch Test Event') shows all tasks as they are.
 *
 * @throws when CometAPI refuses the key or the address is wrong, after what has finished was handed over: n8n
 * shows it as a failed execution
 */
export async function pollTasks(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const { ids, options } = readParameters(context);
	const clock = clockOf(context);
	const client = await openTaskClient(context, clock);
	if (context.getMode() === 'manual') return await showAll(context.getNode(), client, ids, options);

	const memory = context.getWorkflowStaticData('node') as SeenTasks;
	pruneSeenTasks(memory, ids);
	const startedAt = clock.now();
	let isRefused = false;
	let refusal: NodeError | undefined;
	const turn: Turn = {
		isWanted: () => !isRefused && clock.now() - startedAt <= POLL_BUDGET_MS,
		onAnswer: (outcome) => (isRefused ||= isRefusal(outcome)),
	};
	const look = async (entry: SeenTask) => {
		const request = { ...options, taskId: entry.taskId };
		const found = await findTask(context.getNode(), client, request, turn);
		if (found.kind === 'skipped') return;
		entry.lastLookAt = clock.now();
		if (found.kind === 'refused') refusal = found.error;
		else handOver(context, entry, found);
	};
	const due = dueTasks(memory, ids, startedAt, options.minPollMs);
	await Promise.all(due.map(async (entry) => await unlessAtWork(context, entry, look)));
	if (refusal) throw refusal;
	return null;
}

function readParameters(context: IPollFunctions): { ids: string[]; options: TaskOptions } {
	try {
		return {
			ids: parseInput(TRIGGER_INPUT, { taskIds: context.getNodeParameter('taskIds', '') }).taskIds,
			options: parseTaskOptions(context.getNodeParameter('options', {}) as IDataObject),
		};
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** Looks at a task that no other poll is at work on, and that none has just finished with. */
async function unlessAtWork(
	context: IPollFunctions,
	entry: SeenTask,
	look: (entry: SeenTask) => Promise<void>,
): Promise<void> {
	const key = [context.getWorkflow().id, context.getNode().id, entry.taskId].join();
	if (entry.done || atWork.has(key)) return;
	atWork.add(key);
	try {
		await look(entry);
	} finally {
		atWork.delete(key);
	}
}

/** Starts the execution of a finished task, or reports a task that cannot be waited for; once either way. */
function handOver(context: IPollFunctions, entry: SeenTask, found: Found): void {
	if (found.kind === 'notFound' && entry.lastLookAt - entry.firstLookAt >= BELIEVED_AFTER_MS) {
		entry.done = true;
		context.__emitError(found.error);
	}
	if (found.kind === 'withoutUrl') entry.withoutUrlSince ??= entry.lastLookAt;
	else delete entry.withoutUrlSince;
	if (found.kind !== 'finished' && found.kind !== 'withoutUrl') return;
	if (entry.lastLookAt - (entry.withoutUrlSince ?? 0) < BELIEVED_AFTER_MS) return;
	entry.done = true;
	const events = context.getNodeParameter('events', []) as TaskEvent[];
	if (events.includes(found.event)) context.__emit([[found.item]]);
}

async function showAll(
	node: INode,
	client: TaskClient,
	ids: string[],
	options: TaskOptions,
): Promise<INodeExecutionData[][]> {
	const found = await Promise.all(
		ids.map(async (taskId) => await findTask(node, client, { ...options, taskId })),
	);
	return [
		found.flatMap((one) => {
			if (one.kind === 'refused') throw one.error;
			return one.kind === 'skipped' ? [] : [one.item];
		}),
	];
}
