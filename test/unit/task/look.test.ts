import { parseLook } from '../../../nodes/shared/task/look';
import type { Outcome, OutcomeKind } from '../../../nodes/shared/http/outcome';
import type { LookProblem } from '../../../nodes/shared/task/watch';
import { bareBody, CREATED_AT, OUTPUT_URL, TASK_ID } from '../support/taskBodies';

const look = (outcome: Outcome) => parseLook(outcome, TASK_ID);
const answered = (body: unknown) => look({ kind: 'success', statusCode: 200, body });

describe('an answer that is a task', () => {
	it('shows it', () => {
		expect(answered(bareBody({ status: 'RUNNING', progress: 0.4 }))).toStrictEqual({
			kind: 'task',
			task: { taskId: TASK_ID, status: 'RUNNING', progress: 0.4, createdAt: CREATED_AT },
		});
	});

	it('SUCCEEDED without URL stays a reading of its own', () => {
		expect(answered(bareBody({ status: 'SUCCEEDED', output: [] })).kind).toBe(
			'succeededWithoutUrl',
		);
	});

	it('is the task that was asked for only', () => {
		const another = { id: 'other', status: 'SUCCEEDED', output: [OUTPUT_URL] };
		expect(answered(another)).toMatchObject({
			kind: 'problem',
			patience: 'minute',
			problem: { kind: 'unreadable' },
		});
	});
});

describe('that the task does not exist', () => {
	it.each<[string, Outcome]>([
		[
			'is said with 200',
			{
				kind: 'success',
				statusCode: 200,
				body: { code: 'task_not_exist', message: '', data: null },
			},
		],
		['is said with 403', { kind: 'forbidden', statusCode: 403, message: 'task_not_exist' }],
		['is said with 500', { kind: 'serverError', statusCode: 500, code: 'task_not_exist' }],
		['is said with 404, as Runway does', { kind: 'badRequest', statusCode: 404 }],
	])('%s', (_how, outcome) => {
		expect(look(outcome)).toStrictEqual({ kind: 'notFound' });
	});

	it('is not said by a web page with 404, which is a wrong address', () => {
		expect(look({ kind: 'wrongAddress', statusCode: 404 })).toMatchObject({
			kind: 'problem',
			patience: 'none',
		});
	});

	it('is not said by any other 4xx', () => {
		expect(look({ kind: 'badRequest', statusCode: 410 })).toMatchObject({
			kind: 'problem',
			patience: 'none',
		});
	});
});

describe('a problem is put up with', () => {
	it.each<[OutcomeKind, LookProblem['patience']]>([
		['forbidden', 'none'],
		['unreachable', 'minute'],
		['unreadable', 'minute'],
		['rateLimited', 'untilDeadline'],
		['serverError', 'untilDeadline'],
	])('%s: %s', (kind, patience) => {
		const outcome: Outcome = { kind, message: 'no', requestId: '7' };
		expect(look(outcome)).toStrictEqual({ kind: 'problem', patience, problem: outcome });
	});

	it('as long as the server asked for', () => {
		const outcome: Outcome = { kind: 'rateLimited', statusCode: 429, retryAfterMs: 7_000 };
		expect(look(outcome)).toStrictEqual({
			kind: 'problem',
			patience: 'untilDeadline',
			problem: outcome,
			retryAfterMs: 7_000,
		});
	});
});

describe('a success that is no task is a problem of a minute', () => {
	it.each<[string, unknown, object]>([
		['an empty object', {}, {}],
		[
			'an error in the envelope',
			{ error: { code: 'quota', message: 'no' } },
			{ code: 'quota', message: 'no' },
		],
	])('%s', (_what, body, words) => {
		expect(answered(body)).toEqual({
			kind: 'problem',
			patience: 'minute',
			problem: { kind: 'unreadable', statusCode: 200, ...words },
		});
	});
});
