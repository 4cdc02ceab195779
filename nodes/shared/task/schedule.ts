/** One answered look at a task: when (epoch ms) and how far it was (0…1), where the API said so. */
export interface Look {
	at: number;
	progress?: number;
}

/** Without progress the gap grows with the time watched: 10 % of it delays a detection by 10 % at most. */
const WIDENING = 0.1;
const LONGEST_GAP_MS = 30_000;

/** Above so many gaps to the predicted end, look again half-way: early predictions are rough. */
const FAR_IN_GAPS = 3;

/** Asking just after the predicted end: this share of the remaining time, and up to half a second of jitter. */
const PREDICTION_MARGIN = 0.05;
const OVERDUE_WIDENING = 0.25;
const JITTER = 0.1;
const PREDICTED_JITTER_MS = 500;

/**
 * How long to wait before the next look at a task, in ms, never less than `minPollMs`.
 *
 * `looks` are the answered looks so far, oldest first. A gain in progress between two of them gives a speed, hence a
 * predicted end: while that is far, look again half-way there (each look corrects the prediction), and when it
 * is near, ask once, just after it. Without progress the gap widens gently, to 30 s. Every gap carries jitter,
 * so that a batch does not ask in step; `random` gives 0…1. Pure.
 */
export function nextPollDelayMs(looks: readonly Look[], minPollMs: number, random: () => number): number {
	const remainingMs = predictRemainingMs(looks);
	if (remainingMs === undefined) {
		const watchedMs = looks.length > 0 ? looks[looks.length - 1].at - looks[0].at : 0;
		const gap = clamp(watchedMs * WIDENING, minPollMs, Math.max(minPollMs, LONGEST_GAP_MS));
		return gap * (1 + JITTER * random());
	}
	if (remainingMs > FAR_IN_GAPS * minPollMs) {
		const gap = clamp(remainingMs / 2, minPollMs, Math.max(minPollMs, LONGEST_GAP_MS));
		return gap * (1 + JITTER * random());
	}
	// A task that is overdue has stalled: the longer it is overdue, the less a close watch is worth.
	const gap = remainingMs > 0 ? remainingMs * (1 + PREDICTION_MARGIN) : -remainingMs * OVERDUE_WIDENING;
	return clamp(gap, minPollMs, Math.max(minPollMs, LONGEST_GAP_MS)) + PREDICTED_JITTER_MS * random();
}

/** Enough to predict from, and little to keep: the first figure and the latest ones. */
const MOST_LOOKS = 10;

/** The looks with one more, the oldest but the first left out where they get too many. Pure. */
export function rememberLook(looks: readonly Look[], look: Look): Look[] {
	const all = [...looks, look];
	if (all.length <= MOST_LOOKS) return all;
	const older = all.slice(0, 1 - MOST_LOOKS);
	return [older.find(({ progress }) => progress !== undefined) ?? older[0], ...all.slice(1 - MOST_LOOKS)];
}

/**
 * When the task will have ended at the average speed seen, in epoch ms; it may lie in the past. `undefined`
 * without progress, or with one look alone.
 */
export function predictEndAt(looks: readonly Look[]): number | undefined {
	const remainingMs = predictRemainingMs(looks);
	return remainingMs === undefined ? undefined : looks[looks.length - 1].at + remainingMs;
}

/** The same, counted from the last look. */
function predictRemainingMs(looks: readonly Look[]): number | undefined {
	const figures = progressFigures(looks);
	if (figures.length < 2) return undefined;
	const [first] = figures;
	const last = figures[figures.length - 1];
	const gained = last.progress - first.progress;
	if (gained <= 0 || last.at <= first.at) return undefined;
	const msPerUnit = (last.at - first.at) / gained;
	const sinceLastFigure = looks[looks.length - 1].at - last.at;
	return (1 - last.progress) * msPerUnit - sinceLastFigure;
}

/**
 * The looks that showed progress. When there is but one, the look before it counts as 0: the task was not running
 * yet then, so it is at least as fast as that makes it.
 */
function progressFigures(looks: readonly Look[]): Array<Required<Look>> {
	const figures = looks.filter((look): look is Required<Look> => look.progress !== undefined);
	const first = looks.findIndex(({ progress }) => progress !== undefined);
	return figures.length === 1 && first > 0 ? [{ at: looks[first - 1].at, progress: 0 }, ...figures] : figures;
}

function clamp(value: number, least: number, most: number): number {
	return Math.min(Math.max(value, least), most);
}
