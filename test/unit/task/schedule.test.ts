import { nextPollDelayMs, SCHEDULE, type Look } from '../../../nodes/shared/task/schedule';
import { pick, seededRandom } from '../../../tools/clock/seededRandom';

const MIN_POLL_MS = 5_000;
const S = 1_000;
const delay = (looks: Look[], random = 0, minPollMs = MIN_POLL_MS) =>
	nextPollDelayMs(looks, minPollMs, () => random);

/** Looks by second: `undefined` shows no progress. */
const seen = (...looks: Array<[number, number | undefined]>): Look[] =>
	looks.map(([second, progress]) => ({ at: 1_000_000 + second * S, progress }));
const queuedAt = (...seconds: number[]): Look[] =>
	seconds.map((second) => ({ at: 1_000_000 + second * S, queued: true }));

/** Looks every 5 s at a task that reports how far it is at the given speed (share per second). */
const linear = (count: number, perSecond: number): Look[] =>
	seen(
		...Array.from({ length: count }, (_, index): [number, number] => [
			index * 5,
			(index * 5 + 0.3) * perSecond,
		]),
	);

it('never asks sooner than minPollMs, nor leaves a task alone for long, whatever has been seen', () => {
	const random = seededRandom(7);
	for (let history = 0; history < 4_000; history++) {
		const minPollMs = pick(random, [1_000, 5_000, 12_000, 45_000]);
		const looks: Look[] = [];
		let at = 1_000_000 * random();
		for (let count = Math.floor(random() * 12); count > 0; count--) {
			// Clocks may stand still or be put back; progress may be missing, jump and go backwards.
			at += pick(random, [0, 1, 900, 5_000, 60_000, -3_000]);
			const progress = pick(random, [
				undefined,
				0,
				random(),
				random() / 10,
				Math.floor(random() * 10) / 10,
				1,
			]);
			looks.push({ at, progress, ...(random() < 0.2 && { queued: true as const }) });
		}
		const delayMs = nextPollDelayMs(looks, minPollMs, random);
		expect(delayMs).toBeGreaterThanOrEqual(minPollMs);
		expect(delayMs).toBeLessThanOrEqual(Math.max(30_000, minPollMs) * 1.08);
	}
});

describe('where nothing tells the end', () => {
	const steady = SCHEDULE.steadyGap * MIN_POLL_MS;

	it.each<[string, Look[], number]>([
		['it asks after minPollMs before the first answer', [], 5_000],
		[
			'it leaves a task that has not begun to run alone at first',
			queuedAt(0),
			SCHEDULE.firstGap * MIN_POLL_MS,
		],
		['it asks rarely in the queue', queuedAt(0, 15), SCHEDULE.queuedGap * MIN_POLL_MS],
		['it asks more rarely in a long queue', queuedAt(0, 200), 20_000],
		['it asks every 30 s in a very long queue', queuedAt(0, 900), 30_000],
		['it keeps a steady beat in the run', seen([0, undefined]), steady],
		['it keeps it for five minutes', seen([0, undefined], [280, undefined]), steady],
		['it asks more rarely after that', seen([0, undefined], [1_000, undefined]), 20_000],
		['it asks every 30 s in a very long run', seen([0, undefined], [3_600, undefined]), 30_000],
		[
			'it counts the run alone, not the queue before',
			[...queuedAt(0, 900), ...seen([930, undefined])],
			steady,
		],
		[
			'it takes no notice of figures in the queue',
			queuedAt(0, 15).map((look, index) => ({ ...look, progress: (1 + 2 * index) / 10 })),
			SCHEDULE.queuedGap * MIN_POLL_MS,
		],
		['it needs two figures', seen([0, 0.3]), steady],
		['it needs figures that rise', seen([0, 0.3], [90, 0.3]), steady],
		['it needs figures that do not fall', seen([0, 0.3], [90, 0.2]), steady],
		['it needs figures at different times', seen([0, undefined], [90, 0.1], [90, 0.2]), steady],
		[
			'it watches figures that stand still past their middle',
			seen([0, 0], [50, 0.9], [90, 0.9], [100, 0.9]),
			SCHEDULE.stalledGap * MIN_POLL_MS,
		],
	])('%s', (_what, looks, expected) => {
		expect(delay(looks)).toBeCloseTo(expected, 5);
	});

	it('keeps to minPollMs where that is longer than 30 s', () => {
		expect(delay(seen([0, undefined], [3_600, undefined]), 0, 45_000)).toBe(45_000);
	});

	it('carries up to 8 % of jitter', () => {
		expect(delay(seen([0, undefined]), 1)).toBeCloseTo(steady * 1.08);
		expect(delay([], 0.5)).toBeCloseTo(5_200);
	});
});

describe('progress tells where the end is', () => {
	it.each<[string, Look[], number, number]>([
		['asks once, just after a near end', linear(19, 0.01), 9_700, 10_200],
		['looks again on the way to an end further off', linear(13, 0.01), 20_000, 25_000],
		['asks in 30 s when the end is far off', seen([0, 0], [50, 0.051], [100, 0.1]), 30_000, 30_000],
		['asks after minPollMs when the end is nearer than that', linear(20, 0.0104), 5_000, 5_300],
		[
			'asks after minPollMs when the end should have come',
			seen([0, 0.1], [80, 0.9], [98, 0.999]),
			5_000,
			5_700,
		],
		[
			'goes by the latest speed after a change',
			seen([0, 0], [5, 0.001], [60, 0.02], [65, 0.12], [70, 0.22], [75, 0.32], [90, 0.62]),
			10_000,
			12_000,
		],
		[
			'goes by the bend where progress gets slower',
			seen([0, 0], [40, 0.64], [60, 0.84], [75, 0.937], [90, 0.99]),
			9_500,
			11_000,
		],
	])('and %s', (_what, looks, least, most) => {
		expect(delay(looks, 0.5)).toBeGreaterThanOrEqual(least);
		expect(delay(looks, 0.5)).toBeLessThanOrEqual(most + 150);
	});

	it('asks when the next step is as likely to be there as not, where steps are coarse', () => {
		// Between 10 and 15 s for a quarter from the start: the half comes 20 to 30 s after it, at 25 s in the middle.
		const looks = [...queuedAt(0), ...seen([0.001, 0], [10, 0], [15, 0.25])];
		expect(delay(looks)).toBeGreaterThan(8_000);
		expect(delay(looks)).toBeLessThan(12_000);
	});

	it('carries up to 300 ms of jitter', () => {
		expect(delay(linear(19, 0.01), 1) - delay(linear(19, 0.01), 0)).toBeCloseTo(300, 5);
	});

	it('takes rounding to whole percents for what it is', () => {
		// Rounded to the nearest: 0.5 % more than there was at each look.
		const looks = Array.from({ length: 10 }, (_, index) => ({
			at: index * 10_000,
			progress: Math.round(index * 10.45) / 100,
		}));
		const remainingMs = 10_000 / 0.1045 - 90_000;
		expect(delay(looks)).toBeGreaterThanOrEqual(remainingMs);
		expect(delay(looks)).toBeLessThanOrEqual(remainingMs + 1_500);
	});
});
