import { nextPollDelayMs, type Look } from './schedule';
import { isFinished } from './status';
import type { Task, TaskReading } from './task';

/** A look that brought no news of the task. */
export interface LookProblem<Problem> {
	kind: 'problem';
	/**
	 * How long such a problem is put up with: not at all, for a minute without news (a wrong address never
	 * gets better), or until the deadline (what passes by itself must not lose a paid task).
	 */
	patience: 'none' | 'minute' | 'untilDeadline';
	/** What the server asked for, in ms. */
	retryAfterMs?: number;
	problem: Problem;
}

export type TaskLook<Problem> = Exclude<TaskReading, { kind: 'notATask' }> | LookProblem<Problem>;

/** The world a waiter lives in, so that tests can run it on a clock of their own. */
export interface WaiterWorld<Problem> {
	/** Epoch ms. */
	now(): number;
	/** Resolves after `ms`, or early when stopped. */
	sleep(ms: number): Promise<void>;
	/** 0…1 */
	random(): number;
	/** Whether the user has stopped the execution. */
	stopped(): boolean;
	/** Reads the task once. Never rejects: what goes wrong is a `problem`. */
	look(taskId: string): Promise<TaskLook<Problem>>;
	/** Called with every reading of an existing task. */
	onTask?(task: Task): void;
}

export interface WaitOrder {
	taskId: string;
	/** Counted from the first look. */
	timeoutMs: number;
	minPollMs: number;
}

/** How a wait ended; `task` is the last that was seen of it. */
export type WaitEnd<Problem> = { looks: number; waitedMs: number } & (
	| { kind: 'finished'; task: Task }
	| { kind: 'succeededWithoutUrl'; task: Task }
	| { kind: 'notFound'; task?: Task }
	| { kind: 'failedToRead'; problem: Problem; task?: Task }
	| { kind: 'timedOut'; task?: Task; problem?: Problem }
	| { kind: 'stopped'; task?: Task }
);

/**
 * A fresh id may answer "task_not_exist" for a few seconds, and an address may be wrong: both are believed
 * only after this long without news of the task.
 */
const PATIENCE_MS = 60_000;

/** What has been seen of a task so far. */
interface Watch<Problem> {
	startedAt: number;
	/** When the task was last seen to exist; the start, before that. */
	newsAt: number;
	looks: number;
	answered: Look[];
	task?: Task;
	problem?: Problem;
}

type Ending<Problem> = WaitEnd<Problem> extends infer End
	? End extends unknown
		? Omit<End, 'looks' | 'waitedMs'>
		: never
	: never;

/**
 * Waits until one task is finished, the deadline passes, the task turns out not to exist, reading it is
 * refused, or the user stops. Never asks twice within `minPollMs`; a longer `Retry-After` is respected.
 * Never rejects: every end, good or bad, is a `WaitEnd`.
 */
export async function waitForTask<Problem>(
	order: WaitOrder,
	world: WaiterWorld<Problem>,
): Promise<WaitEnd<Problem>> {
	const startedAt = world.now();
	const watch: Watch<Problem> = { startedAt, newsAt: startedAt, looks: 0, answered: [] };
	const ending = await watchUntilTheEnd(order, watch, world);
	return { ...ending, looks: watch.looks, waitedMs: world.now() - startedAt } as WaitEnd<Problem>;
}

async function watchUntilTheEnd<Problem>(
	order: WaitOrder,
	watch: Watch<Problem>,
	world: WaiterWorld<Problem>,
): Promise<Ending<Problem>> {
	const deadline = watch.startedAt + order.timeoutMs;
	while (!world.stopped()) {
		const look = await world.look(order.taskId);
		watch.looks += 1;
		const ending = judgeLook(look, watch, world);
		if (ending) return ending;

		const retryAfterMs = look.kind === 'problem' ? (look.retryAfterMs ?? 0) : 0;
		const shortestGapMs = Math.max(order.minPollMs, retryAfterMs);
		const gapMs = Math.max(nextPollDelayMs(watch.answered, order.minPollMs, () => world.random()), retryAfterMs);
		const remainingMs = deadline - world.now();
		await world.sleep(Math.max(0, Math.min(gapMs, remainingMs)));
		if (remainingMs < shortestGapMs && !world.stopped()) {
			return { kind: 'timedOut', task: watch.task, problem: watch.problem };
		}
	}
	return { kind: 'stopped', task: watch.task };
}

/** Notes what a look has shown; returns how the wait ends, if it does. */
function judgeLook<Problem>(
	look: TaskLook<Problem>,
	watch: Watch<Problem>,
	world: WaiterWorld<Problem>,
): Ending<Problem> | undefined {
	const now = world.now();
	const outOfPatience = now - watch.newsAt >= PATIENCE_MS;
	switch (look.kind) {
		case 'task':
			watch.task = look.task;
			watch.problem = undefined;
			watch.newsAt = now;
			watch.answered.push({ at: now, progress: look.task.progress });
			world.onTask?.(look.task);
			return isFinished(look.task.status) ? { kind: 'finished', task: look.task } : undefined;
		case 'succeededWithoutUrl':
			return { kind: 'succeededWithoutUrl', task: look.task };
		case 'notFound':
			return outOfPatience ? { kind: 'notFound', task: watch.task } : undefined;
		case 'problem':
			watch.problem = look.problem;
			if (look.patience === 'untilDeadline') return undefined;
			if (look.patience === 'minute' && !outOfPatience) return undefined;
			return { kind: 'failedToRead', problem: look.problem, task: watch.task };
	}
}
