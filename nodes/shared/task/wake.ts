import type { Outlook } from './outlook';
import { scanAfter, SCAN_MS, type ScanRhythm } from './scan';

/** The numbers of the plan, in ms but for `price`; `npm run bench -- durable --set NAME=…` shows what each does. */
export const SUSPENSION = {
	/** What a second in the process is worth, in seconds of delay. */
	price: 0.5,
	/** A longer way than this has a look on it, where figures lead (`led`) and where only earlier tasks do. */
	directMs: 75_000,
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
	/** A look on the way comes so long before a scan, and that scan so long before the end. */
	beforeScanMs: 3_000,
	clearMs: 5_000,
};

/** A shorter sleep is none. */
export const SHORTEST_MS = 5_000;

/** What a plan starts from. */
export interface Start {
	/** Epoch ms. */
	now: number;
	/** How long this run may still stay in the process, and how long a later one may, in ms. */
	stayLeft: number;
	longestStay: number;
	scans: ScanRhythm;
}

interface Choice {
	/** When to wake, epoch ms; the moment of choosing is to stay. */
	at: number;
	/** Summed up over all ends, in ms of delay. */
	cost: number;
}

/**
 * The moment (epoch ms) to wake at that costs least on the average of all possible ends; `start.now` is to stay. Pure.
 *
 * Where figures lead to the end, whoever wakes before it knows it better, and does then what is best for this very end.
 * Where they don't, nothing is learned by a look but that the end has not come yet: what is best after it is worked
 * out in the same way.
 */
export function cheapestWake(outlook: Outlook, start: Start): number {
	const choice = outlook.sharpens
		? cheapest([...stayUntilLed(outlook.ends, start), ...sleepsOf(outlook.ends, start, ledCost)])
		: unledChoice(outlook.ends, start, new Map());
	return choice?.at ?? scanAfter(start.scans, start.now) ?? start.now + SCAN_MS;
}

const cheapest = (choices: Choice[]): Choice | undefined =>
	choices.sort((one, other) => one.cost - other.cost)[0];

/** What is best where only time tells. `known` keeps what has been worked out, by moment and stay. */
function unledChoice(ends: number[], start: Start, known: Map<string, Choice>): Choice | undefined {
	if (ends.length === 0) return undefined;
	const key = `${start.now} ${start.stayLeft}`;
	const costAfter: CostOfRest = (rest, later) =>
		rest.length === 0
			? 0
			: (unledChoice(rest, later, known)?.cost ?? rest.length * SUSPENSION.inVainMs);
	const choice =
		known.get(key) ??
		cheapest([...staysOf(ends, start, costAfter), ...sleepsOf(ends, start, costAfter)]);
	if (choice) known.set(key, choice);
	return choice;
}

/** What the ends cost that come after a wake, or a stay: `later` is then. */
type CostOfRest = (rest: number[], later: Start) => number;

/** Sleeps until right after each of the ends. */
function sleepsOf(ends: number[], start: Start, costOfRest: CostOfRest): Choice[] {
	const moments = ends.map((end) => end + SUSPENSION.marginMs);
	return moments
		.filter((at) => at >= start.now + SHORTEST_MS)
		.map((at) => {
			const now = at + latenessOf(start.now, at, start.scans);
			const late = sum(ends, (end) => Math.max(0, now - end));
			const rest = ends.filter((end) => end > now);
			return { at, cost: late + costOfRest(rest, { ...start, now, stayLeft: start.longestStay }) };
		});
}

/** Stays until each of the ends, and a suspension if it has not come by then. */
function staysOf(ends: number[], start: Start, costOfRest: CostOfRest): Choice[] {
	const moments = ends.map((end) => Math.max(end, start.now + SUSPENSION.gapMs));
	return moments
		.filter((until) => until - start.now <= start.stayLeft)
		.map((until) => {
			const found = ends.filter((end) => end <= until);
			const rest = ends.filter((end) => end > until);
			const cost =
				sum(found, (end) => costAwake(end - start.now, SUSPENSION.gapMs / 2)) +
				rest.length * SUSPENSION.price * (until - start.now);
			return {
				at: start.now,
				cost: cost + costOfRest(rest, { ...start, now: until, stayLeft: 0 }),
			};
		});
}

/** A stay until the end to which figures lead, where the run may stay. */
function stayUntilLed(ends: number[], { now, stayLeft }: Start): Choice[] {
	if (stayLeft <= 0) return [];
	const cost = sum(ends, (end) =>
		end - now <= stayLeft
			? costAwake(end - now, SUSPENSION.ledLagMs)
			: SUSPENSION.price * stayLeft + SUSPENSION.inVainMs,
	);
	return [{ at: now, cost }];
}

/** Whoever wakes before an end to which figures lead stays, or sleeps once more. */
const ledCost: CostOfRest = (rest, { now, scans }) =>
	sum(rest, (end) =>
		Math.min(costAwake(end - now, SUSPENSION.ledLagMs), latenessOf(now, end, scans)),
	);

/** What it costs to be awake until an end in so many ms. One that comes right after a look waits for the next. */
function costAwake(left: number, lagMs: number): number {
	const { price, gapMs } = SUSPENSION;
	return (left < gapMs ? gapMs - left : lagMs) + price * Math.max(left, gapMs);
}

/** How late n8n ends a suspension; on the average, where nobody knows when it scans. */
function latenessOf(from: number, until: number, scans: ScanRhythm): number {
	const scan = scanAfter(scans, from);
	if (scan !== undefined) return Math.max(0, scan - until);
	const length = until - from;
	return length < SCAN_MS ? (SCAN_MS - length) ** 2 / (2 * SCAN_MS) : 0;
}

const sum = (ends: number[], cost: (end: number) => number): number =>
	ends.reduce((total, end) => total + cost(end), 0);
