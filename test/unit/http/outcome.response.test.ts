import {
	parseResponse,
	type ApiResponse,
	type Outcome,
	type OutcomeKind,
} from '../../../nodes/shared/http/outcome';

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

describe('an answer means', () => {
	it.each<[string, number, unknown, OutcomeKind]>([
		['200 with an id', 200, { id: 'task-1' }, 'success'],
		['400', 400, envelope('invalid'), 'badRequest'],
		['401', 401, envelope(''), 'unauthorized'],
		['403', 403, envelope(''), 'forbidden'],
		['404 in JSON', 404, envelope(''), 'badRequest'],
		['408', 408, envelope(''), 'connectionLost'],
		['413', 413, envelope(''), 'tooLarge'],
		['429', 429, envelope(''), 'rateLimited'],
		['500', 500, envelope('do_request_failed'), 'serverError'],
		['500 invalid_request in disguise', 500, envelope('invalid_request'), 'badRequest'],
		[
			'500 with invalid_request in the message only',
			500,
			envelope('', 'invalid_request'),
			'serverError',
		],
		["503 in the API's own envelope", 503, envelope(''), 'overloaded'],
		['503 in the form of the gateway', 503, { code: 'busy', message: 'no' }, 'overloaded'],
		[
			'503 of a load balancer',
			503,
			'upstream connect error or disconnect/reset before headers',
			'serverError',
		],
		['503 of a load balancer in JSON', 503, { error: 'no healthy upstream' }, 'serverError'],
		['503 without a body', 503, '', 'serverError'],
		['524', 524, 'error code: 524', 'serverError'],
		['301', 301, '', 'wrongAddress'],
		['307', 307, '', 'wrongAddress'],
		['308', 308, '', 'wrongAddress'],
		['300', 300, '', 'redirected'],
		['302', 302, '', 'redirected'],
		['303', 303, '', 'redirected'],
		['200 without a body', 200, '', 'unreadable'],
		['204', 204, undefined, 'unreadable'],
		['200 with null', 200, null, 'unreadable'],
		['200 with half of its JSON', 200, '{"id":"task', 'unreadable'],
	])('%s', (_answer, statusCode, body, kind) => {
		expect(read(statusCode, body)).toMatchObject({ kind, statusCode });
	});
});

describe('a web page means', () => {
	it.each<[number, OutcomeKind]>([
		[200, 'webPage'],
		[404, 'wrongAddress'],
		[405, 'wrongAddress'],
		[400, 'badRequest'],
		[403, 'forbidden'],
		[502, 'serverError'],
	])('with status %i: %s', (statusCode, kind) => {
		expect(read(statusCode, PAGE, HTML_TYPE)).toMatchObject({ kind, statusCode });
	});

	it.each<[string, unknown, ApiResponse['headers']]>([
		['by its header, whatever the body', 'hello', { 'content-type': 'TEXT/HTML' }],
		['by its doctype, in spite of the header', PAGE, JSON_TYPE],
		['by its html element', '\n  <HTML lang="en">', {}],
	])('and is known %s', (_how, body, headers) => {
		expect(read(200, body, headers).kind).toBe('webPage');
	});

	it('nothing when JSON came, whatever its header says', () => {
		expect(read(200, { id: 'task-1' }, HTML_TYPE).kind).toBe('success');
		expect(read(404, envelope('task_not_exist'), HTML_TYPE).kind).toBe('badRequest');
	});

	it('nothing when a task only mentions one', () => {
		expect(read(200, { id: 'task-1', failure: PAGE }).kind).toBe('success');
	});
});

describe('an answer that may hide a task', () => {
	it.each([302, 303, 408, 500, 502, 503, 504])(
		'with status %i keeps JSON that is no error',
		(code) => {
			expect(read(code, { id: 'task-1' })).toMatchObject({ body: { id: 'task-1' } });
			for (const body of [envelope('busy'), PAGE, '', null]) {
				expect(read(code, body)).not.toHaveProperty('body');
			}
		},
	);

	it.each([301, 307, 308, 400, 401, 403, 404, 413, 422, 429])('is none with status %i', (code) => {
		expect(read(code, { id: 'task-1' })).not.toHaveProperty('body');
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
