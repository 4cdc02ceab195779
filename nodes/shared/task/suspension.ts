import { combined, outlookOf, type Outlook } from './outlook';
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
}

/** How long one run may hold a worker while an end is near: a deploy waits 30 s for what is running. */
export const LONGEST_STAY_MS = 25_000;

/**
 * n8n looks once a minute for suspended executions that are due within 70 s, and sets exact timers for those: a
 * suspension of a minute is exact, a shorter one is found after a minute at the latest.
 */
const SCAN_MS = 60_000;

/** The numbers of the plan, in ms but for `price`; `npm run bench -- durable --set NAME=…` shows what each does. */
export const SUSPENSION = {
	/** Where nobody knows: as soon as the loop that people build, so that none is found later. */
	blindMs: 59_000,
	/** What a second in the process is worth, in seconds of delay. */
	price: 0.5,
	/** A longer way than this has a look on it. */
	directMs: 85_000,
	ledMs: 105_000,
	/** How long a sleep may be where all figures agree, as a share of the time watched so far. */
	provenShare: 0.5,
	/** How rarely one looks after long, as a share of the time watched so far. */
	widening: 0.05,
	/** How far apart looks in the process are, and how late they find an end to which figures lead. */
	gapMs: 5_000,
	ledLagMs: 1_000,
	/** What it costs to have stayed, or woken, in vain. */
	inVainMs: 25_000,
	/** Sleeps end a little after the end. */
	marginMs: 300,
};

/** Crowds must not wake in step. */
const JITTER_MS = 1_000;
const SHORTEST_MS = 5_000;

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
	const wakeAt = bestWake(tasks, now, rules.together, stayLeft);
	if (wakeAt <= now) return stay;
	return { kind: 'suspend', until: wakeAt + JITTER_MS * random() };
}

/** The best moment (epoch ms) to go on at; `now` is to stay. */
function bestWake(tasks: Waited[], now: number, together: boolean, stayLeft: number): number {
	const watchedFor = now - Math.min(...tasks.map(({ watch }) => watch.startedAt));
	const deadlines = tasks.map(deadlineOf);
	const deadline = together ? Math.max(...deadlines) : Math.min(...deadlines);
	const blind = now + Math.max(SUSPENSION.blindMs, SUSPENSION.widening * watchedFor);
	const outlooks = tasks.map((task) => outlookOf(task, now));
	const known = outlooks.filter(({ ends }) => ends.length > 0);
	if (known.length === 0 && deadline > blind) return blind;
	const outlook =
		known.length === 0
			? { ends: [deadline], sharpens: false, isProven: false }
			: combined(known, together);
	const isAllKnown = known.length === tasks.length || known.length === 0;
	if (!isAllKnown && together)
		return firstLeg(Math.max(blind, outlook.ends[0]), outlook, now, watchedFor);
	const best = cheapest(outlook, now, stayLeft);
	if (!isAllKnown) return Math.min(best, blind);
	return firstLeg(best, outlook, now, watchedFor);
}

/** Cuts a long way: what was foretold may be wrong, and a look costs next to nothing where a minute is left after it. */
function firstLeg(
	wakeAt: number,
	{ isProven, sharpens }: Outlook,
	now: number,
	watchedFor: number,
): number {
	if (wakeAt - now <= (sharpens ? SUSPENSION.ledMs : SUSPENSION.directMs)) return wakeAt;
	const longest = isProven ? Math.max(SCAN_MS, SUSPENSION.provenShare * watchedFor) : SCAN_MS;
	return Math.min(Math.max(wakeAt - SCAN_MS, now + SCAN_MS), now + longest);
}

/** The moment that costs least on the average of all possible ends. */
function cheapest(outlook: Outlook, now: number, stayLeft: number): number {
	const { ends } = outlook;
	const onTheWay = Math.max(ends[0] - SCAN_MS, now + SCAN_MS);
	const moments = [...ends.map((at) => at + SUSPENSION.marginMs), onTheWay];
	const sleeps = moments
		.filter((at) => at >= now + SHORTEST_MS)
		.map((at) => ({ at, cost: mean(ends, (end) => costOfSleep(at, end, now, outlook.sharpens)) }));
	const stays =
		stayLeft > 0
			? [{ at: now, cost: mean(ends, (end) => costOfStay(end - now, stayLeft, outlook.sharpens)) }]
			: [];
	const [best] = [...stays, ...sleeps].sort((one, other) => one.cost - other.cost);
	return best?.at ?? now + SCAN_MS;
}

function mean(ends: number[], cost: (end: number) => number): number {
	return ends.reduce((sum, end) => sum + cost(end), 0) / ends.length;
}

/** What is lost, in ms of delay, by sleeping until a moment when the end comes at another. */
function costOfSleep(at: number, end: number, now: number, sharpens: boolean): number {
	const left = end - at - latenessOf(at - now);
	if (left < 0) return -left;
	return Math.min(costAwake(left, sharpens), sharpens ? latenessOf(left) : SUSPENSION.inVainMs);
}

/** … by staying until an end that comes in so many ms. One that comes right after a look waits for the next. */
function costAwake(left: number, sharpens: boolean): number {
	const { price, gapMs, ledLagMs } = SUSPENSION;
	const lag = left < gapMs ? gapMs - left : sharpens ? ledLagMs : gapMs / 2;
	return lag + price * Math.max(left, gapMs);
}

function costOfStay(left: number, stayLeft: number, sharpens: boolean): number {
	const { price, inVainMs } = SUSPENSION;
	return left <= stayLeft ? costAwake(left, sharpens) : price * stayLeft + inVainMs;
}

/** How late n8n finds a suspension of this length on average: its scan may come at any time in the minute. */
function latenessOf(length: number): number {
	return length < SCAN_MS ? (SCAN_MS - length) ** 2 / (2 * SCAN_MS) : 0;
}
