import type { Outcome, OutcomeKind } from '../../../nodes/shared/http/outcome';
import {
	judge,
	pauseBeforeRepeat,
	POLICY,
	type Method,
	type Verdict,
} from '../../../nodes/shared/http/policy';

const KINDS = Object.keys(POLICY) as OutcomeKind[];
const kindsWith = (verdict: Verdict, ...asked: [Method, retryUncertain?: boolean]): OutcomeKind[] =>
	KINDS.filter((kind) => judge(asked[0], kind, asked[1]) === verdict);

describe('the policy', () => {
	it('takes a success, and nothing else, for an answer', () => {
		expect([kindsWith('done', 'POST'), kindsWith('done', 'GET')]).toEqual([
			['success'],
			['success'],
		]);
	});

	it('repeats a POST after what surely was not accepted, and nothing else', () => {
		expect(kindsWith('repeat', 'POST')).toEqual(['rateLimited', 'overloaded', 'unreachable']);
	});

	it('repeats a POST that may have been accepted only where the user asks for that', () => {
		const uncertain = kindsWith('uncertain', 'POST');
		expect(uncertain).toEqual([
			'redirected',
			'webPage',
			'serverError',
			'connectionLost',
			'unreadable',
		]);
		expect(kindsWith('uncertain', 'POST', true)).toEqual([]);
		expect(kindsWith('repeat', 'POST', true).sort()).toEqual(
			[...kindsWith('repeat', 'POST'), ...uncertain].sort(),
		);
	});

	it('repeats a GET after whatever may pass by itself', () => {
		expect(kindsWith('repeat', 'GET')).toEqual(kindsWith('repeat', 'POST', true));
		expect(kindsWith('giveUp', 'GET')).toEqual(kindsWith('giveUp', 'POST'));
	});
});

const rateLimited = (retryAfterMs?: number): Outcome => ({ kind: 'rateLimited', retryAfterMs });
const pause = (attempt: number, random: number, retryAfterMs?: number, remainingMs = 1e9) =>
	pauseBeforeRepeat(rateLimited(retryAfterMs), attempt, remainingMs, () => random);

describe('the pause before a repeat', () => {
	it.each<[attempt: number, least: number, most: number]>([
		[1, 1_000, 1_500],
		[2, 2_000, 3_000],
		[5, 16_000, 24_000],
		[6, 30_000, 45_000],
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

	it.each([
		{ kind: 'overloaded' as const, code: 'model_not_found' },
		{ kind: 'overloaded' as const, message: 'No available channel for model gen9' },
	])('is none after one repeat, when the model is not there: $code$message', (outcome) => {
		expect(pauseBeforeRepeat(outcome, 1, 1e9, () => 0)).toBe(1_000);
		expect(pauseBeforeRepeat(outcome, 2, 1e9, () => 0)).toBeUndefined();
	});
});
