import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Clock } from '../shared/http/clock';
import { clockOf } from '../shared/n8n/context';
import { durableRunOf, type DurableRun } from '../shared/n8n/engine/durableRun';
import { whyKeepRunning } from '../shared/n8n/engine/whyKeepRunning';
import { openTaskClient, type TaskClient } from '../shared/n8n/taskClient';
import { LONGEST_STAY_MS, type StayRules } from '../shared/task/suspension';
import { waitForTasks } from '../shared/task/waiter';
import type { Waited } from '../shared/task/watch';
import { deliver, outputOf, runError, type Delivery } from './deliver';
import { earlierTasksOf, type EarlierTasks } from './earlierTasks';
import { ordersOf, readEntries, type Entry, type WaitSettings } from './entries';
import { memoryOf, openMemory, recallTasks, type Memory } from './memory';
import { tellProgress, tellResult } from './tellWait';

/** Run by hand, somebody is watching: for so long after the first look the execution is not suspended. */
const WATCHED_MS = 90_000;

/** One go of the node at its items. */
interface Go {
	context: IExecuteFunctions;
	clock: Clock;
	client: TaskClient;
	entries: Entry[];
	tasks: Array<Waited<WaitSettings>>;
	memory: Memory;
	earlier: EarlierTasks;
	durable: DurableRun | undefined;
	rules: StayRules;
	/** Why waiting is done in the process, where the user has not asked for it. */
	keptBy?: string;
}

/**
 * Waits for the tasks of all items side by side: looks, delivers what is to be delivered, then either sleeps in the process
 * or suspends the execution, after which n8n runs the node again with the same input. Outputs come in input order and
 * paired. Errors are told only after all items have settled: as the item's own where *On Error* continues, else as one
 * error that names every sibling. When the user stops the execution, returns without output.
 */
export async function wait(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const durable = durableRunOf(context);
	const memory = openMemory(durable?.recall());
	if (memory.left.length > 0 && durable?.hasOthersToLetPass()) {
		durable.goOnAfterwards(memory);
		return [];
	}
	const go = await begin(context, durable, memory);
	for (;;) {
		const rest = await waitForTasks(go.tasks, go.client.look, go.clock, go.rules);
		if (rest === 'stopped') return [];
		if (rest === 'ended') return await deliverRest(go);
		if (rest === 'news') {
			const items = await passOnEarly(go);
			if (items.length > 0) return items;
		} else if (await suspend(go, rest.suspendUntil)) return [];
	}
}

async function begin(
	context: IExecuteFunctions,
	durable: DurableRun | undefined,
	memory: Memory,
): Promise<Go> {
	const clock = clockOf(context);
	const client = await openTaskClient(context, clock);
	const entries = readEntries(context);
	const earlier = earlierTasksOf(context);
	const orders = ordersOf(stayingOf(entries, memory));
	const tasks = recallTasks(orders, memory, clock.now()).map((task) => ({
		...task,
		expectation: earlier.expectation,
	}));
	const { keepRunning, passOnEarly } = context.getNodeParameter('options', 0, {});
	const reason = whyKeepRunning(context, durable);
	const keptBy = keepRunning === true ? undefined : reason;
	const firstLookAt = Math.min(...tasks.map(({ watch }) => watch.startedAt));
	const rules: StayRules = {
		// Who waits for an answer gets that of one run: all leave in it.
		together: passOnEarly !== true || reason !== undefined,
		maySuspend: keepRunning !== true && reason === undefined,
		watchedUntil: context.getMode() === 'manual' ? firstLookAt + WATCHED_MS : 0,
		stayUntil: clock.now() + LONGEST_STAY_MS,
	};
	return { context, clock, client, entries, tasks, memory, earlier, durable, rules, keptBy };
}

/** Suspends the execution; where the engine turns out not to, waiting goes on in the process. */
async function suspend(go: Go, until: number): Promise<boolean> {
	const { context, durable, tasks, memory, rules } = go;
	durable?.remember(memoryOf(tasks, memory.left));
	if (await durable?.suspend(until)) {
		tellProgress(context, tasks, until);
		return true;
	}
	rules.maySuspend = false;
	return false;
}

/** The items whose tasks have ended by now; the node runs again for the others. Nothing where they only have errors to throw. */
async function passOnEarly(go: Go): Promise<INodeExecutionData[]> {
	const { context, durable, tasks, memory } = go;
	const news = new Set(
		tasks.filter(({ ending, told }) => ending && !told).map(({ order }) => order.taskId),
	);
	for (const task of tasks) if (task.ending) task.told = true;
	const ended = go.entries.filter(
		(entry) => 'settings' in entry && news.has(entry.settings.taskId),
	);
	const deliveries = await deliverAll(go, ended);
	const leaving = deliveries.filter((delivery) => 'output' in delivery || context.continueOnFail());
	if (leaving.length === 0 || go.clock.stopped()) return [];
	const gone = new Set(leaving.map(({ taskId }) => taskId));
	go.earlier.learn(tasks.filter(({ order }) => gone.has(order.taskId)));
	memory.left.push(...leaving.map(({ item, taskId, task }) => ({ item, taskId, task })));
	durable?.goOnAfterwards(memoryOf(tasks, memory.left));
	return leaving.map(outputOf);
}

/** All items that have not left yet, or the one error for all. */
async function deliverRest(go: Go): Promise<INodeExecutionData[]> {
	const { context, clock, durable, entries, tasks, memory, earlier } = go;
	earlier.learn(tasks);
	const deliveries = await deliverAll(go, stayingOf(entries, memory));
	if (clock.stopped()) return [];
	const error = runError([...memory.left, ...deliveries]);
	if (error && !context.continueOnFail()) {
		// Whoever retries waits anew, but nothing leaves twice.
		durable?.remember(memory.left.length > 0 ? memoryOf([], memory.left) : undefined);
		throw error;
	}
	durable?.remember(undefined);
	tellResult(context, deliveries, tasks, { now: clock.now(), keptBy: go.keptBy });
	return deliveries.map(outputOf);
}

function stayingOf(entries: Entry[], { left }: Memory): Entry[] {
	const gone = new Set(left.map(({ item }) => item));
	return entries.filter(({ item }) => !gone.has(item));
}

async function deliverAll({ context, client, tasks }: Go, entries: Entry[]): Promise<Delivery[]> {
	const endings = new Map(tasks.map(({ order, ending }) => [order.taskId, ending]));
	return await Promise.all(
		entries.map(async (entry): Promise<Delivery> => {
			if ('error' in entry) return entry;
			const { item, settings } = entry;
			const end = endings.get(settings.taskId);
			if (!end) throw new Error(`Task ${settings.taskId} is to be delivered before its end`);
			return await deliver(context, client, { item, settings, end });
		}),
	);
}
