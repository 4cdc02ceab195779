import { nextPollDelayMs, type Look } from '../../../nodes/shared/task/schedule';
import { pick, seededRandom } from '../support/seededRandom';

const MIN_POLL_MS = 5_000;
const delay = (looks: Look[], random = 0, minPollMs = MIN_POLL_MS) => nextPollDelayMs(looks, minPollMs, () => random);

/** Looks every 5 s at a task that reports how far it is at the given speed (share per ms). */
const linear = (count: number, perMs: number): Look[] =>
	Array.from({ length: count }, (_, index) => ({ at: 1_000_000 + index * 5_000, progress: index * 5_000 * perMs }));

it('never asks sooner than minPollMs, nor leaves a task alone for long, whatever has been seen', () => {
	const random = seededRandom(7);
	for (let history = 0; history < 2_000; history++) {
		const minPollMs = pick(random, [1_000, 5_000, 12_000, 45_000]);
		const looks: Look[] = [];
		let at = 1_000_000 * random();
		for (let count = Math.floor(random() * 12); count > 0; count--) {
			// Clocks may stand still or be put back; progress may be missing, jump and go backwards.
			at += pick(random, [0, 1, 900, 5_000, 60_000, -3_000]);
			looks.push({ at, progress: pick(random, [undefined, 0, random(), 1]) });
		}
		const delayMs = nextPollDelayMs(looks, minPollMs, random);
		expect(delayMs).toBeGreaterThanOrEqual(minPollMs);
		// 30 s and jitter; or, with rare polling, what counts as a near end (three gaps), margin and jitter.
		expect(delayMs).toBeLessThanOrEqual(Math.max(33_000, minPollMs * 3.15 + 500));
	}
});

describe('without a prediction the gap widens gently', () => {
	const watched = (ms: number): Look[] => [{ at: 0 }, { at: ms }];

	it.each<[string, Look[], number]>([
		['before the first look', [], 5_000],
		['after the first look', [{ at: 0 }], 5_000],
		['while 10 % of the time watched is below minPollMs', watched(40_000), 5_000],
		['to 10 % of a minute and a half', watched(90_000), 9_000],
		['to 10 % of four minutes', watched(240_000), 24_000],
		['to 30 s after five minutes', watched(300_000), 30_000],
		['no further than 30 s', watched(3_600_000), 30_000],
		['when there is one look only', [{ at: 0, progress: 0.5 }], 5_000],
		['when progress stands still', [{ at: 0, progress: 0.5 }, { at: 90_000, progress: 0.5 }], 9_000],
		['when progress goes backwards', [{ at: 0, progress: 0.5 }, { at: 90_000, progress: 0.2 }], 9_000],
		['when two figures come at the same time', [{ at: 0 }, { at: 90_000, progress: 0.1 }, { at: 90_000, progress: 0.2 }], 9_000],
	])('%s', (_when, looks, expected) => {
		expect(delay(looks)).toBe(expected);
	});

	it('keeps to minPollMs where that is longer than 30 s', () => {
		expect(delay(watched(3_600_000), 0, 45_000)).toBe(45_000);
	});

	it('carries up to 10 % of jitter', () => {
		expect(delay(watched(90_000), 1)).toBeCloseTo(9_900);
		expect(delay(watched(90_000), 0.5)).toBeCloseTo(9_450);
		expect(delay([], 1)).toBeCloseTo(5_500);
	});
});

describe('progress tells where the end is', () => {
	it.each<[string, Look[], number]>([
		// 1 % a second: after 90 s there are 10 s left, and 5 % of them as a margin.
		['asks once, just after a near end', linear(19, 0.01 / 1000), 10_500],
		['asks half-way to an end further off', linear(17, 0.01 / 1000), 10_000],
		['asks half-way, no later than in 30 s', linear(3, 0.001 / 1000), 30_000],
		['asks after minPollMs when the end should have come', linear(21, 0.01 / 1000), 5_000],
		['asks more rarely the longer the end is overdue', [...linear(20, 0.01 / 1000), { at: 1_000_000 + 140_000 }], 10_000],
		['asks every 30 s when the task has stalled', [...linear(20, 0.01 / 1000), { at: 1_000_000 + 900_000 }], 30_000],
		['asks after minPollMs when the end is nearer than that', linear(20, 0.0104 / 1000), 5_000],
	])('and %s', (_what, looks, expected) => {
		expect(delay(looks)).toBeCloseTo(expected, 5);
	});

	it('counts the time since the last figure towards the end', () => {
		const looks = [...linear(17, 0.01 / 1000), { at: 1_000_000 + 90_000 }];
		expect(delay(looks)).toBeCloseTo(10_500, 5);
	});

	it('takes the look before the only figure for a progress of 0', () => {
		// From nothing to 0.5 in 10 s: another 10 s, and 5 % of them as a margin.
		expect(delay([{ at: 0 }, { at: 1_000 }, { at: 11_000, progress: 0.5 }])).toBeCloseTo(10_500, 5);
	});

	it('ignores looks without progress before two figures', () => {
		const looks = [{ at: 0 }, { at: 500_000 }, ...linear(19, 0.01 / 1000)];
		expect(delay(looks)).toBeCloseTo(10_500, 5);
	});

	it('catches the end of a linear task within 10 % of its duration, and in few looks', () => {
		for (const durationMs of [20_000, 60_000, 95_000, 180_000, 600_000]) {
			const looks: Look[] = [];
			let at = 0;
			while (at < durationMs) {
				looks.push({ at, progress: at / durationMs });
				at += delay(looks, 0.5);
			}
			expect(at - durationMs).toBeLessThan(Math.max(MIN_POLL_MS, durationMs * 0.1));
			expect(looks.length).toBeLessThan(4 + durationMs / 20_000);
		}
	});
});

describe('a predicted look carries jitter', () => {
	it('of up to half a second just after a near end', () => {
		expect(delay(linear(19, 0.01 / 1000), 1)).toBeCloseTo(11_000, 5);
	});

	it('of up to half a second when the end is nearer than minPollMs', () => {
		expect(delay([{ at: 0, progress: 0 }, { at: 10_000, progress: 0.99 }], 1)).toBe(5_500);
	});

	it('of up to 10 % half-way to an end further off', () => {
		expect(delay(linear(17, 0.01 / 1000), 1)).toBeCloseTo(11_000, 5);
	});
});
