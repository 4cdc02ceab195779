import type { Task } from './task';
import { noteLook, startWatch, type Ending, type TaskLook, type Watch } from './watch';

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
export type WaitEnd<Problem> = Ending<Problem> & { looks: number; waitedMs: number };

/**
 * Waits until one task is finished, the deadline passes, the task turns out not to exist, reading it is
 * refused, or the user stops. Never asks twice within `minPollMs`; a longer `Retry-After` is respected.
 * Never rejects: every end, good or bad, is a `WaitEnd`.
 */
export async function waitForTask<Problem>(
	order: WaitOrder,
	world: WaiterWorld<Problem>,
): Promise<WaitEnd<Problem>> {
	const watch = startWatch<Problem>(world.now());
	const ending = await watchUntilTheEnd(order, watch, world);
	return { ...ending, looks: watch.looks, waitedMs: world.now() - watch.startedAt };
}

async function watchUntilTheEnd<Problem>(
	order: WaitOrder,
	watch: Watch<Problem>,
	world: WaiterWorld<Problem>,
): Promise<Ending<Problem>> {
	const deadline = watch.startedAt + order.timeoutMs;
	while (!world.stopped()) {
		const look = await world.look(order.taskId);
		const now = world.now();
		if (look.kind === 'task') world.onTask?.(look.task);
		const ending = noteLook(look, watch, now, order.minPollMs, () => world.random());
		if (ending) return ending;
		await world.sleep(Math.max(0, Math.min(watch.nextLookAt, deadline) - now));
		// A look at the deadline itself would come too soon after this one.
		if (deadline < watch.notBefore && !world.stopped()) {
			return { kind: 'timedOut', task: watch.task, problem: watch.problem };
		}
	}
	return { kind: 'stopped', task: watch.task };
}
