import { predictEndAt } from './schedule';
import type { Waited } from './watch';

/** What to do while tasks are not finished: go on looking until a moment, or suspend until one. Epoch ms. */
export type NextStep = { kind: 'stay'; until: number } | { kind: 'suspend'; until: number };

/** How a run may wait. */
export interface StayRules {
	/** Whether nothing is to be done before the last task has ended. */
	together: boolean;
	/** Whether the execution can be suspended; else all waiting is done in the process. */
	maySuspend: boolean;
	/** Somebody is watching: until then (epoch ms) nothing is suspended. */
	watchedUntil: number;
	/** No run stays in the process beyond this (epoch ms), where it may suspend. */
	stayUntil: number;
}

/**
 * n8n looks once a minute for suspended executions that are due within 70 s, and sets exact timers for those: a
 * suspension is exact when it is longer than a minute.
 */
const SHORTEST_SUSPENSION_MS = 61_000;
const LONGEST_SUSPENSION_MS = 600_000;

/** How long one run may hold a worker while an end is near: a deploy waits 30 s for what is running. */
export const LONGEST_STAY_MS = 25_000;

/** Decides between staying in the process and suspending the execution. `tasks` are those that have not ended. Pure. */
export function planNextStep(
	tasks: Waited[],
	now: number,
	rules: StayRules,
	random: () => number,
): NextStep {
	const nextDue = Math.min(...tasks.map(dueAt));
	if (!rules.maySuspend)
		return { kind: 'stay', until: rules.together ? Number.POSITIVE_INFINITY : nextDue };
	if (now < rules.watchedUntil) return { kind: 'stay', until: Math.max(nextDue, now) };
	const ends = tasks.map((task) => expectedEnd(task, now));
	const end = rules.together ? Math.max(...ends) : Math.min(...ends);
	if (end - now < LONGEST_STAY_MS && now < rules.stayUntil)
		return { kind: 'stay', until: Math.min(Math.max(nextDue, now), rules.stayUntil) };
	const pause = Math.min(Math.max(end - now, SHORTEST_SUSPENSION_MS), LONGEST_SUSPENSION_MS);
	return { kind: 'suspend', until: now + pause + 1_000 * random() };
}

function dueAt({ order, watch }: Waited): number {
	return Math.min(watch.nextLookAt, watch.startedAt + order.timeoutMs);
}

function expectedEnd({ order, watch }: Waited, now: number): number {
	const predicted = predictEndAt(watch.answered);
	const isUsable = predicted !== undefined && now - predicted < SHORTEST_SUSPENSION_MS;
	const end = isUsable ? predicted : now + SHORTEST_SUSPENSION_MS;
	return Math.min(end, watch.startedAt + order.timeoutMs);
}
