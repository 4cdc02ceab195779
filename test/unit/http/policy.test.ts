import type { Outcome, OutcomeKind } from '../../../nodes/shared/http/outcome';
import { judge, pauseBeforeRepeat, POLICY, type Verdict } from '../../../nodes/shared/http/policy';

type Row = [kind: OutcomeKind, get: Verdict, post: Verdict, postRetryUncertain: Verdict];

const TABLE: Row[] = [
	['success', 'done', 'done', 'done'],
	['badRequest', 'giveUp', 'giveUp', 'giveUp'],
	['unauthorized', 'giveUp', 'giveUp', 'giveUp'],
	['forbidden', 'giveUp', 'giveUp', 'giveUp'],
	['tooLarge', 'giveUp', 'giveUp', 'giveUp'],
	['wrongAddress', 'giveUp', 'giveUp', 'giveUp'],
	['insecure', 'giveUp', 'giveUp', 'giveUp'],
	['rateLimited', 'repeat', 'repeat', 'repeat'],
	['overloaded', 'repeat', 'repeat', 'repeat'],
	['unreachable', 'repeat', 'repeat', 'repeat'],
	['serverError', 'repeat', 'uncertain', 'repeat'],
	['connectionLost', 'repeat', 'uncertain', 'repeat'],
	['unreadable', 'repeat', 'uncertain', 'repeat'],
	['notSent', 'giveUp', 'giveUp', 'giveUp'],
];

describe('the policy', () => {
	it.each(TABLE)(
		'after %s says %s to a GET, %s to a POST, %s to a POST with Retry Uncertain',
		(kind, get, post, eager) => {
			expect(judge('GET', kind)).toBe(get);
			expect(judge('GET', kind, true)).toBe(get);
			expect(judge('POST', kind)).toBe(post);
			expect(judge('POST', kind, false)).toBe(post);
			expect(judge('POST', kind, true)).toBe(eager);
		},
	);

	it('has a row for every outcome there is', () => {
		expect(TABLE.map(([kind]) => kind).sort()).toEqual(Object.keys(POLICY).sort());
	});

	it('repeats no POST that may have been accepted', () => {
		const repeated = TABLE.filter(([kind]) => judge('POST', kind) === 'repeat').map(
			([kind]) => kind,
		);
		expect(repeated).toEqual(['rateLimited', 'overloaded', 'unreachable']);
	});
});

const rateLimited = (retryAfterMs?: number): Outcome => ({ kind: 'rateLimited', retryAfterMs });
const pause = (attempt: number, random: number, retryAfterMs?: number, remainingMs = 1e9) =>
	pauseBeforeRepeat(rateLimited(retryAfterMs), attempt, remainingMs, () => random);

describe('the pause before a repeat', () => {
	it.each<[attempt: number, least: number, most: number]>([
		[1, 1_000, 1_500],
		[2, 2_000, 3_000],
		[3, 4_000, 6_000],
		[4, 8_000, 12_000],
		[5, 16_000, 24_000],
		[6, 30_000, 45_000],
		[7, 30_000, 45_000],
		[2_000, 30_000, 45_000],
	])('after attempt %i is %i ms, and up to %i ms with jitter', (attempt, least, most) => {
		expect(pause(attempt, 0)).toBe(least);
		expect(pause(attempt, 0.5)).toBe((least + most) / 2);
		expect(pause(attempt, 1)).toBe(most);
	});

	it.each<[string, number, number, number]>([
		['longer than the growing pause', 1, 20_000, 20_000],
		['shorter than the growing pause', 6, 5_000, 5_000],
		['as long as is ever waited for', 1, 120_000, 120_000],
	])('is what Retry-After asks for, when that is %s', (_what, attempt, retryAfterMs, expected) => {
		expect(pause(attempt, 0, retryAfterMs)).toBe(expected);
		// A whole batch told the same must not come back in step.
		expect(pause(attempt, 1, retryAfterMs)).toBe(expected + 500);
	});

	it('is a second with jitter all the same, when Retry-After asks for none', () => {
		expect(pause(4, 0, 0)).toBe(1_000);
		expect(pause(4, 1, 0)).toBe(1_500);
		expect(pause(4, 0, 300)).toBe(1_000);
	});

	it('is none, and the caller is told, when Retry-After is beyond two minutes', () => {
		expect(pause(1, 0, 120_001)).toBeUndefined();
	});

	it.each<[string, number | undefined, number, number | undefined]>([
		['fits the budget just so', undefined, 1_000, 1_000],
		['would pass the budget', undefined, 999, undefined],
		['fits the budget just so, as Retry-After', 20_000, 20_000, 20_000],
		['would pass the budget, as Retry-After', 20_000, 19_999, undefined],
		['meets a budget that is used up', undefined, 0, undefined],
		['meets a budget that is overdrawn', 0, -1, undefined],
	])('is allowed or not, when it %s', (_what, retryAfterMs, remainingMs, expected) => {
		expect(pause(1, 0, retryAfterMs, remainingMs)).toBe(expected);
	});
});
