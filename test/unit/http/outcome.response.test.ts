import {
	parseResponse,
	type ApiResponse,
	type Outcome,
	type OutcomeKind,
} from '../../../nodes/shared/http/outcome';
import { judge, type Verdict } from '../../../nodes/shared/http/policy';

const NOW = Date.parse('2026-03-13T12:00:00Z');
const PAGE = '<!doctype html><html><body>nginx</body></html>';
const JSON_TYPE = { 'content-type': 'application/json' };
const HTML_TYPE = { 'content-type': 'text/html; charset=utf-8' };

const envelope = (code: string, message = 'no') => ({
	error: { code, message, type: 'comet_api_error' },
});
const read = (
	statusCode: number,
	body: unknown,
	headers: ApiResponse['headers'] = JSON_TYPE,
): Outcome => parseResponse({ statusCode, headers, body }, NOW);

describe('an answer means, and may be repeated as GET and as POST', () => {
	it.each<[string, number, unknown, OutcomeKind, Verdict, Verdict]>([
		['200 with an id', 200, { id: 'task-1' }, 'success', 'done', 'done'],
		['201 with an id', 201, { id: 'task-1' }, 'success', 'done', 'done'],
		['400', 400, envelope('invalid'), 'badRequest', 'giveUp', 'giveUp'],
		['401', 401, envelope(''), 'unauthorized', 'giveUp', 'giveUp'],
		['402, which the notes do not name', 402, envelope(''), 'badRequest', 'giveUp', 'giveUp'],
		['403', 403, envelope(''), 'forbidden', 'giveUp', 'giveUp'],
		['404 in JSON', 404, envelope(''), 'badRequest', 'giveUp', 'giveUp'],
		['405 in JSON', 405, envelope(''), 'badRequest', 'giveUp', 'giveUp'],
		['408', 408, envelope(''), 'connectionLost', 'repeat', 'uncertain'],
		['413', 413, envelope(''), 'tooLarge', 'giveUp', 'giveUp'],
		['422', 422, envelope(''), 'badRequest', 'giveUp', 'giveUp'],
		['429', 429, envelope(''), 'rateLimited', 'repeat', 'repeat'],
		['500', 500, envelope('do_request_failed'), 'serverError', 'repeat', 'uncertain'],
		[
			'500 invalid_request in disguise',
			500,
			envelope('invalid_request'),
			'badRequest',
			'giveUp',
			'giveUp',
		],
		[
			'500 invalid_request in the gateway form',
			500,
			{ code: 'invalid_request', message: 'no' },
			'badRequest',
			'giveUp',
			'giveUp',
		],
		[
			'500 with invalid_request in the message only',
			500,
			envelope('', 'invalid_request'),
			'serverError',
			'repeat',
			'uncertain',
		],
		['502', 502, envelope(''), 'serverError', 'repeat', 'uncertain'],
		['503', 503, envelope(''), 'overloaded', 'repeat', 'repeat'],
		[
			'503 without a channel for the model',
			503,
			envelope('model_not_found', 'no available channel'),
			'overloaded',
			'repeat',
			'repeat',
		],
		['504', 504, envelope(''), 'serverError', 'repeat', 'uncertain'],
		['520', 520, 'error code: 520', 'serverError', 'repeat', 'uncertain'],
		['521', 521, 'error code: 521', 'serverError', 'repeat', 'uncertain'],
		['522', 522, 'error code: 522', 'serverError', 'repeat', 'uncertain'],
		['523', 523, 'error code: 523', 'serverError', 'repeat', 'uncertain'],
		['524', 524, 'error code: 524', 'serverError', 'repeat', 'uncertain'],
		['301', 301, '', 'wrongAddress', 'giveUp', 'giveUp'],
		['302', 302, {}, 'wrongAddress', 'giveUp', 'giveUp'],
		['304', 304, '', 'wrongAddress', 'giveUp', 'giveUp'],
		['307', 307, '', 'wrongAddress', 'giveUp', 'giveUp'],
		['308', 308, '', 'wrongAddress', 'giveUp', 'giveUp'],
		['200 without a body', 200, '', 'unreadable', 'repeat', 'uncertain'],
		['204', 204, undefined, 'unreadable', 'repeat', 'uncertain'],
		['200 with null', 200, null, 'unreadable', 'repeat', 'uncertain'],
		['200 with a number', 200, 7, 'unreadable', 'repeat', 'uncertain'],
		['200 with half of its JSON', 200, '{"id":"task', 'unreadable', 'repeat', 'uncertain'],
	])('%s', (_answer, statusCode, body, kind, get, post) => {
		const outcome = read(statusCode, body);
		expect([outcome.kind, judge('GET', outcome.kind), judge('POST', outcome.kind)]).toEqual([
			kind,
			get,
			post,
		]);
		expect(outcome.statusCode).toBe(statusCode);
	});
});

describe('a web page means', () => {
	it.each<[number, OutcomeKind]>([
		[200, 'wrongAddress'],
		[404, 'wrongAddress'],
		[405, 'wrongAddress'],
		[301, 'wrongAddress'],
		[400, 'badRequest'],
		[401, 'unauthorized'],
		[403, 'forbidden'],
		[413, 'tooLarge'],
		[429, 'rateLimited'],
		[500, 'serverError'],
		[502, 'serverError'],
		[503, 'overloaded'],
		[504, 'serverError'],
		[520, 'serverError'],
		[521, 'serverError'],
		[522, 'serverError'],
		[523, 'serverError'],
		[524, 'serverError'],
	])('with status %i: %s', (statusCode, kind) => {
		expect(read(statusCode, PAGE, HTML_TYPE)).toStrictEqual({ kind, statusCode });
	});

	it.each<[string, unknown, ApiResponse['headers']]>([
		['by its header, whatever the body', '', HTML_TYPE],
		['by its header in capitals', 'hello', { 'content-type': 'TEXT/HTML' }],
		['by its header as XHTML', 'hello', { 'content-type': 'application/xhtml+xml' }],
		['by its doctype, without a header', PAGE, {}],
		['by its doctype, in spite of the header', PAGE, JSON_TYPE],
		['by its html element', '\n  <HTML lang="en">', {}],
	])('a wrong address, and is known %s', (_how, body, headers) => {
		expect(read(200, body, headers).kind).toBe('wrongAddress');
	});

	it('nothing when a task only mentions one', () => {
		expect(read(200, { id: 'task-1', failure: PAGE }).kind).toBe('success');
	});
});

describe('a success', () => {
	it('carries the body as it is, and no error fields', () => {
		const body = { id: 'task-1', status: 'FAILED', code: 'x', message: 'y', error: 'z' };
		expect(read(200, body)).toStrictEqual({ kind: 'success', statusCode: 200, body });
	});

	it.each([
		['the documented envelope', { error: { code: 'x', message: 'y (request id: 7)' } }],
		["the gateway's form", { code: 'x', message: 'y (request id: 7)', data: null }],
		['a numeric code', { code: 17, message: 'y (request id: 7)' }],
	])('is none when the body is an error, in %s, and its words are kept', (_form, body) => {
		expect(read(200, body)).toMatchObject({ kind: 'unreadable', message: 'y', requestId: '7' });
	});

	it('may have a body that cannot be made a text of', () => {
		expect(read(200, JSON.parse('{"toString": 1}'))).toMatchObject({ kind: 'success' });
	});

	it('may have a list as its body', () => {
		expect(read(200, [])).toStrictEqual({ kind: 'success', statusCode: 200, body: [] });
	});
});
