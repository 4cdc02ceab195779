import { parseResponse, parseRetryAfter, type Outcome } from '../../../nodes/shared/http/outcome';

const NOW = Date.parse('2026-03-13T12:00:00Z');
const read = (statusCode: number, body: unknown, headers: Record<string, unknown> = {}) =>
	parseResponse({ statusCode, headers, body }, NOW);

describe("an error keeps the API's words", () => {
	it.each<[string, unknown, object]>([
		[
			'with the request id taken out of the message',
			{
				error: {
					code: '',
					message: 'no balance (request id: 20260313095246abc)',
					type: 'comet_api_error',
				},
			},
			{ message: 'no balance', requestId: '20260313095246abc' },
		],
		[
			'with the code',
			{ error: { code: 'quota', message: 'no balance', type: 'comet_api_error' } },
			{ code: 'quota', message: 'no balance' },
		],
		[
			'with a request id in the middle of the message',
			{ error: { message: 'upstream (Request ID: 7-a) said no' } },
			{ message: 'upstream said no', requestId: '7-a' },
		],
		[
			'with a request id that is the whole message',
			{ error: { message: '(request id: 7)' } },
			{ requestId: '7' },
		],
		[
			"in the gateway's form",
			{ code: 'quota', message: 'no (request id: 7)' },
			{ code: 'quota', message: 'no', requestId: '7' },
		],
		['in a bare error text', { error: 'no (request id: 7)' }, { message: 'no', requestId: '7' }],
		[
			'as far as their types are right',
			{ error: { code: { is: 7 }, message: 'no', type: null } },
			{ message: 'no' },
		],
		[
			'with a code that is a number',
			{ error: { code: 7, message: 'no' } },
			{ code: '7', message: 'no' },
		],
		[
			'without a key that the API repeats',
			{ error: { message: 'Incorrect API key provided: sk-proj-4f1Qz8Tw_x. Check it' } },
			{ message: 'Incorrect API key provided: sk-…. Check it' },
		],
		['where there are any', { error: {} }, {}],
		['but not from a text', 'no balance (request id: 7)', {}],
		['but not from null', null, {}],
		[
			'but no unknown fields',
			{ error: { message: 'no', headers: { authorization: 'sk-secret' } }, request: 'sk-secret' },
			{ message: 'no' },
		],
	])('%s', (_what, body, expected) => {
		expect(read(400, body)).toStrictEqual({ kind: 'badRequest', statusCode: 400, ...expected });
	});
});

describe('Retry-After', () => {
	it.each<[string, unknown, number | undefined]>([
		['seconds', ' 30 ', 30_000],
		['seconds with a fraction', '1.5', 1_500],
		['seconds as a number', 30, 30_000],
		['zero', '0', 0],
		['the first of several', ['30', '60'], 30_000],
		['an HTTP date', 'Fri, 13 Mar 2026 12:00:45 GMT', 45_000],
		['an HTTP date that has passed', 'Fri, 13 Mar 2026 11:00:00 GMT', 0],
		['an empty text', '', undefined],
		['a word', 'soon', undefined],
		['a negative number', '-5', undefined],
		['seconds with a unit', '30s', undefined],
	])('as %s: %p is %p ms', (_what, value, expected) => {
		expect(parseRetryAfter(value, NOW)).toBe(expected);
	});

	it.each<[number, Outcome['kind']]>([
		[429, 'rateLimited'],
		[503, 'overloaded'],
	])('is carried along with status %i, even when it is zero', (statusCode, kind) => {
		expect(read(statusCode, {}, { 'retry-after': '0' })).toStrictEqual({
			kind,
			statusCode,
			retryAfterMs: 0,
		});
	});

	it('is of no interest in a success', () => {
		expect(read(200, {}, { 'retry-after': '30' })).toStrictEqual({
			kind: 'success',
			statusCode: 200,
			body: {},
		});
	});
});
