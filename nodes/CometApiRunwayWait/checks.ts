import type { Clock } from '../shared/http/clock';
import type { TaskClient } from '../shared/n8n/taskClient';
import { LONGEST_STAY_MS, planNextStep } from '../shared/task/suspension';
import { endAtDeadline, noteLook, type Ending, type Watch } from '../shared/task/watch';
import type { WaitSettings } from './entries';
import { watchOf, type WaitState } from './waitState';

/** One task of this run: what to do, what has been seen, and how it ended, if it has. */
export interface Watched {
	settings: WaitSettings;
	watch: Watch;
	/** Epoch ms. */
	deadline: number;
	ending?: Ending;
}

/** The tasks to wait for, with what earlier runs have seen of them. */
export function watchTasks(orders: WaitSettings[], state: WaitState, now: number): Watched[] {
	return orders.map((settings) => {
		const watch = watchOf(state, settings.taskId, now);
		return { settings, watch, deadline: watch.startedAt + settings.timeoutMs };
	});
}

/** What to do once a run has looked at its tasks. */
export type CheckEnd = 'ended' | 'stopped' | { suspendUntil: number };

/** Looks at tasks that are due until one has ended, the user stops, or it is time to suspend. */
export async function checkUntilSomethingEnds(
	client: TaskClient,
	tasks: Watched[],
	clock: Clock,
): Promise<CheckEnd> {
	const stayUntil = clock.now() + LONGEST_STAY_MS;
	for (;;) {
		await lookAtDue(client, tasks, clock);
		if (clock.stopped()) return 'stopped';
		if (tasks.some(({ ending }) => ending)) return 'ended';
		const step = planNextStep(tasks, clock.now(), stayUntil, () => clock.random());
		if (step.kind === 'suspend') return { suspendUntil: step.until };
		await clock.sleep(step.until - clock.now());
		if (clock.stopped()) return 'stopped';
	}
}

/** Looks at the tasks whose time has come, side by side, and notes which have ended, or are late. */
export async function lookAtDue(client: TaskClient, tasks: Watched[], clock: Clock): Promise<void> {
	await Promise.all(tasks.map(async (task) => await lookIfDue(client, task, clock)));
}

/**
 * A run that comes late or twice, or a clock that jumped back, changes nothing but that: the next look is due by the
 * clock as it is now.
 */
async function lookIfDue(client: TaskClient, task: Watched, clock: Clock): Promise<void> {
	const { watch, settings } = task;
	const clockJumpedBack = clock.now() < watch.newsAt;
	if (clock.now() >= watch.notBefore || clockJumpedBack) {
		const look = await client.look(settings);
		if (clock.stopped()) return;
		task.ending = noteLook(look, watch, clock.now(), settings.minPollMs, () => clock.random());
	}
	if (!task.ending && clock.now() >= task.deadline) {
		task.ending = endAtDeadline(watch, clock.now());
	}
}
