import type { Expectation } from '../../nodes/shared/task/expectation';
import type { StayRules } from '../../nodes/shared/task/suspension';
import { parseTask } from '../../nodes/shared/task/task';
import { waitForTasks, type LookAtTask } from '../../nodes/shared/task/waiter';
import { startWatch, type Waited, type WaitOrder } from '../../nodes/shared/task/watch';
import type { FakeClock } from '../clock/fakeClock';
import { createFakeClock } from '../clock/fakeClock';
import type { VirtualTask, Wait } from './tasks';

/** The Wait node's default. */
export const MIN_POLL_MS = 5_000;
const TIMEOUT_MS = 3_600_000;

/** How the Wait node waits where it may not suspend. */
export const IN_PROCESS: StayRules = {
	together: true,
	maySuspend: false,
	watchedUntil: 0,
	stayUntil: Number.POSITIVE_INFINITY,
	scans: {},
};

/** A wait for a virtual task, as the Wait node begins it at a moment (ms). */
export function beginWait(
	{ id }: VirtualTask,
	startedAt: number,
	expectation?: Expectation,
): Waited {
	const order = { taskId: id, timeoutMs: TIMEOUT_MS, minPollMs: MIN_POLL_MS };
	return { order, watch: startWatch(startedAt), ...(expectation && { expectation }) };
}

/** Looks at virtual tasks, and sees to it that none is asked for within the politeness. A look takes `lookMs`. */
export function lookAtVirtual(
	tasks: VirtualTask[],
	clock: FakeClock,
	lookMs = 0,
): LookAtTask<WaitOrder> {
	const known = new Map(tasks.map((task) => [task.id, { task, askedAt: -Infinity }]));
	return async ({ taskId }) => {
		const entry = known.get(taskId);
		if (!entry) throw new Error(`Nobody waits for ${taskId}`);
		// Fake times are sums of fractions; a millionth of a millisecond is none.
		if (clock.now() - entry.askedAt < MIN_POLL_MS - 1e-6)
			throw new Error(`Asked again after ${clock.now() - entry.askedAt} ms`);
		entry.askedAt = clock.now();
		// Looks at several tasks run side by side.
		await Promise.resolve();
		clock.advance(Math.max(0, entry.askedAt + lookMs - clock.now()));
		const reading = parseTask(entry.task.bodyAt(clock.now()), taskId);
		if (reading.kind === 'notATask') throw new Error('The simulator answered no task');
		return reading;
	};
}

/** The Wait node's own waiter and schedule, from the creation of the task on, with a politeness of 5 s. */
export async function waitWithOurs(
	task: VirtualTask,
	random: () => number,
	expectation?: Expectation,
): Promise<Wait> {
	const clock = createFakeClock({ startAt: 0, random });
	const waited = beginWait(task, 0, expectation);
	await waitForTasks([waited], lookAtVirtual([task], clock), clock, IN_PROCESS);
	if (waited.ending?.kind !== 'finished')
		throw new Error(`The wait ended as ${waited.ending?.kind}`);
	return { delayMs: clock.now() - task.finishedAt, requests: waited.watch.looks };
}
