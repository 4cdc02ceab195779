import type { Clock } from '../http/clock';
import {
	endAtDeadline,
	noteLook,
	startWatch,
	type Ending,
	type TaskLook,
	type Watch,
} from './watch';

/** Reads a task once. Never rejects: what goes wrong is a `problem`. */
export type LookAtTask = (taskId: string) => Promise<TaskLook>;

export interface WaitOrder {
	taskId: string;
	/** Counted from the first look. */
	timeoutMs: number;
	minPollMs: number;
}

/** How a wait ended; `task` is the last that was seen of it. */
export type WaitEnd = Ending & { looks: number; waitedMs: number };

/**
 * Waits until one task is finished, the deadline passes, the task turns out not to exist, reading it is
 * refused, or the user stops. Never asks twice within `minPollMs`; a longer `Retry-After` is respected.
 * Never rejects: every end, good or bad, is a `WaitEnd`.
 */
export async function waitForTask(
	order: WaitOrder,
	look: LookAtTask,
	clock: Clock,
): Promise<WaitEnd> {
	const watch = startWatch(clock.now());
	const ending = await watchUntilTheEnd(order, watch, look, clock);
	return { ...ending, looks: watch.looks, waitedMs: clock.now() - watch.startedAt };
}

async function watchUntilTheEnd(
	order: WaitOrder,
	watch: Watch,
	look: LookAtTask,
	clock: Clock,
): Promise<Ending> {
	const deadline = watch.startedAt + order.timeoutMs;
	while (!clock.stopped()) {
		const seen = await look(order.taskId);
		const now = clock.now();
		const ending = noteLook(seen, watch, now, order.minPollMs, () => clock.random());
		if (ending) return ending;
		await clock.sleep(Math.max(0, Math.min(watch.nextLookAt, deadline) - now));
		// A look at the deadline itself would come too soon after this one.
		if (deadline < watch.notBefore && !clock.stopped()) {
			return endAtDeadline(watch, clock.now());
		}
	}
	return { kind: 'stopped', task: watch.task };
}
