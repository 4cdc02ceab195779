import { DEFAULT_API_KEY } from '../../tools/simulator';
import { chain, disposeEngine, runWorkflow, trigger } from '../../tools/engine';
import { prompts, told, transform } from '../../tools/engine/runway';
import { startCaptureServer, type RawAnswer } from './support/captureServer';

afterAll(disposeEngine);

/** Submits one item, with three tries, to a server that answers every create alike. */
async function submit(answer: RawAnswer) {
	const server = await startCaptureServer(answer);
	const credentials = { cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl: server.baseUrl } };
	const node = transform({}, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
	const run = await runWorkflow(chain(trigger, node), { credentials, input: prompts('clip') });
	await server.close();
	return { run, creates: server.captured.length };
}

const json = (body: unknown, contentType?: string): RawAnswer => ({
	body: JSON.stringify(body),
	contentType,
});

describe('the id of an accepted task is found, and nothing is sent twice', () => {
	test.each<[string, RawAnswer, string]>([
		['under a header that says HTML', json({ id: 'task-1' }, 'text/html'), 'task-1'],
		['as a number', json({ id: 9000001 }), '9000001'],
		["beside the request's own id", json({ id: 'req-7', task_id: 'task-1' }), 'task-1'],
		['in the envelope', json({ data: { task_id: 'task-1' } }), 'task-1'],
		['beside an empty error', json({ id: 'task-1', error: {} }), 'task-1'],
		[
			'beside a warning',
			json({ id: 'task-1', error: { message: 'Warning: gen4_aleph is deprecated' } }),
			'task-1',
		],
	])('%s', async (_where, answer, taskId) => {
		const { run, creates } = await submit(answer);
		expect(run.error).toBeUndefined();
		expect(run.json('Transform')).toEqual([{ taskId, status: 'PENDING' }]);
		expect(creates).toBe(1);
	});
});

describe('a create that may have been accepted is sent once, whatever Retry On Fail says', () => {
	test.each<[string, RawAnswer]>([
		['a web page with 200', { body: '<!doctype html><p>Hello', contentType: 'text/html' }],
		[
			'a 503 of a load balancer',
			{ status: 503, body: 'upstream connect error', contentType: 'text/plain' },
		],
		[
			'a 503 of a load balancer in JSON',
			{ ...json({ error: 'no healthy upstream' }), status: 503 },
		],
		['JSON without an id', json({ accepted: 'perhaps' })],
	])('%s', async (_what, answer) => {
		const { run, creates } = await submit(answer);
		expect(told(run)).toMatchObject({
			message: expect.stringContaining('may have been accepted'),
			context: { submissionUncertain: true },
		});
		expect(creates).toBe(1);
	});

	test.each([502, 303])(
		'the true answer under status %i of somebody in between: and its id is quoted',
		async (status) => {
			const { run, creates } = await submit({ ...json({ id: 'task-1' }), status });
			const { message, description, context } = told(run);
			expect(message).toContain('may have been accepted');
			expect(description).toContain('It answered: {"id":"task-1"}');
			expect(context.submissionUncertain).toBe(true);
			expect(creates).toBe(1);
		},
	);

	test('and its answer is quoted, without the key and what a data URI holds, in every try', async () => {
		const echo = {
			video: 'data:video/mp4;base64,c2VjcmV0',
			auth: `Bearer ${DEFAULT_API_KEY}`,
			ref: 'T-17',
		};
		const { run } = await submit(json(echo));
		const { description } = told(run);
		expect(description).toContain('It answered: {"video":"data:…","auth":"Bearer …","ref":"T-17"}');
	});
});

test.each<[string, RawAnswer, number]>([
	['a wrong request', json({ error: { code: 'invalid_request', message: 'ratio' } }), 3],
	['no quota left', json({ code: 'insufficient_user_quota', message: 'no quota', data: null }), 3],
])(
	'%s, said with 200, is a refusal: told as one, and sent again by the next try',
	async (_what, answer, creates) => {
		const { run, creates: sent } = await submit(answer);
		expect(told(run).context.submissionUncertain).toBeUndefined();
		expect(sent).toBe(creates);
	},
);

test('a model that is not there ends a create after one repeat', async () => {
	const server = await startCaptureServer({
		...json({ error: { code: 'model_not_found', message: 'No available channel for model x' } }),
		status: 503,
	});
	const credentials = { cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl: server.baseUrl } };
	const run = await runWorkflow(chain(trigger, transform()), {
		credentials,
		input: prompts('clip'),
	});
	await server.close();
	expect(told(run).message).toContain('does not offer this model');
	expect(server.captured).toHaveLength(2);
});

test('with Execute Once, the first of several items is submitted, and its refusal is told', async () => {
	for (const [answer, error] of [
		[undefined, undefined],
		[{ ...json({ error: { message: 'no' } }), status: 400 }, 'CometAPI refused the request'],
	] as const) {
		const server = await startCaptureServer(answer);
		const credentials = { cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl: server.baseUrl } };
		const workflow = chain(trigger, transform({}, { executeOnce: true }));
		const run = await runWorkflow(workflow, { credentials, input: prompts('a', 'b', 'c') });
		await server.close();
		expect(run.error?.message).toBe(error);
		expect(server.captured).toHaveLength(1);
	}
});
