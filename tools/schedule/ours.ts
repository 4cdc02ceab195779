import { parseTask } from '../../nodes/shared/task/task';
import { waitForTask } from '../../nodes/shared/task/waiter';
import type { TaskLook } from '../../nodes/shared/task/watch';
import { createFakeClock } from '../clock/fakeClock';
import type { VirtualTask, Waited } from './tasks';

/** The Wait node's default. */
export const MIN_POLL_MS = 5_000;
const TIMEOUT_MS = 3_600_000;

/** The Wait node's own waiter and schedule, from the creation of the task on, with a politeness of 5 s. */
export async function waitWithOurs(task: VirtualTask, random: () => number): Promise<Waited> {
	const clock = createFakeClock({ startAt: 0, random });
	let askedAt = Number.NEGATIVE_INFINITY;
	const look = async (taskId: string): Promise<TaskLook> => {
		if (clock.now() - askedAt < MIN_POLL_MS)
			throw new Error(`Asked again after ${clock.now() - askedAt} ms`);
		askedAt = clock.now();
		const reading = parseTask(task.bodyAt(askedAt), taskId);
		if (reading.kind === 'notATask') throw new Error('The simulator answered no task');
		return reading;
	};
	const end = await waitForTask(
		{ taskId: task.id, timeoutMs: TIMEOUT_MS, minPollMs: MIN_POLL_MS },
		look,
		clock,
	);
	if (end.kind !== 'finished') throw new Error(`The wait ended as ${end.kind}`);
	return { delayMs: clock.now() - task.finishedAt, requests: end.looks };
}
