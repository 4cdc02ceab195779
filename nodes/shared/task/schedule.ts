import { figuresOf, predictEnd, type Look, type Prediction } from './prediction';

export type { Look } from './prediction';

/** The numbers of the schedule. Gaps are multiples of `minPollMs`; `npm run bench -- --set NAME=…` shows what each does. */
export const SCHEDULE = {
	/** After a first look at a task that has not begun to run: it does not end within seconds. More saves a request of each short task, and finds its end later. */
	firstGap: 3,
	/** While the task waits for its run. More saves requests, and finds the end of a short run later. */
	queuedGap: 2.4,
	/** While it runs and shows nothing: a little closer than Runway's SDK, for the requests saved before. More delays every end by half of that. */
	steadyGap: 1.14,
	/** Before the time that earlier tasks took. More saves requests, and finds the end later where they mislead. */
	earlyGap: 4,
	/** When figures stand still past their middle, or the end is expected now. Such a task has saved requests; there the end may come at any time. */
	stalledGap: 1.01,
	/** Gaps grow to this share of the time the task has waited for its run, and of the time it has run. */
	queuedWidening: 0.1,
	runWidening: 0.02,
	/** Above so many gaps to the end of a curve, or of a line that is sure, another look in between corrects the prediction. */
	far: 2,
	/** … at this share of the way. More saves requests, and predicts from further off. */
	approach: 0.6,
	/** Lines are sure when their ends are no further apart. More saves requests, and delays the detection by half of it. */
	sure: 0.4,
	/** Until then every coming step is worth a look, but this share of all beyond the last few. More saves requests with fine steps. */
	skippedSteps: 0.4,
	lastSteps: 8,
	/** The last look leaves out this share of the possible ends, the least likely ones. More is quicker on the median, and misses more. */
	leftOut: 0.15,
	/** The last look comes later than the end of a curve by this share of the way: ends that come late cost a whole gap more. */
	margin: 0.06,
};

const LONGEST_GAP_MS = 30_000;
/** Of a gap; of a look at a predicted moment. A batch must not ask in step. */
const GAP_JITTER = 0.08;
const JITTER_MS = 300;

/**
 * How long to wait before the next look at a task, in ms, never less than `minPollMs`. `looks` are the answered
 * looks so far, oldest first; `random` gives 0…1. Pure.
 *
 * A look just before the end costs a whole gap, so the last look must land just after it, and the looks before
 * serve to make the end known. Three cases:
 * - Nothing to go by (waiting, no figures, figures that stand still): ends come at any time and are found half a
 *   gap late, whatever one does. Looks are spent where an end can be: rarely right after the creation and in the
 *   queue, at a steady beat in the run. After long the gap widens, to 30 s.
 * - Steady progress (see `predictEnd`): the end lies between two moments. Until they are close, the look that
 *   halves the doubt is the one at which the next figure is as likely to be there as not. Then the last look
 *   comes at the later of the two; while they are more than a gap apart, whole gaps before it as well.
 * - Uneven progress: a curve tells the end, the better the nearer it is. Looks part of the way there correct it,
 *   then the last one comes a margin later.
 * What earlier tasks took (`expectedEnds`, epoch ms, soonest first) counts until figures rise: before the soonest end
 * gaps are longer, up to the latest they are short, and then all is as if nothing were known.
 */
export function nextPollDelayMs(
	looks: readonly Look[],
	minPollMs: number,
	random: () => number,
	expectedEnds: readonly number[] = [],
): number {
	const longest = Math.max(minPollMs, LONGEST_GAP_MS);
	const last = looks[looks.length - 1];
	const prediction = predictEnd(looks);
	const isTold = expectedEnds.length === 0 || hasRisen(looks);
	if (!prediction || prediction.latest <= last.at || !isTold) {
		const gap = expectedGapMs(last, minPollMs, expectedEnds) ?? blindGapMs(looks, minPollMs);
		return Math.min(gap, longest) * (1 + GAP_JITTER * random());
	}
	const aim = nextAim(prediction, last.at, minPollMs);
	return Math.min(Math.max(aim - last.at, minPollMs), longest) + JITTER_MS * random();
}

