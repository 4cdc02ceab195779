import { parseResponse, parseRetryAfter } from '../../../nodes/shared/http/outcome';

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
			{ error: { code: 7, message: 'no', type: null } },
			{ message: 'no' },
		],
		['where there are any', { error: {} }, {}],
		['but not from a text', 'no balance (request id: 7)', {}],
		['but not from a page', '<html>(request id: 7)</html>', {}],
		['but not from a list', [{ error: { message: 'no' } }], {}],
		['but not from null', null, {}],
		['but not from nothing', undefined, {}],
		[
			'but no unknown fields',
			{ error: { message: 'no', headers: { authorization: 'sk-secret' } }, request: 'sk-secret' },
			{ message: 'no' },
		],
		['but nothing from a prototype', JSON.parse('{"__proto__":{"error":{"message":"no"}}}'), {}],
	])('%s', (_what, body, expected) => {
		expect(read(400, body)).toStrictEqual({ kind: 'badRequest', statusCode: 400, ...expected });
	});
});

const RETRY_AFTER: Array<[string, unknown, number | undefined]> = [
	['seconds', '30', 30_000],
	['seconds with blanks', ' 30 ', 30_000],
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
	['not a number', 'NaN', undefined],
	['infinity', 'Infinity', undefined],
	['null', null, undefined],
	['an empty list', [], undefined],
	['an object', {}, undefined],
	['absent', undefined, undefined],
];

describe.each(RETRY_AFTER)('Retry-After that is %s: %p', (_what, value, expected) => {
	it(`is read as ${expected} ms`, () => {
		expect(parseRetryAfter(value, NOW)).toBe(expected);
	});

	it.each([429, 503])('is carried along with status %i, where it says something', (statusCode) => {
		const { kind, ...details } = read(statusCode, {}, { 'retry-after': value });
		expect(kind).toBe(statusCode === 429 ? 'rateLimited' : 'overloaded');
		expect(details).toStrictEqual({
			statusCode,
			...(expected !== undefined && { retryAfterMs: expected }),
		});
	});
});

it('Retry-After of a success is of no interest', () => {
	expect(read(200, {}, { 'retry-after': '30' })).toStrictEqual({
		kind: 'success',
		statusCode: 200,
		body: {},
	});
});
