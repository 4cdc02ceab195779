import { ALL_MOMENTS, isOfEarlierRounds, MOMENTS, planRound } from '../../e2e/chaos/plan';

const SEEDS = [0, 1, 2, 41, 999_999];
const roundsOf = (seed: number, count: number) =>
	Array.from({ length: count }, (_, round) => planRound(seed, round));

describe('the plan of the chaos', () => {
	it('is the same for the same seed, whatever was asked before, and another for another seed', () => {
		const plans = roundsOf(7, 50);
		expect(planRound(7, 31)).toEqual(plans[31]);
		expect(roundsOf(7, 50)).toEqual(plans);
		expect(roundsOf(8, 50)).not.toEqual(plans);
	});

	it.each(SEEDS)('has each moment twice with each signal in 50 rounds: seed %d', (seed) => {
		const plans = roundsOf(seed, 50);
		for (const moment of ALL_MOMENTS)
			for (const signal of ['SIGKILL', 'SIGTERM']) {
				const cards = plans.filter((plan) => plan.moment === moment && plan.signal === signal);
				expect([moment, signal, cards.length >= 2]).toEqual([moment, signal, true]);
			}
	});

	it.each(SEEDS)('has both signals in three rounds: seed %d', (seed) => {
		const signals = roundsOf(seed, 3).map(({ signal }) => signal);
		expect(new Set(signals).size).toBe(2);
	});

	it.each(SEEDS)('waits for nothing that has been suspended before it can be: seed %d', (seed) => {
		const early = roundsOf(seed, 6).filter(({ moment }) => isOfEarlierRounds(moment));
		expect(early).toEqual([]);
	});

	it.each(SEEDS)('takes holds and victims that fit the moment: seed %d', (seed) => {
		for (const { moment, hold, victim, noise, ...plan } of roundsOf(seed, 50)) {
			expect(MOMENTS[moment].holds).toContain(hold);
			expect(MOMENTS[moment].victims).toContain(victim);
			expect(noise?.way).not.toBe(victim);
			expect(plan.livesMs).toMatchObject({ waitFile: [expect.any(Number), expect.any(Number)] });
			expect(plan.downMs).toBeLessThanOrEqual(15_000);
		}
	});
});
