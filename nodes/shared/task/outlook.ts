import { expectedEnds } from './expectation';
import { figuresOf, predictEnd } from './prediction';
import type { Look } from './schedule';
import { deadlineOf, type Waited } from './watch';

/** When something may end. */
export interface Outlook {
	/** Moments (epoch ms), equally likely, the soonest first. None: nobody knows. */
	ends: number[];
	/** Whether figures tell it, so that another look on the way will tell it better. */
	sharpens: boolean;
	/** Whether so many figures agree that they are worth a long sleep. */
	isProven: boolean;
}

const UNKNOWN: Outlook = { ends: [], sharpens: false, isProven: false };

/** Moments in an outlook. */
const POINTS = 9;
/** Fewer of the expected moments than this still to come: the task does not live like others. */
const LEAST_EXPECTED = 2;

/** How far off the end may be from what figures say, as shares of the time left: sooner, later. */
export const DOUBT = {
	/** One fine figure, and the start: the run began some time after the creation. */
	one: [0.2, 0],
	/** Two figures: the run may get faster, or slower. */
	two: [0.15, 0.02],
	/** More of them, on a line. */
	more: [0.005, 0.003],
};
/** Figures in steps of this are stages rather than a measure of the run. */
const STAGE = 0.05;
const PROVEN_FROM = 3;

/**
 * When a task's wait may end, seen from `now` (epoch ms). Figures count before earlier tasks; where both tell, what
 * both allow. Figures that stand still, or one that could be a stage ("50 %: running"), tell nothing. The deadline
 * bounds all. Pure.
 */
export function outlookOf(waited: Waited, now: number): Outlook {
	const { answered, task } = waited.watch;
	const deadline = deadlineOf(waited);
	const expected = expectedEnds(waited.expectation, answered, task?.createdAt).filter(
		(at) => at > now,
	);
	const told = toldBy(answered, now);
	const both = expected.filter((at) => at >= told.ends[0] && at <= told.ends[told.ends.length - 1]);
	const outlook =
		told.ends.length === 0
			? { ...UNKNOWN, ends: expected.length < LEAST_EXPECTED ? [] : expected }
			: both.length >= LEAST_EXPECTED
				? { ...told, ends: both }
				: told;
	return { ...outlook, ends: outlook.ends.map((at) => Math.min(at, deadline)) };
}

/** What figures tell. */
function toldBy(looks: readonly Look[], now: number): Outlook {
	const levels = new Set(figuresOf(looks).map(({ progress }) => progress));
	const prediction = predictEnd(looks);
	if (!prediction || levels.size === 0 || prediction.latest <= now) return UNKNOWN;
	const [level] = levels;
	const isStage = Math.abs(level / STAGE - Math.round(level / STAGE)) < 1e-6;
	if (levels.size === 1 && (isStage || !looks[0].queued)) return UNKNOWN;
	const curves = prediction.curves.filter((at) => at > now);
	if (curves.length > 0) return { ends: spreadOver(curves), sharpens: true, isProven: false };
	const isProven = levels.size >= PROVEN_FROM;
	const [sooner, later] = DOUBT[levels.size === 1 ? 'one' : isProven ? 'more' : 'two'];
	const from = levels.size === 1 ? prediction.latest : prediction.earliest;
	const earliest = Math.max(now, from - sooner * (from - now));
	const latest = prediction.latest + later * (prediction.latest - now);
	return { ends: spreadOver([earliest, latest]), sharpens: true, isProven };
}

/** Equally likely moments between the first and the last of these, denser where these are. */
function spreadOver(moments: number[]): number[] {
	const sorted = [...moments].sort((one, other) => one - other);
	return Array.from({ length: POINTS }, (_, point) => {
		const place = ((point + 0.5) / POINTS) * (sorted.length - 1);
		const before = Math.floor(place);
		const [from, to = from] = sorted.slice(before, before + 2);
		return from + (place - before) * (to - from);
	});
}

/**
 * When the last (`together`) or the first of several may end; each has `ends`. They are taken for independent of
 * each other.
 */
export function combined(outlooks: Outlook[], together: boolean): Outlook {
	const allEnds = outlooks.map(({ ends }) => ends);
	const flipped = (ends: number[]) => ends.map((at) => -at).reverse();
	return {
		ends: together ? latestOf(allEnds) : flipped(latestOf(allEnds.map(flipped))),
		sharpens: outlooks.every(({ sharpens }) => sharpens),
		isProven: outlooks.every(({ isProven }) => isProven),
	};
}

/** Equally likely moments of the last end: all have ended with the product of the chances that each has. */
function latestOf(allEnds: number[][]): number[] {
	if (allEnds.length <= 1) return allEnds[0] ?? [];
	const moments = allEnds.flatMap((ends, task) =>
		ends.map((at, index) => ({ at, task, share: (index + 1) / ends.length })),
	);
	moments.sort((one, other) => one.at - other.at);
	const shares = allEnds.map(() => 0);
	let [open, product] = [allEnds.length, 1];
	const latest: number[] = [];
	for (const { at, task, share } of moments) {
		if (shares[task] === 0) [open, product] = [open - 1, product * share];
		else product *= share / shares[task];
		shares[task] = share;
		while (open === 0 && latest.length < POINTS && product > (latest.length + 0.5) / POINTS)
			latest.push(at);
	}
	return latest;
}
