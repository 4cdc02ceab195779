import type { Outcome } from '../../../nodes/shared/http/outcome';
import type { TaskStatus } from '../../../nodes/shared/task/status';
import type { Task } from '../../../nodes/shared/task/task';
import { waitForTasks } from '../../../nodes/shared/task/waiter';
import { SCHEDULE } from '../../../nodes/shared/task/schedule';
import {
	startWatch,
	type Ending,
	type LookProblem,
	type TaskLook,
	type Waited,
	type WaitOrder,
} from '../../../nodes/shared/task/watch';
import {
	createFakeClock,
	type FakeClock,
	type FakeClockSettings,
} from '../../../tools/clock/fakeClock';
import { IN_PROCESS } from '../../../tools/schedule/ours';

export type Look = TaskLook;

export const TASK_ID = 'task-1';
export const MIN_POLL_MS = 5_000;
/** The schedule's gap while nothing tells the end. */
export const STEADY_GAP_MS = Math.ceil(MIN_POLL_MS * SCHEDULE.steadyGap);

/** A look that shows the task. */
export const seen = (status: TaskStatus, fields: Partial<Task> = {}): Look => ({
	kind: 'task',
	task: { taskId: TASK_ID, status, ...fields },
});

export const running = seen('RUNNING');
export const succeeded = seen('SUCCEEDED', { progress: 1, outputUrl: 'https://cdn.example/a.mp4' });
export const notFound: Look = { kind: 'notFound' };

/** The outcome behind such a look. */
export const outcomeWith = (patience: LookProblem['patience']): Outcome => ({
	kind: 'serverError',
	message: `a problem with patience ${patience}`,
});

/** A look that brought no news; `problem` stands for the outcome. */
export const problem = (
	patience: 'none' | 'minute' | 'untilDeadline',
	retryAfterMs?: number,
): Look => ({
	kind: 'problem',
	patience,
	problem: outcomeWith(patience),
	...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

export interface Wait {
	/** How the wait ended, with how many looks, and how long after its start. */
	end: (Ending | { kind: 'stopped'; task?: Task }) & { looks: number; waitedMs: number };
	/** When each look started, in ms after the first. */
	lookedAt: number[];
	clock: FakeClock;
}

export interface WaitSettings extends FakeClockSettings, Partial<WaitOrder> {
	/** How long each look takes. */
	lookTakesMs?: number;
	/** Presses Stop during the look with this number (1 is the first). */
	stopDuringLook?: number;
}

/**
 * Waits for a task in the process, on a fake clock. `script` gives what a look shows, by its time in ms after the start and its
 * number (0 is the first).
 */
export async function waitOnFakeClock(
	script: (at: number, index: number) => Look,
	settings: WaitSettings = {},
): Promise<Wait> {
	const {
		timeoutMs = 600_000,
		minPollMs = MIN_POLL_MS,
		lookTakesMs = 0,
		stopDuringLook,
		isOurs,
	} = settings;
	const clock = createFakeClock(settings);
	const startedAt = clock.now();
	const lookedAt: number[] = [];
	const waited: Waited = {
		order: { taskId: TASK_ID, timeoutMs, minPollMs, isOurs },
		watch: startWatch(startedAt),
	};
	const rest = await waitForTasks(
		[waited],
		async ({ taskId }) => {
			expect(taskId).toBe(TASK_ID);
			if (lookedAt.length >= 1_000) throw new Error('The waiter does not come to an end');
			const at = clock.now() - startedAt;
			lookedAt.push(at);
			clock.advance(lookTakesMs);
			if (lookedAt.length === stopDuringLook) clock.stop();
			return script(at, lookedAt.length - 1);
		},
		clock,
		IN_PROCESS,
	);
	const { ending, watch } = waited;
	expect(rest).toBe(ending ? 'ended' : 'stopped');
	const end = ending ?? { kind: 'stopped' as const, task: watch.task };
	return {
		end: { ...end, looks: watch.looks, waitedMs: clock.now() - startedAt },
		lookedAt,
		clock,
	};
}

/** The script that shows the looks in turn, and the last one from then on. */
export const inTurn =
	(...looks: Look[]) =>
	(_at: number, index: number): Look =>
		looks[Math.min(index, looks.length - 1)];
