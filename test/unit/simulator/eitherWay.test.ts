import { z } from 'zod';
import { startSimulator, type PartialScenario, type Simulator } from '../../../tools/simulator';
import { CREATE_ROUTES } from '../../../tools/simulator/create/routes';
import { BODY, CREATE_PATH, HEADERS, create, createOn, get, read } from './client';

/** What is not known of CometAPI can be told either way. */
let simulator: Simulator;
const AT_ONCE = { pendingMs: 0, runningMs: 0 };
beforeAll(async () => {
	simulator = await startSimulator({ scenario: AT_ONCE });
});
afterAll(async () => await simulator.close());
beforeEach(() => simulator.reset());

const json = async (response: Response) => [response.status, await response.json()];

describe('the id of a created task', () => {
	it.each<[PartialScenario['createdIdIn'], (id: unknown) => object]>([
		['id', (id) => ({ id })],
		['task_id', (task_id) => ({ task_id })],
		['data.task_id', (task_id) => ({ code: 'success', message: '', data: { task_id } })],
		['data', (data) => ({ code: 'success', message: '', data })],
	])('is in %s, as a text or a number', async (createdIdIn, answerWith) => {
		for (const createdIdAs of ['text', 'number'] as const) {
			simulator.reset();
			simulator.useScenario({ ...AT_ONCE, createdIdIn, createdIdAs });
			const response = await create(simulator);
			const [{ id }] = simulator.tasks();
			const shown = createdIdAs === 'number' ? Number(id) : id;
			expect(await response.json()).toEqual(answerWith(shown));
			expect(await read(simulator, String(shown))).toMatchObject({ id, status: 'SUCCEEDED' });
		}
	});
});

describe('the costs', () => {
	const costs = { costs: 'runway', estimatedCredits: 30, chargedCredits: 28 } as const;
	const inner = z.object({ data: z.object({ data: z.record(z.unknown()) }) });

	it.each<[string, PartialScenario, object]>([
		['waits', { pendingMs: 9e6 }, { estimatedCost: { credits: 30 } }],
		['runs', { runningMs: 9e6 }, { estimatedCost: { credits: 30 } }],
		['succeeded', {}, { cost: { credits: 28 } }],
		['failed', { outcome: 'FAILED' }, { cost: { credits: 0 } }],
		['was moderated', { outcome: 'FAILED', failureCode: 'SAFETY.X' }, { cost: { credits: 28 } }],
		['was cancelled', { outcome: 'CANCELLED' }, { cost: { credits: 0 } }],
	])('of a task that %s are told as Runway tells them', async (_what, fields, expected) => {
		for (const shape of ['bare', 'wrapped'] as const) {
			simulator.reset();
			simulator.useScenario({ ...AT_ONCE, ...costs, ...fields, shape });
			const created = await create(simulator);
			expect(await created.json()).toMatchObject({ estimatedCost: { credits: 30 } });
			const body = await read(simulator, simulator.tasks()[0].id);
			const { cost, estimatedCost } = shape === 'bare' ? body : inner.parse(body).data.data;
			expect(JSON.parse(JSON.stringify({ cost, estimatedCost }))).toEqual(expected);
		}
	});

	it('are not told unless asked for', async () => {
		await create(simulator);
		const body = await read(simulator, simulator.tasks()[0].id);
		expect(Object.keys(body).sort()).toEqual(['createdAt', 'id', 'output', 'status']);
	});
});

describe('a model without a channel', () => {
	it.each<[string, PartialScenario, Record<string, unknown>, number]>([
		['unknown, taken', {}, { model: 'aleph9' }, 200],
		['unknown, refused', { unknownModels: 'refused' }, { model: 'aleph9' }, 503],
		['unknown and wrong, refused', { unknownModels: 'refused' }, { model: 'a', videoUri: 1 }, 503],
		['of another route, refused', { unknownModels: 'refused' }, { model: 'act_two' }, 503],
		['known', { unknownModels: 'refused' }, {}, 200],
		['known and missing', { missingModels: ['gen4_aleph'] }, {}, 503],
	])('that is %s', async (_what, scenario, fields, status) => {
		simulator.useScenario(scenario);
		const response = await create(simulator, fields);
		expect(response.status).toBe(status);
		if (status !== 503) return;
		expect(await response.json()).toMatchObject({
			error: {
				code: 'model_not_found',
				message: expect.stringContaining('no available channel for group default and model'),
			},
		});
		expect(simulator.stats()).toMatchObject({ createsReceived: 1, tasksAccepted: 0 });
	});
});

