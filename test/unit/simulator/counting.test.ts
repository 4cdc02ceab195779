import { simulatorForTests } from '../support/simulatorForTests';
import {
	BODY,
	create,
	createOutputUrl,
	createTask,
	get,
	HEADERS,
	read,
	startOwn,
	waitUntil,
} from './client';

const simulator = simulatorForTests({ scenario: { pendingMs: 0, runningMs: 0 } });

describe('the counts', () => {
	it('tell creates that arrived from tasks that were accepted', async () => {
		simulator.addFault({ on: 'create', kind: 'reset', accepted: true });
		simulator.addFault({ on: 'create', kind: 'status', status: 503 });
		await expect(create(simulator)).rejects.toThrow('fetch failed');
		await create(simulator);
		await create(simulator);
		await create(simulator, { seed: -1 });
		expect(simulator.stats()).toMatchObject({ createsReceived: 4, tasksAccepted: 2 });
	});

	it('tell how often each task was read', async () => {
		const [one, other] = [await createTask(simulator), await createTask(simulator)];
		await read(simulator, one);
		await read(simulator, other);
		await read(simulator, other);
		expect(simulator.stats()).toMatchObject({
			taskReads: 3,
			readsPerTask: { [one]: 1, [other]: 2 },
		});
	});

	it('tell how many API requests were open at once', async () => {
		await get(simulator, '/v1/models');
		expect(simulator.stats().maxInFlight).toBe(1);
		const own = await startOwn({ speed: 100 });
		own.addFault({ on: 'models', kind: 'slowBody', times: 3 });
		await Promise.all([1, 2, 3].map(async () => await (await get(own, '/v1/models')).text()));
		await get(own, '/v1/models');
		expect(own.stats().maxInFlight).toBe(3);
	});

	it('tell when each answer had been sent whole, and which requests are open still', async () => {
		const own = await startOwn({});
		own.addFault({ on: 'models', kind: 'hang' });
		const left = new AbortController();
		const hanging = fetch(`${own.baseUrl}/v1/models`, { headers: HEADERS, signal: left.signal });
		await waitUntil(() => own.requests().at(-1)?.status === 'hang');
		await (await get(own, '/v1/models')).text();
		await waitUntil(() => own.requests()[1].closedAt !== undefined);
		expect(own.requests()[0].closedAt).toBeUndefined();
		left.abort();
		await expect(hanging).rejects.toThrow('aborted');
		await waitUntil(() => own.requests()[0].closedAt !== undefined);
	});

	it('tell for each task how many creates its prompt took', async () => {
		simulator.addFault({ on: 'create', kind: 'status', status: 503, promptIncludes: 'one' });
		await create(simulator, { promptText: 'one' });
		const [one, other] = [await createTask(simulator, 'one'), await createTask(simulator, 'other')];
		expect(simulator.tasks()).toMatchObject([
			{ id: one, promptText: 'one', createCount: 2, readCount: 0, status: 'SUCCEEDED' },
			{ id: other, promptText: 'other', createCount: 1, readCount: 0, status: 'SUCCEEDED' },
		]);
	});

	it('start afresh after a reset, with the scenario of the start', async () => {
		simulator.useScenario({ runningMs: 60_000 });
		simulator.addRule({ promptIncludes: 'M', scenario: { outcome: 'FAILED' } });
		simulator.addFault({ on: 'create', kind: 'status' });
		await create(simulator);
		simulator.reset();
		expect(simulator.requests()).toEqual([]);
		expect(await read(simulator, await createTask(simulator))).toMatchObject({
			status: 'SUCCEEDED',
		});
		expect(simulator.stats()).toMatchObject({
			createsReceived: 1,
			tasksAccepted: 1,
			taskReads: 1,
			maxInFlight: 1,
		});
	});

	it('know when a task finishes', async () => {
		const own = await startOwn({ speed: 10, scenario: { pendingMs: 1000, runningMs: 5000 } });
		await createTask(own);
		const [{ createdAt, finishesAt }] = own.tasks();
		expect(finishesAt - createdAt).toBe(600);
	});
});

describe('the record', () => {
	it('keeps of a request what a test needs, and not its body', async () => {
		const id = await createTask(simulator);
		await waitUntil(() => simulator.requests()[0].closedAt !== undefined);
		const [record] = simulator.requests();
		expect(record).toEqual({
			at: expect.any(Number),
			closedAt: expect.any(Number),
			server: 'api',
			operation: 'create',
			method: 'POST',
			path: '/runwayml/v1/video_to_video',
			headers: expect.objectContaining({ 'x-runway-version': '2024-11-06' }),
			status: 200,
			taskId: id,
			route: 'video_to_video',
			model: 'gen4_aleph',
			promptText: 'Make it winter',
			text: 'Make it winter',
			bodyBytes: JSON.stringify(BODY).length,
		});
	});

	it('holds every header that reached the output server', async () => {
		const url = await createOutputUrl(simulator);
		await (await fetch(url, { headers: { authorization: 'Bearer leaked' } })).arrayBuffer();
		const download = simulator.requests().find(({ server }) => server === 'output');
		expect(download).toMatchObject({
			operation: 'download',
			status: 200,
			path: url.slice(simulator.outputBaseUrl.length),
		});
		expect(download?.headers.authorization).toBe('Bearer leaked');
	});
});

describe('the scenario of a new task', () => {
	it('is the default with the rules that match its prompt over it', async () => {
		simulator.useScenario({ runningMs: 0, pendingMs: 0, failureCode: 'INTERNAL' });
		simulator.addRule({ promptIncludes: 'bad', scenario: { outcome: 'FAILED' } });
		simulator.addRule({ promptIncludes: 'worse', scenario: { outcome: 'CANCELLED' } });
		const ids = await Promise.all(
			['good', 'bad', 'bad and worse'].map(async (prompt) => await createTask(simulator, prompt)),
		);
		const [good, bad, worse] = await Promise.all(ids.map(async (id) => await read(simulator, id)));
		expect(good).toMatchObject({ status: 'SUCCEEDED' });
		expect(bad).toMatchObject({ status: 'FAILED', failureCode: 'INTERNAL' });
		expect(worse).toMatchObject({ status: 'CANCELLED' });
	});

	it('does not change for tasks that exist already', async () => {
		const id = await createTask(simulator);
		simulator.useScenario({ runningMs: 60_000 });
		expect(await read(simulator, id)).toMatchObject({ status: 'SUCCEEDED' });
	});
});
