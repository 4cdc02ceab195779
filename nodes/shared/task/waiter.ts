import type { Clock } from '../http/clock';
import { planNextStep, type StayRules } from './suspension';
import {
	deadlineOf,
	dueAt,
	endAtDeadline,
	noteLook,
	type TaskLook,
	type Waited,
	type WaitOrder,
	type Watch,
} from './watch';

/** Reads a task once. Never rejects: what goes wrong is a `problem`. */
export type LookAtTask<Order extends WaitOrder> = (order: Order) => Promise<TaskLook>;

/** Why a wait comes to rest. */
export type Rest = 'ended' | 'news' | 'stopped' | { suspendUntil: number };

/**
 * Waits for tasks side by side, until all have ended (`ended`), one has (`news`, where the rules want to know), the
 * user stops, or it is time to suspend. Never rejects: every end, good or bad, is an `Ending`.
 */
export async function waitForTasks<Order extends WaitOrder>(
	tasks: Array<Waited<Order>>,
	look: LookAtTask<Order>,
	clock: Clock,
	rules: StayRules,
): Promise<Rest> {
	let until = clock.now();
	for (const { watch } of tasks) askAtOnce(watch, until);
	for (;;) {
		const open = tasks.filter(({ ending }) => !ending);
		await Promise.all(open.map(async (task) => await watchUntil(task, until, look, clock)));
		if (clock.stopped()) return 'stopped';
		const left = open.filter(({ ending }) => !ending);
		if (left.length === 0) return 'ended';
		if (!rules.together && tasks.some(({ ending, told }) => ending && !told)) return 'news';
		const step = planNextStep(left, clock.now(), rules, () => clock.random());
		if (step.kind === 'suspend') return { suspendUntil: step.until };
		until = step.until;
	}
}

/**
 * A run that begins asks at once, as far as that is polite. One that comes late or twice, or a clock that was set
 * back meanwhile, changes nothing but that.
 */
function askAtOnce(watch: Watch, now: number): void {
	const clockWasSetBack = now < watch.newsAt;
	if (now >= watch.notBefore || clockWasSetBack) watch.nextLookAt = now;
}

/**
 * Looks at one task whenever that is due, until it has ended, the user stops, or the next look is due only after
 * `until` (epoch ms). Never asks twice within `minPollMs`; a longer `Retry-After` is respected.
 */
async function watchUntil<Order extends WaitOrder>(
	task: Waited<Order>,
	until: number,
	look: LookAtTask<Order>,
	clock: Clock,
): Promise<void> {
	const { order, watch } = task;
	while (!task.ending && !clock.stopped()) {
		if (dueAt(task) > until) return;
		await clock.sleep(Math.max(0, dueAt(task) - clock.now()));
		if (clock.stopped()) return;
		// A look at the deadline itself would come too soon after the last one.
		if (deadlineOf(task) < watch.notBefore) {
			task.ending = endAtDeadline(watch, clock.now());
			return;
		}
		const seen = await look(order);
		if (clock.stopped()) return;
		task.ending = noteLook(seen, task, clock.now(), () => clock.random());
	}
}
