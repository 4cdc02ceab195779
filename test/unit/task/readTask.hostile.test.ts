import { isHttpUrl } from '../../../nodes/shared/task/outputUrls';
import { parseTask } from '../../../nodes/shared/task/task';
import { pick, seededRandom } from '../../../tools/clock/seededRandom';
import { expectNoEmptyValues, OUTPUT_URL, TASK_ID } from '../support/taskBodies';

describe('task_not_exist is understood', () => {
	it.each<[string, unknown]>([
		[
			"as the envelope's code",
			{ error: { code: 'task_not_exist', message: 'no such task', type: 'comet_api_error' } },
		],
		["as the envelope's code alone", { error: { code: 'task_not_exist' } }],
		[
			"in the envelope's message",
			{
				error: { code: '', message: 'task_not_exist (request id: 2026)', type: 'comet_api_error' },
			},
		],
		["as the gateway's code", { code: 'task_not_exist', message: 'no such task', data: null }],
		["as the gateway's code alone", { code: 'task_not_exist' }],
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

describe("an error that is not about the id keeps the API's words", () => {
	it.each<[string, unknown, object]>([
		[
			'in the envelope',
			{ error: { code: 'quota', message: 'no balance' } },
			{ code: 'quota', message: 'no balance' },
		],
		[
			"in the gateway's form",
			{ code: 'quota', message: 'no balance' },
			{ code: 'quota', message: 'no balance' },
		],
		['as a bare text', { error: 'no balance' }, { code: undefined, message: 'no balance' }],
	])('%s', (_where, body, expected) => {
		expect(parseTask(body, TASK_ID)).toEqual({ kind: 'notATask', ...expected });
	});
});

describe('what is no task is never taken for one', () => {
	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['a number', 42],
		['a boolean', true],
		['an empty text', ''],
		['a web page', '<!doctype html><html><body>task_not_exist SUCCEEDED</body></html>'],
		['JSON as text', `{"status":"SUCCEEDED","output":["${OUTPUT_URL}"]}`],
		['an empty list', []],
		['a list of tasks', [{ id: TASK_ID, status: 'SUCCEEDED', output: [OUTPUT_URL] }]],
		['an empty object', {}],
		['an envelope without data', { code: 'success', message: '' }],
		['an envelope with data null', { code: 'success', message: '', data: null }],
		[
			'an envelope with a list',
			{ code: 'success', data: [{ status: 'SUCCESS', video_url: OUTPUT_URL }] },
		],
		['an envelope with a text', { code: 'success', data: 'SUCCESS' }],
		['an id alone', { id: TASK_ID }],
		['an output alone', { id: TASK_ID, output: [OUTPUT_URL] }],
		['a status of a wrong type', { id: TASK_ID, status: ['SUCCEEDED'], output: [OUTPUT_URL] }],
		['a status that is an object', { id: TASK_ID, status: { toString: 'SUCCEEDED' } }],
		['an empty error', { error: {} }],
		['an error of a wrong type', { error: 7 }],
		[
			'a task on the prototype',
			JSON.parse(`{"__proto__":{"status":"SUCCEEDED","output":["${OUTPUT_URL}"]}}`),
		],
		['an envelope on the prototype', JSON.parse('{"data":{"__proto__":{"status":"SUCCESS"}}}')],
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
	expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

describe('whatever an answer is made of', () => {
	const FIELDS = [
		'id',
		'task_id',
		'status',
		'progress',
		'output',
		'failure',
		'failureCode',
		'createdAt',
		'fail_reason',
		'submit_time',
		'result_url',
		'video_url',
		'data',
		'error',
		'code',
		'message',
	];
	const VALUES = [
		...[
			undefined,
			null,
			'',
			' ',
			0,
			-1,
			0.5,
			1e300,
			Number.NaN,
			true,
			'success',
			'SUCCEEDED',
			'SUCCESS',
			'FAILED',
			'QUEUED',
		],
		...[
			'50%',
			'nowhere',
			'https://',
			OUTPUT_URL,
			`${OUTPUT_URL}?Expires=1e11&_jwt=..`,
			`${OUTPUT_URL}?_jwt=a.bnVsbA.c`,
			TASK_ID,
		],
		...['2026-03-13T09:52:46+08:00', '9999999-01-01', [OUTPUT_URL], [null], [], {}],
	];
	const makeBody = (random: () => number, depth: number): object => {
		const entries = FIELDS.filter(() => random() < 0.5).map((field) => {
			const nests = depth > 0 && (field === 'data' || field === 'error') && random() < 0.8;
			return [field, nests ? makeBody(random, depth - 1) : pick(random, VALUES)];
		});
		return Object.fromEntries(entries) as object;
	};

	it('reading it never throws, leaves nothing empty, and is no success without a real URL', () => {
		const random = seededRandom(20260313);
		const seen = new Set<string>();
		for (let round = 0; round < 3_000; round++) {
			const reading = parseTask(makeBody(random, 2), TASK_ID);
			expectNoEmptyValues(reading);
			if (reading.kind === 'task' && reading.task.status === 'SUCCEEDED') {
				expect(reading.task.outputUrls?.every(isHttpUrl)).toBe(true);
				expect(reading.task.outputUrl).toBe(reading.task.outputUrls?.[0]);
			}
			seen.add('task' in reading ? `${reading.kind} ${reading.task.status}` : reading.kind);
		}
		expect([...seen].sort()).toEqual([
			'notATask',
			'succeededWithoutUrl SUCCEEDED',
			'task FAILED',
			'task PENDING',
			'task SUCCEEDED',
		]);
	});
});
