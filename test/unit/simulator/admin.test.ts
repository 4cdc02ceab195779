import { z } from 'zod';
import { simulatorForTests } from '../support/simulatorForTests';
import { admin, create, createTask, read } from './client';

const simulator = simulatorForTests();

describe('the admin endpoints', () => {
	it('set the scenario for new tasks, and answer the whole of it', async () => {
		const { status, body } = await admin(simulator, 'PUT', '/scenario', {
			pendingMs: 0,
			runningMs: 0,
		});
		expect(status).toBe(200);
		expect(body).toMatchObject({ pendingMs: 0, runningMs: 0, shape: 'bare', outcome: 'SUCCEEDED' });
		expect(await read(simulator, await createTask(simulator))).toMatchObject({
			status: 'SUCCEEDED',
		});
	});

	it('add a rule', async () => {
		const scenario = { pendingMs: 0, runningMs: 0, outcome: 'CANCELLED' };
		const { status } = await admin(simulator, 'POST', '/rules', {
			promptIncludes: 'winter',
			scenario,
		});
		expect(status).toBe(200);
		expect(await read(simulator, await createTask(simulator))).toMatchObject({
			status: 'CANCELLED',
		});
	});

	it('add a fault', async () => {
		const { status } = await admin(simulator, 'POST', '/faults', {
			on: 'create',
			kind: 'status',
			status: 503,
		});
		expect(status).toBe(200);
		expect((await create(simulator)).status).toBe(503);
	});

	it('tell what there is to know, and forget it on reset', async () => {
		const id = await createTask(simulator);
		const ask = async (path: string) => (await admin(simulator, 'GET', path)).body;
		expect(await ask('/tasks')).toMatchObject([
			{ id, promptText: 'Make it winter', status: 'PENDING' },
		]);
		expect(await ask('/requests')).toMatchObject([{ method: 'POST', status: 200, taskId: id }]);
		expect(await ask('/stats')).toEqual(simulator.stats());

		expect((await admin(simulator, 'POST', '/reset')).status).toBe(200);
		expect([await ask('/tasks'), await ask('/requests')]).toEqual([[], []]);
	});

	it('are not counted and not recorded', async () => {
		await admin(simulator, 'GET', '/stats');
		expect(simulator.requests()).toEqual([]);
		expect(simulator.stats().maxInFlight).toBe(0);
	});

	it.each<[string, string, unknown, string]>([
		['PUT', '/scenario', { pendingMs: 'soon' }, 'pendingMs: '],
		['PUT', '/scenario', { pendingMs: -1 }, 'pendingMs: '],
		['PUT', '/scenario', { pending: 1 }, "'pending'"],
		['PUT', '/scenario', undefined, 'Required'],
		['POST', '/rules', { scenario: {} }, 'promptIncludes: '],
		['POST', '/rules', { promptIncludes: 'a', scenario: { shape: 'round' } }, 'scenario.shape: '],
	])('refuse %s %s with %j, naming what is wrong', async (method, path, sent, message) => {
		const { status, body } = await admin(simulator, method, path, sent);
		expect(status).toBe(400);
		expect(body).toEqual({ error: expect.stringContaining(message) });
	});

	it('refuse with the words that the functions throw', async () => {
		const { body } = await admin(simulator, 'PUT', '/scenario', { pendingMs: -1 });
		const { error } = z.object({ error: z.string() }).parse(body);
		expect(() => simulator.useScenario({ pendingMs: -1 })).toThrow(error);
	});
});
