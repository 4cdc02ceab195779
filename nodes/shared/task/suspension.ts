import { combined, outlookOf, type Outlook } from './outlook';
import { scanAfter, SCAN_MS, type ScanRhythm } from './scan';
import { cheapestWake, SHORTEST_MS, SUSPENSION, type Start } from './wake';
import { deadlineOf, dueAt, type Waited } from './watch';

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
	/** What is known of n8n's scans. */
	scans: ScanRhythm;
}

/** How long one run may hold a worker while an end is near: a deploy waits 30 s for what is running. */
export const LONGEST_STAY_MS = 25_000;

/** Crowds must not wake in step. */
const JITTER_MS = 500;

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
	const stay: NextStep = { kind: 'stay', until: Math.max(nextDue, now) };
	if (now < rules.watchedUntil) return stay;
	// Whoever stays must look once more before the stay is over.
	const stayLeft = stay.until <= rules.stayUntil ? rules.stayUntil - now : 0;
	const start = { now, stayLeft, longestStay: LONGEST_STAY_MS, scans: rules.scans };
	const wakeAt = bestWake(tasks, start, rules.together);
	if (wakeAt <= now) return stay;
	return { kind: 'suspend', until: wakeAt + JITTER_MS * random() };
}

/** The best moment (epoch ms) to go on at; `start.now` is to stay. */
function bestWake(tasks: Waited[], start: Start, together: boolean): number {
	const { now } = start;
	const watchedFor = now - Math.min(...tasks.map(({ watch }) => watch.startedAt));
	const deadlines = tasks.map(deadlineOf);
	const deadline = together ? Math.max(...deadlines) : Math.min(...deadlines);
	const beat = nextBeat(now, watchedFor);
	const outlooks = tasks.map((task) => outlookOf(task, now));
	const known = outlooks.filter(({ ends }) => ends.length > 0);
	if (known.length === 0 && deadline > beat) return beat;
	const outlook =
		known.length === 0
			? { ends: [deadline], sharpens: false, isProven: false }
			: combined(known, together);
	const isAllKnown = known.length === tasks.length || known.length === 0;
	const wakeAt =
		!isAllKnown && together ? Math.max(beat, outlook.ends[0]) : cheapestWake(outlook, start);
	if (!isAllKnown && !together) return Math.min(wakeAt, beat);
	if (!outlook.sharpens) return unledLeg(wakeAt, start, beat);
	return ledLeg(wakeAt, outlook, start, watchedFor);
}

/**
 * Where nobody knows: every minute of the watch, so that no end is found later than by the loop that people build,
 * also where some other look came in between; and more rarely after long.
 */
function nextBeat(now: number, watchedFor: number): number {
	const left = SCAN_MS - JITTER_MS - (watchedFor % SCAN_MS);
	const next = left < JITTER_MS ? left + SCAN_MS : Math.max(left, SHORTEST_MS);
	return now + Math.max(next, SUSPENSION.widening * watchedFor);
}

/**
 * Cuts a long way to where earlier tasks ended: they may mislead, so no beat is left out that leaves an exact sleep after
 * it, nor one before a long way.
 */
function unledLeg(wakeAt: number, { now, scans }: Start, beat: number): number {
	if (wakeAt <= beat) return wakeAt;
	const scan = scanAfter(scans, now);
	const nextScan = scan === undefined ? beat + SCAN_MS : scanAfter(scans, Math.max(beat, scan));
	const staysExact = nextScan !== undefined && nextScan <= wakeAt;
	return staysExact || wakeAt - now > SUSPENSION.directMs ? beat : wakeAt;
}

/**
 * Cuts a long way to where figures lead: a look on it tells better. It comes right before the last scan before the end, from
 * where any sleep is exact; a minute before the end, where nobody knows when n8n scans.
 */
function ledLeg(
	wakeAt: number,
	{ isProven, ends }: Outlook,
	{ now, scans }: Start,
	watchedFor: number,
): number {
	const longest = isProven ? Math.max(SCAN_MS, SUSPENSION.provenShare * watchedFor) : SCAN_MS;
	const scan = scanAfter(scans, now);
	if (scan === undefined) {
		if (wakeAt - now <= SUSPENSION.ledMs) return wakeAt;
		return Math.min(Math.max(wakeAt - SCAN_MS, now + SCAN_MS), now + longest);
	}
	const soonest = Math.min(wakeAt, ends[0]) - SUSPENSION.clearMs;
	const lastScan = scan + SCAN_MS * Math.floor((soonest - scan) / SCAN_MS);
	const look = lastScan - SUSPENSION.beforeScanMs;
	return look < scan ? wakeAt : Math.min(look, Math.max(now + longest, scan));
}
