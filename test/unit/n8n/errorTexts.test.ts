import { describeFailedTask, describeOutcome } from '../../../nodes/shared/n8n/errorTexts';
import type { Outcome, OutcomeKind } from '../../../nodes/shared/http/outcome';
import { POLICY } from '../../../nodes/shared/http/policy';
import type { Task } from '../../../nodes/shared/task/task';

const kinds = Object.keys(POLICY) as OutcomeKind[];

describe('the text of an outcome', () => {
	it('is of its own', () => {
		const failures = kinds.filter((kind) => kind !== 'success');
		expect(new Set(failures.map((kind) => describeOutcome({ kind }).message)).size).toBe(
			failures.length,
		);
	});

	it('is, for a success that was of no use, that of an answer that could not be read', () => {
		expect(describeOutcome({ kind: 'success' })).toEqual(describeOutcome({ kind: 'unreadable' }));
	});
});

describe('a cause that the API names wins over the kind of outcome', () => {
	it.each<[string, Outcome, RegExp, RegExp]>([
		[
			'quota, by its code',
			{ kind: 'forbidden', code: 'insufficient_user_quota', message: 'user quota is not enough' },
			/too little balance/,
			/Top up/,
		],
		[
			'quota, by its words',
			{ kind: 'badRequest', message: 'You do not have enough credits to run this task.' },
			/too little balance/,
			/Top up/,
		],
		[
			'quota, as a rate limit',
			{ kind: 'rateLimited', code: 'insufficient_quota' },
			/too little balance/,
			/Top up/,
		],
		[
			'a model, by its code',
			{ kind: 'overloaded', code: 'model_not_found' },
			/does not offer this model/,
			/from the list/,
		],
		[
			'a model without a channel',
			{ kind: 'overloaded', message: 'No available channel for model gen9 under group default' },
			/does not offer this model/,
			/run again later/,
		],
		[
			'a model, by its words',
			{ kind: 'badRequest', message: 'The model gen9 does not exist' },
			/does not offer this model/,
			/from the list/,
		],
		[
			'moderation',
			{ kind: 'badRequest', code: 'SAFETY.INPUT.TEXT' },
			/refused by moderation/,
			/will not help/,
		],
		[
			'input preprocessing',
			{ kind: 'badRequest', message: 'INPUT_PREPROCESSING.INTERNAL: unreadable' },
			/could not be prepared/,
			/intact/,
		],
		['an asset', { kind: 'badRequest', code: 'ASSET.INVALID' }, /could not be used/, /format/],
		[
			'an internal failure',
			{ kind: 'serverError', code: 'INTERNAL.BAD_OUTPUT.CODE01' },
			/failed internally/,
			/server side/,
		],
		['a provider', { kind: 'serverError', code: 'THIRD_PARTY.UNAVAILABLE' }, /provider/, /later/],
		[
			'a timeout',
			{ kind: 'connectionLost', code: 'ECONNABORTED' },
			/did not answer in time/,
			/later/,
		],
	])('%s', (_what, outcome, message, advice) => {
		const text = describeOutcome({ ...outcome, requestId: '20260313' });
		expect(text.message).toMatch(message);
		expect(text.description).toMatch(advice);
		expect(text.description).toContain('Request id: 20260313.');
	});

	it.each<[string, Outcome, RegExp]>([
		[
			'a prompt about models',
			{ kind: 'badRequest', message: 'promptText is too long' },
			/refused the request/,
		],
		[
			'internal, in the middle of words',
			{ kind: 'serverError', message: 'An INTERNAL error' },
			/failed to process/,
		],
		['a connection that broke off', { kind: 'connectionLost', code: 'ECONNRESET' }, /broke off/],
	])('but %s is none', (_what, outcome, message) => {
		expect(describeOutcome(outcome).message).toMatch(message);
	});

	it('and a rate limit tells how long to wait', () => {
		expect(describeOutcome({ kind: 'rateLimited', retryAfterMs: 600_400 }).description).toContain(
			'It asks to wait for 601 s.',
		);
	});
});

describe("the API's own words follow the advice", () => {
	const own = describeOutcome({ kind: 'badRequest' }).description;

	it.each<[string, object, string]>([
		[
			'all of them',
			{ message: 'ratio is wrong', code: 'invalid_request', requestId: '20260313' },
			`${own} CometAPI said: "ratio is wrong". Code: invalid_request. Request id: 20260313.`,
		],
		['none where there are none', { message: '', code: '', requestId: '' }, own],
	])('%s', (_what, words, expected) => {
		expect(describeOutcome({ kind: 'badRequest', ...words }).description).toBe(expected);
	});
});

const failed = (fields: Partial<Task> = {}) =>
	describeFailedTask({ taskId: 'task-1', status: 'FAILED', ...fields });

describe('a failed task is described', () => {
	it.each<[string, Partial<Task>, string]>([
		['with its reason', { failure: 'Not allowed.' }, 'Task task-1 failed: Not allowed.'],
		['without a reason', {}, 'Task task-1 failed'],
		['as cancelled', { status: 'CANCELLED' }, 'Task task-1 was cancelled'],
	])('%s', (_how, fields, message) => {
		expect(failed(fields).message).toBe(message);
	});

	it.each<[string, RegExp]>([
		['SAFETY', /refused by moderation.*will not help/],
		['SAFETY.OUTPUT.VIDEO', /output was withheld by moderation.*will not help/],
		['INTERNAL', /server side.*new task/],
	])('with the code %s and an advice for its family', (failureCode, advice) => {
		const { description } = failed({ failureCode });
		expect(description.startsWith(`Failure code: ${failureCode}. `)).toBe(true);
		expect(description).toMatch(advice);
	});

	it('by an advice all the same, when the family is not known', () => {
		expect(failed({ failureCode: 'NEW.KIND' }).description).toMatch(
			/^Failure code: NEW\.KIND\. .*no failure code that says more.*Check the input/,
		);
	});

	it('by an advice all the same, when there is no code', () => {
		expect(failed().description).toMatch(/^CometAPI gave no failure code.*Check the input/);
	});
});