/**
 * The gap by what earlier tasks took: up to the first moment at which the end is expected, in strides that find an
 * earlier one, then closely. `undefined` when all such moments have passed, or none is known.
 */
function expectedGapMs(
	last: Look | undefined,
	minPollMs: number,
	expectedEnds: readonly number[],
): number | undefined {
	if (!last || !(last.at < expectedEnds[expectedEnds.length - 1])) return undefined;
	const [longest, closest] = [SCHEDULE.earlyGap, SCHEDULE.stalledGap].map((gap) => gap * minPollMs);
	return Math.min(Math.max(expectedEnds[0] - last.at, closest), longest);
}

/** The gap where nothing tells the end. */
function blindGapMs(looks: readonly Look[], minPollMs: number): number {
	if (looks.length === 0) return minPollMs;
	const last = looks[looks.length - 1];
	if (last.queued && looks.length === 1) return minPollMs * SCHEDULE.firstGap;
	if (last.queued)
		return Math.max(
			minPollMs * SCHEDULE.queuedGap,
			(last.at - looks[0].at) * SCHEDULE.queuedWidening,
		);
	const startedAt = (lastQueued(looks) ?? looks[0]).at;
	const gap = (last.progress ?? 0) > 0.5 ? SCHEDULE.stalledGap : SCHEDULE.steadyGap;
	return Math.max(Math.ceil(minPollMs * gap), (last.at - startedAt) * SCHEDULE.runWidening);
}

/** The moment that is best for the next look, where the end is predicted. */
function nextAim(prediction: Prediction, now: number, minPollMs: number): number {
	const { earliest, latest } = prediction;
	const doubt = latest - earliest;
	const remaining = (earliest + latest) / 2 - now;
	if (doubt > SCHEDULE.sure * minPollMs) {
		const step = tellingStep(prediction, now + minPollMs);
		if (step !== undefined) return step;
	} else if (remaining > SCHEDULE.far * minPollMs) {
		return now + remaining * SCHEDULE.approach;
	}
	if (doubt === 0) return latest + remaining * SCHEDULE.margin;
	const likely = (1 - SCHEDULE.leftOut) * doubt;
	return earliest + likely - minPollMs * Math.floor(likely / minPollMs);
}

/** The first of the coming steps that is worth a look and not too soon for one. */
function tellingStep({ stepsLeft, stepAt }: Prediction, notBefore: number): number | undefined {
	const skipped = Math.max(
		0,
		Math.floor(SCHEDULE.skippedSteps * (stepsLeft + 1 - SCHEDULE.lastSteps)),
	);
	for (let index = skipped; index < stepsLeft; index++) {
		const at = stepAt(index);
		if (at >= notBefore) return at;
	}
	return undefined;
}

/** Enough to predict from, and little to keep. */
const MOST_LOOKS = 16;

/**
 * The looks with one more. Where they get too many, the oldest is left out, but for the very first, the last in
 * the queue and the first with a figure: they tell where the run began. Pure.
 */
export function rememberLook(looks: readonly Look[], look: Look): Look[] {
	const all = [...looks, look];
	if (all.length <= MOST_LOOKS) return all;
	const kept = new Set([all[0], lastQueued(all), figuresOf(all)[0]]);
	const dropped = all.find((candidate) => !kept.has(candidate));
	return all.filter((candidate) => candidate !== dropped);
}

function lastQueued(looks: readonly Look[]): Look | undefined {
	return looks.filter(({ queued }) => queued).pop();
}

/** Whether the run has shown two figures, the later one higher: one alone may be all that this API ever says. */
export function hasRisen(looks: readonly Look[]): boolean {
	const figures = figuresOf(looks);
	return figures.length > 1 && figures[figures.length - 1].progress > figures[0].progress;
}
