import { describeFailedTask, describeOutcome } from '../../../nodes/shared/api/errorTexts';
import type { OutcomeKind } from '../../../nodes/shared/api/outcome';
import { POLICY } from '../../../nodes/shared/api/policy';
import type { Task } from '../../../nodes/shared/task/task';

const kinds = Object.keys(POLICY) as OutcomeKind[];

describe('every outcome has a message and an advice of its own', () => {
	it.each<[OutcomeKind, RegExp, RegExp]>([
		['badRequest', /refused the request/, /correct the field/],
		['unauthorized', /did not accept the API key/, /credential.*API key/],
		['forbidden', /key may not/, /balance.*model/],
		['tooLarge', /too large/, /smaller|HTTPS URL/],
		['wrongAddress', /Base URL/, /https:\/\/api\.cometapi\.com/],
		['rateLimited', /rate/, /later.*Max Concurrency/],
		['overloaded', /no capacity/, /later.*model/],
		['serverError', /failed to process/, /later/],
		['connectionLost', /connection.*broke/, /network/],
		['unreachable', /could not be reached/, /Base URL.*proxy.*DNS/],
		['insecure', /secure connection/, /certificate/],
		['unreadable', /could not be read/, /later/],
	])('%s', (kind, message, advice) => {
		const text = describeOutcome({ kind });
		expect(text.message).toMatch(message);
		expect(text.description).toMatch(advice);
	});

	it('so that no two have the same', () => {
		const failures = kinds.filter((kind) => kind !== 'success');
		expect(new Set(failures.map((kind) => describeOutcome({ kind }).message)).size).toBe(failures.length);
	});

	it('a success that was of no use counts as one that could not be read', () => {
		expect(describeOutcome({ kind: 'success' })).toEqual(describeOutcome({ kind: 'unreadable' }));
	});
});

describe("the API's own words follow the advice", () => {
	const own = describeOutcome({ kind: 'badRequest' }).description;

	it.each<[string, object, string]>([
		['all of them', { message: 'ratio is wrong', code: 'invalid_request', requestId: '20260313' }, `${own} CometAPI said: "ratio is wrong". Code: invalid_request. Request id: 20260313.`],
		['the message alone', { message: 'ratio is wrong' }, `${own} CometAPI said: "ratio is wrong".`],
		['the code alone', { code: 'quota' }, `${own} Code: quota.`],
		['the request id alone', { requestId: '20260313' }, `${own} Request id: 20260313.`],
		['none where there are none', { message: '', code: '', requestId: '' }, own],
	])('%s', (_what, words, expected) => {
		expect(describeOutcome({ kind: 'badRequest', ...words }).description).toBe(expected);
	});

	it.each(kinds)('the request id with %s too', (kind) => {
		expect(describeOutcome({ kind, requestId: '20260313' }).description).toContain('Request id: 20260313.');
	});
});

const failed = (fields: Partial<Task> = {}) => describeFailedTask({ taskId: 'task-1', status: 'FAILED', ...fields });

describe('a failed task is described', () => {
	it.each<[string, Partial<Task>, string]>([
		['with its reason', { failure: 'Not allowed.' }, 'Task task-1 failed: Not allowed.'],
		['without a reason', {}, 'Task task-1 failed'],
		['as cancelled', { status: 'CANCELLED' }, 'Task task-1 was cancelled'],
		['as cancelled with a reason', { status: 'CANCELLED', failure: 'by hand' }, 'Task task-1 was cancelled: by hand'],
	])('%s', (_how, fields, message) => {
		expect(failed(fields).message).toBe(message);
	});

	it.each<[string, RegExp]>([
		['SAFETY', /refused by moderation.*will not help/],
		['SAFETY.INPUT.TEXT', /input was refused by moderation.*will not help/],
		['SAFETY.INPUT.IMAGE', /input was refused by moderation.*will not help/],
		['SAFETY.OUTPUT.VIDEO', /output was withheld by moderation.*will not help/],
		['INPUT_PREPROCESSING.UNREADABLE', /could not be prepared.*intact/],
		['ASSET.INVALID', /could not be used.*format/],
		['INTERNAL', /server side.*new task/],
		['INTERNAL.BAD_OUTPUT.CODE01', /server side.*new task/],
		['THIRD_PARTY.UNAVAILABLE', /provider.*later.*new task/],
	])('with the code %s and an advice for its family', (failureCode, advice) => {
		const { description } = failed({ failureCode });
		expect(description.startsWith(`Failure code: ${failureCode}. `)).toBe(true);
		expect(description).toMatch(advice);
	});

	it('by an advice all the same, when the family is not known', () => {
		expect(failed({ failureCode: 'NEW.KIND' }).description).toMatch(/^Failure code: NEW\.KIND\. .*no failure code that says more.*Check the input/);
	});

	it('by an advice all the same, when there is no code', () => {
		expect(failed().description).toMatch(/^CometAPI gave no failure code.*Check the input/);
	});
});
