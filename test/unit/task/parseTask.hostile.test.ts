import { parseTask } from '../../../nodes/shared/task/task';
import { OUTPUT_URL, TASK_ID } from '../support/taskBodies';

describe('task_not_exist is understood', () => {
	it.each<[string, unknown]>([
		[
			"as the envelope's code",
			{ error: { code: 'task_not_exist', message: 'no such task', type: 'comet_api_error' } },
		],
		[
			"in the envelope's message",
			{
				error: { code: '', message: 'task_not_exist (request id: 2026)', type: 'comet_api_error' },
			},
		],
		["as the gateway's code", { code: 'task_not_exist', message: 'no such task', data: null }],
		["in the gateway's message", { code: 'invalid_request', message: 'error: task_not_exist' }],
		['as a code beside an empty task', { code: 'task_not_exist', data: { status: '' } }],
		['in an error beside a status', { status: 'error', error: { code: 'task_not_exist' } }],
		['as the message of a numeric code', { code: 404, message: 'task_not_exist' }],
		['as a bare error text', { error: 'task_not_exist' }],
	])('%s', (_where, body) => {
		expect(parseTask(body, TASK_ID)).toStrictEqual({ kind: 'notFound' });
	});

	it('but not in a task that only mentions it', () => {
		const body = { id: TASK_ID, status: 'FAILED', failure: 'upstream: task_not_exist' };
		expect(parseTask(body, TASK_ID)).toMatchObject({ kind: 'task', task: { status: 'FAILED' } });
	});
});

it("an error that is not about the id keeps the API's words", () => {
	const words = { code: 'quota', message: 'no balance' };
	expect(parseTask({ error: words }, TASK_ID)).toEqual({ kind: 'notATask', ...words });
});

describe('what is no task is never taken for one', () => {
	it.each<[string, unknown]>([
		['null', null],
		['a web page', '<!doctype html><html><body>task_not_exist SUCCEEDED</body></html>'],
		['a list of tasks', [{ id: TASK_ID, status: 'SUCCEEDED', output: [OUTPUT_URL] }]],
		['an empty object', {}],
		['an envelope with data null', { code: 'success', message: '', data: null }],
		[
			'an envelope with a list',
			{ code: 'success', data: [{ status: 'SUCCESS', video_url: OUTPUT_URL }] },
		],
		['an envelope with a text', { code: 'success', data: 'SUCCESS' }],
		['an output alone', { id: TASK_ID, output: [OUTPUT_URL] }],
		['a status of a wrong type', { id: TASK_ID, status: ['SUCCEEDED'], output: [OUTPUT_URL] }],
		['an empty error', { error: {} }],
		['an error of a wrong type', { error: 7 }],
	])('%s', (_what, body) => {
		expect(parseTask(body, TASK_ID).kind).toBe('notATask');
	});

	it('an abyss of nested envelopes', () => {
		let body: object = { status: 'SUCCEEDED', output: [OUTPUT_URL] };
		for (let depth = 0; depth < 50_000; depth++) body = { data: body };
		expect(parseTask(body, TASK_ID).kind).toBe('notATask');
	});

	it('an abyss of nested outputs, which is no URL', () => {
		let output: unknown = OUTPUT_URL;
		for (let depth = 0; depth < 50_000; depth++) output = [output];
		expect(parseTask({ id: TASK_ID, status: 'SUCCEEDED', output }, TASK_ID).kind).toBe(
			'succeededWithoutUrl',
		);
	});
});

it('leaves the prototype of objects as it was', () => {
	const body = JSON.parse(
		`{"id":"${TASK_ID}","status":"RUNNING","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`,
	);
	expect(parseTask(body, TASK_ID)).toStrictEqual({
		kind: 'task',
		task: { taskId: TASK_ID, status: 'RUNNING' },
	});
	expect({}).not.toHaveProperty('polluted');
});