describe('a prompt without an image', () => {
	it.each<[string, PartialScenario, Record<string, unknown>, number]>([
		['none for gen4_image', {}, { referenceImages: undefined }, 400],
		['an empty list for gen4_image', {}, { referenceImages: [] }, 400],
		['none at Runway', { textOnlyImages: 'taken' }, { referenceImages: undefined }, 200],
	])('%s', async (_what, scenario, fields, status) => {
		simulator.useScenario(scenario);
		const response = await createOn(simulator, 'text_to_image', fields);
		expect(response.status).toBe(status);
		if (status !== 400) return;
		expect(await response.json()).toMatchObject({ error: { code: 'reference_images_empty' } });
	});
});

describe('a refusal', () => {
	const code = 'invalid_request';
	const message = expect.stringMatching(/^seed: /);
	it.each<[PartialScenario['refusals'], number, object]>([
		['envelope', 400, { error: { code, message, type: 'comet_api_error' } }],
		['disguised', 500, { error: { code, message, type: 'comet_api_error' } }],
		['flat', 400, { code, message, data: null }],
	])('can be %s', async (refusals, ...expected) => {
		simulator.useScenario({ refusals });
		expect(await json(await create(simulator, { seed: -1 }))).toEqual(expected);
	});

	it('does not hit a create without the version header where that is optional', async () => {
		simulator.useScenario({ versionHeader: 'optional' });
		const headers = new Headers(HEADERS);
		headers.delete('x-runway-version');
		const response = await fetch(simulator.baseUrl + CREATE_PATH, {
			method: 'POST',
			headers,
			body: JSON.stringify(BODY),
		});
		expect(response.status).toBe(200);
	});
});

describe('an unknown task', () => {
	const flat = { code: 'task_not_exist', message: 'task_not_exist', data: null };
	const enveloped = { error: expect.objectContaining({ code: 'task_not_exist' }) };
	it.each<[PartialScenario, number, object]>([
		[{ notExistStatus: 404 }, 404, enveloped],
		[{ notExistAs: 'flat' }, 400, flat],
		[{ notExistAs: 'envelope', shape: 'wrapped', notExistStatus: 200 }, 200, enveloped],
	])('is answered as %j says', async (scenario, ...expected) => {
		simulator.useScenario(scenario);
		expect(await json(await get(simulator, '/runwayml/v1/tasks/nobody'))).toEqual(expected);
	});
});

describe('an endpoint that may be missing', () => {
	const call = async (method: string, path: string) =>
		(await fetch(simulator.baseUrl + path, { method })).status;

	it.each(['HEAD', 'OPTIONS'])('%s of the creates is answered, or is not', async (method) => {
		const ask = async () =>
			await Promise.all(
				CREATE_ROUTES.map(async (route) => await call(method, `/runwayml/v1/${route}`)),
			);
		expect(await ask()).toEqual([204, 204, 204, 204, 204]);
		simulator.useScenario({ missing: [method === 'HEAD' ? 'head' : 'options'] });
		expect(await ask()).toEqual([404, 404, 404, 404, 404]);
		simulator.useScenario({ missing: ['video_upscale'] });
		expect(await ask()).toEqual([204, 204, 204, 404, 204]);
	});

	it('a create route is there, or is not', async () => {
		simulator.useScenario({ missing: ['video_upscale'] });
		expect((await createOn(simulator, 'video_upscale')).status).toBe(404);
		expect((await createOn(simulator, 'video_to_video')).status).toBe(200);
	});

	it.each([
		['usage', '/api/usage/token/', { code: true, data: { total_used: 160_000 } }],
		['log', '/api/log/token', { success: true, data: [{ model_name: 'runwayml_video_to_video' }] }],
		['billing', '/v1/dashboard/billing/subscription', { object: 'billing_subscription' }],
		['billing', '/v1/dashboard/billing/usage', { object: 'list', total_usage: 32 }],
	] as const)('%s answers what %s says of the key, or 404', async (endpoint, path, expected) => {
		await create(simulator);
		expect(await (await get(simulator, path)).json()).toMatchObject(expected);
		expect((await fetch(simulator.baseUrl + path)).status).toBe(401);
		simulator.addFault({ on: 'account', kind: 'status', status: 502 });
		expect((await get(simulator, path)).status).toBe(502);
		simulator.useScenario({ missing: [endpoint] });
		expect((await get(simulator, path)).status).toBe(404);
	});
});
