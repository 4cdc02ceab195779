import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { brokenFiles, type Ending, endChaos } from './ending';
import { Field } from './field';
import { type Figures, figuresOf, type Hits, printFigures, printQueue } from './figures';
import { ALL_MOMENTS, planRound } from './plan';
import { endQueue, type QueueEnding } from './queueEnding';
import { playRound } from './rounds';
import { VIOLATIONS } from './verdict';

/** What must have happened at least for the suite to have shown anything. */
export interface Least extends Hits {
	/** Ends of n8n at each moment, by each signal. */
	perMoment: number;
	/** Executions that did not succeed, and those that were retried. */
	failed: number;
	retried: number;
	/** The share of clips that reach the store. */
	delivered: number;
	/** The share of the render queue's clips that no person had to see to. */
	unflagged: number;
}

/** So many rounds in which n8n gets a signal, and what must hold when all has come to its end. */
export function chaosSuite(rounds: number, least: Least): void {
	const seed = Number(process.env.E2E_SEED ?? randomInt(1_000_000));

	describe(`n8n ends ${rounds} times while executions submit, wait, download and store, with the seed ${seed}`, () => {
		let field: Field;
		let ending: Ending;
		let figures: Figures;
		let queue: QueueEnding;

		before(async () => {
			field = await Field.open();
		});
		after(async () => await field.stage.n8n.stop());

		it('comes to an end after the last round, and what has crashed can be retried', async () => {
			for (let round = 0; round < rounds; round++) await playRound(field, planRound(seed, round));
			[ending, queue] = await Promise.all([endChaos(field, rounds), endQueue(field.queue)]);
			figures = figuresOf(ending);
			printFigures(figures, ending);
			printQueue(queue);
			assert.deepEqual(ending.failedRetries, []);
		});

		it('creates no task twice, and loses none', () => {
			const violations = VIOLATIONS.map((verdict) => [
				verdict,
				figures.verdicts.get(verdict) ?? [],
			]);
			assert.deepEqual(
				violations,
				VIOLATIONS.map((verdict) => [verdict, []]),
			);
		});

		it('delivers nothing twice that n8n has not run twice, and every file as it is', () => {
			assert.deepEqual(figures.repeats.get('unasked') ?? [], []);
			assert.deepEqual(brokenFiles(field, ending.clips), []);
		});

		it('has the render queue do every clip, pay for none twice, and know of every task', () => {
			assert.deepEqual(queue.submittedAgain, []);
			for (const clip of queue.clips) field.queue.assertDone(clip);
		});

		it('has hit enough to have shown that', () => {
			const { kills, verdicts, retried } = figures;
			const hits: Least = {
				...figures.hits,
				perMoment: leastPerMoment(figures),
				failed: [...ending.failed.values()].reduce((sum, count) => sum + count, 0),
				retried,
				delivered: (verdicts.get('delivered')?.length ?? 0) / ending.clips.length,
				unflagged: 1 - queue.flagged / queue.clips.length,
			};
			const tooFew = Object.entries(least).filter(
				([what, count]) => hits[what as keyof Least] < count,
			);
			assert.deepEqual(tooFew, [], JSON.stringify(hits));
			assert.ok(kills.length >= rounds);
		});
	});
}

/** How often n8n was ended at the rarest moment by the rarer signal. */
function leastPerMoment({ kills }: Figures): number {
	const counts = ALL_MOMENTS.flatMap((moment) =>
		['SIGKILL', 'SIGTERM'].map(
			(signal) => kills.filter((kill) => kill.moment === moment && kill.signal === signal).length,
		),
	);
	return Math.min(...counts);
}
