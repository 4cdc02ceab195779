import { curveEnd, curveEnds, type Point } from './curve';

/** One answered look at a task: when (epoch ms), and how far it was (0…1), where the API said so. */
export interface Look {
	at: number;
	progress?: number;
	/** The task was waiting for its run: a figure shown then says nothing about the run. */
	queued?: true;
}

/** A look that showed how far the run was. */
export type Figure = Look & { progress: number };

/** When the task will have ended, in epoch ms. */
export interface Prediction {
	/** If progress is steady, the end lies between the two. They are the same where progress is not steady. */
	earliest: number;
	latest: number;
	/** Where progress is not steady: when it may have ended, as different ways to go on would have it, in no order. */
	curves: number[];
	/** Where progress is steady: how many figures are to come before the end. */
	stepsLeft: number;
	/** The moment at which one of them (0 is the next) is as likely to be there as not. */
	stepAt(index: number): number;
}

/** What steady progress must keep to: levels that were reached by then, and levels that were not yet. */
interface Evidence {
	reached: Point[];
	notYet: Point[];
}

/** So many figures on one straight line are no chance any more. */
const STRAIGHT_FROM = 4;

/** Steps up to this one may be rounded to the nearest; larger ones are stages that have been reached. */
const ROUNDED_STEP = 0.01;

const THOUSAND = 1_000;
const TINY = 1e-9;

/**
 * Predicts the end of a task from the figures it has shown; `undefined` when they do not rise. Pure.
 *
 * A figure proves that its level was reached, and that the next one was not, so figures in coarse steps prove
 * little each, but together the more: only ends count that one straight line through all of them can have. Where
 * no line goes through all, the oldest are given up, and where not even four lie on one, a curve goes through the
 * last three.
 */
export function predictEnd(looks: readonly Look[]): Prediction | undefined {
	const figures = figuresOf(looks);
	if (figures.length === 0) return undefined;
	const step = stepOf(figures);
	const start = startOfRun(looks);
	for (let from = start.length > 0 ? -1 : 0; from < figures.length - 1; from++) {
		const evidence = evidenceOf(figures.slice(Math.max(from, 0)), step, from < 0 ? start : []);
		const [earliest, latest] = [earliestAt(1, evidence), latestAt(1, evidence)];
		if (!Number.isFinite(latest) || !(earliest <= latest)) continue;
		const isProven = from + start.length <= 0 || figures.length - from >= STRAIGHT_FROM;
		const rises = isProven ? [] : risesOf(figures, step);
		const curved = curveEnd(rises);
		const drawn = curveEnds([...beginningOf(looks), ...rises]);
		const curves = drawn.length > 0 ? [...drawn, latest] : [];
		if (curved !== undefined)
			return { earliest: curved, latest: curved, curves, stepsLeft: 0, stepAt: () => curved };
		return {
			earliest,
			latest,
			curves,
			...comingSteps(figures[figures.length - 1], step, evidence),
		};
	}
	return undefined;
}

/** The figures that were shown while the task was running. */
export function figuresOf(looks: readonly Look[]): Figure[] {
	return looks.filter((look): look is Figure => look.progress !== undefined && !look.queued);
}

/**
 * The step in which figures are told: the largest that they and the end (1) are all multiples of, in whole
 * thousandths. 0.25 and 0.5 are told in quarters, 0.137 in thousandths.
 */
function stepOf(figures: readonly Figure[]): number {
	const commonDivisor = (one: number, other: number): number =>
		other === 0 ? one : commonDivisor(other, one % other);
	return (
		figures.map(({ progress }) => Math.round(progress * THOUSAND)).reduce(commonDivisor, THOUSAND) /
		THOUSAND
	);
}

/** When the task was last seen waiting, nothing of it was done. */
function startOfRun(looks: readonly Look[]): Point[] {
	return looks
		.filter(({ queued }) => queued)
		.slice(-1)
		.map(({ at }) => ({ at, level: 0 }));
}

/** Runs begin some seconds after a creation that was watched; after a queue nobody knows. */
const BEGINS_AFTER_MS = 4_000;

/** Where the run began, for a curve to go through. */
function beginningOf(looks: readonly Look[]): Point[] {
	const isWatched = looks[0].queued && !looks[1]?.queued;
	return isWatched ? [{ at: looks[0].at + BEGINS_AFTER_MS, level: 0 }] : [];
}

function evidenceOf(figures: readonly Figure[], step: number, start: Point[]): Evidence {
	const blur = step <= ROUNDED_STEP ? step / 2 : 0;
	return {
		reached: figures.map(({ at, progress }) => ({ at, level: progress - blur })),
		notYet: [...start, ...figures.map(({ at, progress }) => ({ at, level: progress + step }))],
	};
}

/** The figures that were news, each in the middle of its step. */
function risesOf(figures: readonly Figure[], step: number): Point[] {
	const news = figures.filter(
		({ progress }, index) => index === 0 || progress > figures[index - 1].progress,
	);
	return news.map(({ at, progress }) => ({ at, level: progress + step / 2 }));
}

function comingSteps(
	last: Figure,
	step: number,
	evidence: Evidence,
): Pick<Prediction, 'stepsLeft' | 'stepAt'> {
	return {
		stepsLeft: Math.max(0, Math.round((1 - last.progress) / step) - 1),
		stepAt(index) {
			const level = last.progress + (index + 1) * step;
			return (earliestAt(level, evidence) + latestAt(level, evidence)) / 2;
		},
	};
}

/** The latest moment for a level above all evidence: the slowest line passes a "not yet", then a "reached". */
function latestAt(level: number, { reached, notYet }: Evidence): number {
	let latest = Number.POSITIVE_INFINITY;
	for (const upper of reached) {
		for (const lower of notYet) {
			if (lower.level < upper.level - TINY) latest = Math.min(latest, through(lower, upper, level));
		}
	}
	return latest;
}

/** The earliest moment: the fastest line passes a "reached", then a "not yet". */
function earliestAt(level: number, { reached, notYet }: Evidence): number {
	let earliest = Number.NEGATIVE_INFINITY;
	for (const upper of notYet) {
		if (upper.level > level + TINY) continue;
		earliest = Math.max(earliest, upper.at);
		for (const lower of reached) {
			if (lower.level < upper.level - TINY)
				earliest = Math.max(earliest, through(lower, upper, level));
		}
	}
	return earliest;
}

/** When the line through two points reaches a level. */
function through(from: Point, to: Point, level: number): number {
	return to.at + ((level - to.level) * (to.at - from.at)) / (to.level - from.level);
}
