import type { Clock } from '../../http/clock';
import type { ItemsContext } from '../context';
import type { DurableRun } from '../engine/durableRun';
import { scansSeen } from '../engine/scans';
import { whyKeepRunning } from '../engine/whyKeepRunning';
import type { TaskClient } from '../taskClient';
import { LONGEST_STAY_MS, type StayRules } from '../../task/suspension';
import { waitForTasks } from '../../task/waiter';
import type { Waited } from '../../task/watch';
import { deliver, runError, type Delivery } from './deliver';
import { earlierTasksOf, type EarlierTasks } from './earlierTasks';
import { ordersOf, type Entry, type WaitSettings } from './entries';
import { memoryOf, openMemory, recallTasks, type Memory } from './memory';
import { tellProgress, tellResult } from './tellWait';

/** Run by hand, somebody is watching: for so long after the first look the execution is not suspended. */
const WATCHED_MS = 90_000;

/** Items to wait for, and how. */
export interface WaitRun {
	entries: Entry[];
	/** `undefined` where the engine hides what suspending needs. */
	durable: DurableRun | undefined;
	clock: Clock;
	client: TaskClient;
	/** Of the tasks, for what earlier ones of it took; '' where that is not known. */
	model: string;
	/** Whether the user wants the execution to go on meanwhile. */
	keepRunning: boolean;
	/** Whether finished items are to leave before the last task has ended. */
	passOnEarly: boolean;
}

/** One go at the items. */
interface Go extends WaitRun {
	context: ItemsContext;
	tasks: Array<Waited<WaitSettings>>;
	memory: Memory;
	earlier: EarlierTasks;
	rules: StayRules;
	/** Why waiting is done in the process, where the user has not asked for it. */
	keptBy?: string;
}

/**
 * Waits for the tasks of all items side by side: looks, delivers what is to be delivered, then either sleeps in the process
 * or suspends the execution, after which n8n runs the node again with the same input. Deliveries come in input order.
 * Errors are told only after all items have settled: as the item's own where *On Error* continues, else thrown as one
 * error that names every sibling. Gives nothing where the execution was suspended, or the user has stopped it.
 */
export async function waitForItems(context: ItemsContext, run: WaitRun): Promise<Delivery[]> {
	const { durable } = run;
	const memory = openMemory(durable?.recall());
	if (memory.left.length > 0 && durable?.hasOthersToLetPass()) {
		durable.goOnAfterwards(memory);
		return [];
	}
	const go = begin(context, run, memory);
	for (;;) {
		const rest = await waitForTasks(go.tasks, go.client.look, go.clock, go.rules);
		if (rest === 'stopped') return [];
		if (rest === 'ended') return await deliverRest(go);
		if (rest === 'news') {
			const deliveries = await deliverEarly(go);
			if (deliveries.length > 0) return deliveries;
		} else if (await suspend(go, rest.suspendUntil)) return [];
	}
}

function begin(context: ItemsContext, run: WaitRun, memory: Memory): Go {
	const { clock, durable, keepRunning } = run;
	const earlier = earlierTasksOf(context, run.model);
	const orders = ordersOf(stayingOf(run.entries, memory));
	const tasks = recallTasks(orders, memory, clock.now()).map((task) => ({
		...task,
		expectation: earlier.expectation,
	}));
	const reason = whyKeepRunning(context, durable);
	const keptBy = keepRunning ? undefined : reason;
	const firstLookAt = Math.min(...tasks.map(({ watch }) => watch.startedAt));
	const rules: StayRules = {
		// Who waits for an answer gets that of one run: all leave in it.
		together: !run.passOnEarly || reason !== undefined,
		maySuspend: !keepRunning && reason === undefined,
		watchedUntil: context.getMode() === 'manual' ? firstLookAt + WATCHED_MS : 0,
		stayUntil: clock.now() + LONGEST_STAY_MS,
		scans: scansSeen(memory.sleep, clock.now()),
	};
	return { ...run, context, tasks, memory, earlier, rules, keptBy };
}

/** Suspends the execution; where the engine turns out not to, waiting goes on in the process. */
async function suspend(go: Go, until: number): Promise<boolean> {
	const { context, durable, tasks, memory, rules } = go;
	const sleep = { from: go.clock.now(), until };
	durable?.remember({ ...memoryOf(tasks, memory.left), sleep });
	if (await durable?.suspend(until)) {
		tellProgress(context, tasks, until);
		return true;
	}
	rules.maySuspend = false;
	return false;
}

/** The items whose tasks have ended by now; the node runs again for the others. Nothing where they only have errors to throw. */
async function deliverEarly(go: Go): Promise<Delivery[]> {
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
	return leaving;
}

/** All items that have not left yet, or the one error for all. */
async function deliverRest(go: Go): Promise<Delivery[]> {
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
	return deliveries;
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
