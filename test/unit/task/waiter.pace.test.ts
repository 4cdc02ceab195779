import { pick, seededRandom } from '../../../tools/clock/seededRandom';
import {
	inTurn,
	MIN_POLL_MS,
	notFound,
	problem,
	running,
	seen,
	STEADY_GAP_MS,
	succeeded,
	waitOnFakeClock,
	type Look,
} from '../support/waiterWorld';

const gapsOf = (times: number[]) => times.slice(1).map((at, index) => at - times[index]);

it('never looks twice within minPollMs, whatever the looks show', async () => {
	const random = seededRandom(11);
	for (let round = 0; round < 200; round++) {
		const minPollMs = pick(random, [1_000, 5_000, 20_000]);
		const lookTakesMs = pick(random, [0, 30, 2_000]);
		const timeoutMs = Math.floor(random() * 400_000);
		const show = (): Look =>
			pick(random, [
				running,
				seen('PENDING'),
				seen('RUNNING', { progress: random() }),
				notFound,
				problem('minute'),
				problem('untilDeadline'),
				problem('untilDeadline', pick(random, [0, 300, 40_000])),
			]);
		const { lookedAt, end } = await waitOnFakeClock(show, {
			minPollMs,
			lookTakesMs,
			timeoutMs,
			random,
		});
		// Fake times are sums of fractions; a millionth of a millisecond is none.
		for (const gap of gapsOf(lookedAt))
			expect(gap).toBeGreaterThanOrEqual(minPollMs + lookTakesMs - 1e-6);
		for (const at of lookedAt) expect(at).toBeLessThanOrEqual(timeoutMs + 1e-6);
		expect(end.looks).toBe(lookedAt.length);
	}
});

it('predicts from the answered looks only', async () => {
	const looks = inTurn(
		seen('RUNNING', { progress: 0.001 }),
		problem('untilDeadline'),
		seen('RUNNING', { progress: 0.501 }),
		succeeded,
	);
	const { lookedAt } = await waitOnFakeClock(looks);
	// Half of it took two gaps, so the other half does too.
	expect(lookedAt.slice(0, 3)).toEqual([0, STEADY_GAP_MS, 2 * STEADY_GAP_MS]);
	expect(Math.abs(lookedAt[3] - (2 + 0.6 * 2) * STEADY_GAP_MS)).toBeLessThan(100);
});

it('carries jitter, so that a batch does not ask in step', async () => {
	const { lookedAt } = await waitOnFakeClock(inTurn(running, succeeded), { random: () => 1 });
	expect(lookedAt[1]).toBeCloseTo(STEADY_GAP_MS * 1.08);
});

describe('Retry-After', () => {
	it.each<[string, number, number]>([
		['a longer one than the schedule wins', 20_000, 20_000],
		['a shorter one than minPollMs does not', 1_000, MIN_POLL_MS],
		['zero does not', 0, MIN_POLL_MS],
	])('%s', async (_what, retryAfterMs, expected) => {
		const { lookedAt } = await waitOnFakeClock(
			inTurn(problem('untilDeadline', retryAfterMs), succeeded),
		);
		expect(lookedAt).toEqual([0, expected]);
	});

	it('counts for the next look only', async () => {
		const { lookedAt } = await waitOnFakeClock(
			inTurn(problem('untilDeadline', 20_000), running, succeeded),
		);
		expect(lookedAt).toEqual([0, 20_000, 20_000 + STEADY_GAP_MS]);
	});

	it('beyond the deadline is slept until the deadline, without another look', async () => {
		const { lookedAt, end } = await waitOnFakeClock(
			inTurn(running, problem('untilDeadline', 600_000)),
			{ timeoutMs: 100_000 },
		);
		expect(lookedAt).toEqual([0, STEADY_GAP_MS]);
		expect(end).toMatchObject({ kind: 'timedOut', looks: 2, waitedMs: 100_000 });
	});

	it('that ends just on the deadline is followed by a last look', async () => {
		const { lookedAt, end } = await waitOnFakeClock(
			inTurn(problem('untilDeadline', 30_000), succeeded),
			{ timeoutMs: 30_000 },
		);
		expect(lookedAt).toEqual([0, 30_000]);
		expect(end.kind).toBe('finished');
	});
});
