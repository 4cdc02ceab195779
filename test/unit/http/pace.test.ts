import type { Outcome } from '../../../nodes/shared/http/outcome';
import { createPace, type Pace } from '../../../nodes/shared/http/pace';
import { createFakeClock, type FakeClock } from '../../../tools/clock/fakeClock';

const OK: Outcome = { kind: 'success' };
const BUSY: Outcome = { kind: 'rateLimited' };
const busyFor = (retryAfterMs: number): Outcome => ({ kind: 'rateLimited', retryAfterMs });

const WHENEVER = Number.POSITIVE_INFINITY;

/** Lets all that is due without time passing happen. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

/** Requests that are answered when the test says so, and the moments at which they left, in ms from the start. */
function createRequests(pace: Pace, clock: FakeClock) {
	const startedAt = clock.now();
	const left: number[] = [];
	const inFlight: Array<(outcome: Outcome) => void> = [];
	const results: Outcome[] = [];
	const hand = (count: number, latestStart = WHENEVER) => {
		for (let each = 0; each < count; each++) {
			const send = async () => {
				left.push(clock.now() - startedAt);
				return await new Promise<Outcome>((resolve) => inFlight.push(resolve));
			};
			void pace.run(send, latestStart).then((outcome) => results.push(outcome));
		}
	};
	const answer = async (...outcomes: Outcome[]) => {
		await settle();
		for (const outcome of outcomes) inFlight.shift()?.(outcome);
		await settle();
	};
	return { left, results, hand, answer, flying: () => inFlight.length };
}

function begin(most: number) {
	const clock = createFakeClock();
	const pace = createPace(most, clock);
	return { clock, pace, requests: createRequests(pace, clock) };
}

describe('a 429', () => {
	it('holds back every request that has not left yet, for as long as Retry-After asks for', async () => {
		const { requests } = begin(2);
		requests.hand(4);
		await requests.answer(busyFor(7_000), OK);
		expect(requests.left).toEqual([0, 0, 7_000]);
	});

	it('without Retry-After holds them back for a pause that doubles from round to round', async () => {
		const { requests } = begin(1);
		requests.hand(5);
		for (let round = 0; round < 4; round++) await requests.answer(BUSY);
		expect(requests.left).toEqual([0, 1_000, 3_000, 7_000, 15_000]);
	});

	it('begins with the first pause again after a success', async () => {
		const { requests } = begin(1);
		requests.hand(5);
		await requests.answer(BUSY);
		await requests.answer(BUSY);
		await requests.answer(OK);
		await requests.answer(BUSY);
		expect(requests.left).toEqual([0, 1_000, 3_000, 3_000, 4_000]);
	});

	it.each([
		[8, [4, 2, 1, 1]],
		[5, [2, 1, 1, 1]],
	])('halves how many of %i may be in flight, but not below one', async (most, widths) => {
		const { requests } = begin(most);
		requests.hand(40);
		for (const width of widths) {
			await requests.answer(...Array<Outcome>(requests.flying() || most).fill(BUSY));
			await settle();
			expect(requests.flying()).toBe(width);
		}
	});

	it('is counted once for all requests that left before it came', async () => {
		const { requests } = begin(8);
		requests.hand(20);
		await requests.answer(BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY);
		expect(requests.flying()).toBe(4);
		expect(requests.left.slice(8)).toEqual([1_000, 1_000, 1_000, 1_000]);
	});

	it('counts with its longest Retry-After', async () => {
		const { requests } = begin(2);
		requests.hand(3);
		await requests.answer(busyFor(9_000), busyFor(4_000));
		expect(requests.left).toEqual([0, 0, 9_000]);
	});
});

it('an answer that is no 429 slows nothing down, not even one that says "no capacity"', async () => {
	const { requests } = begin(2);
	requests.hand(4);
	await requests.answer({ kind: 'overloaded' }, { kind: 'overloaded' });
	expect(requests.left).toEqual([0, 0, 0, 0]);
});

it('successes widen it step by step, up to where it began', async () => {
	const { requests } = begin(4);
	requests.hand(40);
	await requests.answer(BUSY, BUSY, BUSY, BUSY);
	const widths: number[] = [];
	for (let count = 0; count < 9; count++) {
		await requests.answer(OK);
		widths.push(requests.flying());
	}
	expect(widths).toEqual([2, 3, 3, 3, 4, 4, 4, 4, 4]);
});

describe('a gate that stays closed longer than a request can wait', () => {
	it('gives back what closed it, with what is left of the pause, and sends nothing', async () => {
		const { clock, pace, requests } = begin(1);
		requests.hand(1);
		await requests.answer({ ...busyFor(60_000), requestId: '20260313' });
		clock.advance(20_000);
		const result = await pace.run(() => Promise.reject(new Error('sent')), clock.now() + 39_999);
		expect(result).toEqual({ kind: 'rateLimited', retryAfterMs: 40_000, requestId: '20260313' });
	});

	it('lets it leave when it opens just in time', async () => {
		const { clock, pace, requests } = begin(1);
		requests.hand(1);
		await requests.answer(busyFor(60_000));
		expect(await pace.run(async () => OK, clock.now() + 60_000)).toBe(OK);
	});
});

it('sends nothing more after Stop, neither what waits at the gate nor what comes later', async () => {
	const { clock, requests } = begin(1);
	requests.hand(3);
	await settle();
	clock.stop();
	await requests.answer(BUSY);
	expect(requests.left).toEqual([0]);
	expect(requests.results.map(({ kind }) => kind)).toEqual(['rateLimited', 'notSent', 'notSent']);
});

it('hands out a 429 with the pause that it makes of it, so that nobody asks again too early', async () => {
	const { requests } = begin(1);
	requests.hand(2);
	await requests.answer(BUSY);
	await requests.answer(BUSY);
	expect(requests.results).toEqual([busyFor(1_000), busyFor(2_000)]);
});

describe('downloads', () => {
	const downloading = (pace: Pace, count: number) => {
		let begun = 0;
		for (let each = 0; each < count; each++) {
			void pace.download(async () => {
				begun += 1;
				await new Promise<never>(() => {});
			});
		}
		return () => begun;
	};

	it('take places of requests, but not all of them', async () => {
		const { pace, requests } = begin(5);
		const begun = downloading(pace, 6);
		requests.hand(6);
		await settle();
		expect([begun(), requests.flying()]).toEqual([3, 2]);
	});

	it('go on while a 429 holds requests back', async () => {
		const { clock, pace, requests } = begin(1);
		requests.hand(1);
		await requests.answer(busyFor(60_000));
		const begun = downloading(pace, 1);
		await settle();
		expect([begun(), clock.sleeps]).toEqual([1, []]);
	});
});

describe('a pause that is asked for beyond the longest one', () => {
	const HOUR_MS = 3_600_000;

	it('is kept that long, and then one request at a time looks whether it still holds', async () => {
		const clock = createFakeClock();
		const requests = createRequests(createPace(4, clock, 300_000), clock);
		requests.hand(8);
		await requests.answer(busyFor(HOUR_MS), OK, OK, OK);
		expect([requests.left.slice(4), requests.flying()]).toEqual([[300_000], 1]);
		await requests.answer(busyFor(HOUR_MS));
		expect(requests.left.slice(5)).toEqual([600_000]);
	});
});
