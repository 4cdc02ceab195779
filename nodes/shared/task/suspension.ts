import { predictEndAt } from './schedule';
import type { Watch } from './watch';

/** What to do while none of the tasks has finished. Times are epoch ms. */
export type NextStep = { kind: 'stay'; until: number } | { kind: 'suspend'; until: number };

/** n8n keeps waits under 65 s in the process itself (its Wait node): shorter suspensions gain nothing. */
const SHORTEST_SUSPENSION_MS = 65_000;
const LONGEST_SUSPENSION_MS = 600_000;

/** How long one run of the node may hold a worker while an end is near. */
export const LONGEST_STAY_MS = 90_000;

/** Without a prediction the next look is after half of the time watched so far. */
const WIDENING = 0.5;

/**
 * Decides between staying in the process and suspending the execution. While an end (predicted, or the deadline)
 * is within 65 s and `stayUntil` has not come, staying catches it promptly: until the next look is due. Else the
 * execution is suspended until the first predicted end, for 65 s at least and 10 min at most. An end that is
 * overdue by as much says nothing any more. `random` (0…1) adds up to 1 s, so that a crowd of executions does
 * not wake in step. Pure.
 */
export function planNextStep(
	watches: Array<{ watch: Watch; deadline: number }>,
	now: number,
	stayUntil: number,
	random: () => number,
): NextStep {
	const ends = watches.map(({ watch, deadline }) => ({
		watch,
		deadline,
		end: expectedEnd(watch, deadline, now),
	}));
	const near = ends.filter(({ end }) => end - now < SHORTEST_SUSPENSION_MS);
	if (near.length > 0 && now < stayUntil) {
		const due = near.flatMap(({ watch, deadline }) => [
			watch.nextLookAt,
			...(deadline > now ? [deadline] : []),
		]);
		return { kind: 'stay', until: Math.min(Math.max(Math.min(...due), now), stayUntil) };
	}
	const first = Math.min(...ends.map(({ end }) => end));
	const pause = Math.min(Math.max(first - now, SHORTEST_SUSPENSION_MS), LONGEST_SUSPENSION_MS);
	return { kind: 'suspend', until: now + pause + 1_000 * random() };
}

function expectedEnd(watch: Watch, deadline: number, now: number): number {
	const predicted = predictEndAt(watch.answered);
	const isUsable = predicted !== undefined && now - predicted < SHORTEST_SUSPENSION_MS;
	const unknown = now + Math.max((now - watch.startedAt) * WIDENING, SHORTEST_SUSPENSION_MS);
	return Math.min(isUsable ? predicted : unknown, deadline);
}
