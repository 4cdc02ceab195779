import type { IDataObject, INode, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { clockOf } from '../shared/n8n/context';
import { toNodeError, type NodeError } from '../shared/n8n/errors';
import { parseInput } from '../shared/n8n/input';
import { parseTaskOptions, type TaskOptions } from '../shared/n8n/options';
import { openTaskClient, type TaskClient, type Turn } from '../shared/n8n/taskClient';
import { isRefusal } from '../shared/task/look';
import { TRIGGER_INPUT } from './properties';
import { findTask, type Found, type TaskEvent } from './findTask';
import { SeenTasks, type SeenTask } from './seenTasks';

/** Runway asks not to read a task more often. Polls may overlap. */
const MIN_POLL_MS = 5_000;

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

	const startedAt = clock.now();
	const seen = new SeenTasks(context.getWorkflowStaticData('global'), context.getNode().id);
	seen.prune(ids, startedAt);
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
		const now = clock.now();
		if (found.kind === 'refused') return void (refusal = found.error);
		const event = eventOf(found, entry, now);
		if (!event.handOver) return void pending.push(event.task);
		// Noted before it is handed over: n8n saves the memory with the execution.
		seen.note(event.task);
		event.handOver(context);
	};
	const pending: SeenTask[] = [];
	const due = seen.due(ids, startedAt, MIN_POLL_MS);
	await Promise.all(due.map(async (entry) => await unlessAtWork(context, entry, look)));
	seen.note(...pending);
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

/** Looks at a task that no other poll is at work on. */
async function unlessAtWork(
	context: IPollFunctions,
	entry: SeenTask,
	look: (entry: SeenTask) => Promise<void>,
): Promise<void> {
	const key = [context.getWorkflow().id, context.getNode().id, entry.taskId].join();
	if (atWork.has(key)) return;
	atWork.add(key);
	try {
		await look(entry);
	} finally {
		atWork.delete(key);
	}
}

/** What a look makes of a task's entry, and what it starts: an execution, or the report of an error; once either way. */
function eventOf(
	found: Exclude<Found, { kind: 'refused' | 'skipped' }>,
	{ withoutUrlSince, ...entry }: SeenTask,
	now: number,
): { task: SeenTask; handOver?(context: IPollFunctions): void } {
	const task: SeenTask = { ...entry, lastLookAt: now };
	if (found.kind === 'pending') return { task };
	if (found.kind === 'notFound') {
		if (now - entry.firstLookAt < BELIEVED_AFTER_MS) return { task };
		return {
			task: { ...task, done: true },
			handOver: (context) => context.__emitError(found.error),
		};
	}
	if (found.kind === 'withoutUrl') {
		const since = withoutUrlSince ?? now;
		if (now - since < BELIEVED_AFTER_MS) return { task: { ...task, withoutUrlSince: since } };
	}
	return {
		task: { ...task, done: true },
		handOver(context) {
			const events = context.getNodeParameter('events', []) as TaskEvent[];
			if (events.includes(found.event)) context.__emit([[found.item]]);
		},
	};
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
