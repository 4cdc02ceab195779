import { items } from '../../tools/engine';
import { getTask, prompts, runChain, told, transform } from '../../tools/engine/runway';
import { useHurry } from './support/useHurry';
import { useSimulator } from './support/useSimulator';

const simulator = useSimulator({ speed: 20 });
useHurry();

async function createTask(): Promise<string> {
	const run = await runChain(simulator, [transform()], prompts('clip'));
	return String(run.json('Transform')[0].taskId);
}

test.each(['bare', 'wrapped'] as const)('gives the Task of the %s shape', async (shape) => {
	simulator.useScenario({ shape, pendingMs: 0, runningMs: 0 });
	const taskId = await createTask();
	const run = await runChain(simulator, [getTask()], items({ taskId }));

	expect(run.output('Get')).toEqual([
		{
			json: {
				taskId,
				status: 'SUCCEEDED',
				progress: 1,
				outputUrl: expect.stringContaining(`${simulator.outputBaseUrl}/outputs/${taskId}/`),
				outputUrls: [expect.any(String)],
				outputUrlExpiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
				createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
			},
			pairedItem: { item: 0 },
		},
	]);
});

test('gives the answer as it is when Simplify is off', async () => {
	simulator.useScenario({ shape: 'wrapped', pendingMs: 36_000_000 });
	const taskId = await createTask();
	const run = await runChain(simulator, [getTask({ simplify: false })], items({ taskId }));

	expect(run.json('Get')[0]).toMatchObject({
		code: 'success',
		data: { task_id: taskId, progress: '0%' },
	});
});

test('gives the answer as it is even where no task can be made of it', async () => {
	simulator.useScenario({ outputCount: 0, pendingMs: 0, runningMs: 0 });
	const taskId = await createTask();
	const run = await runChain(simulator, [getTask({ simplify: false })], items({ taskId }));

	expect(run.json('Get')[0]).toMatchObject({ id: taskId, status: 'SUCCEEDED', output: [] });
});

test('gives no answer of another status for the task, with Simplify off either', async () => {
	const taskId = await createTask();
	const json = { id: taskId, status: 'SUCCEEDED' };
	simulator.addFault({ on: 'read', kind: 'otherJson', status: 502, json, times: 999 });
	const run = await runChain(simulator, [getTask({ simplify: false })], items({ taskId }));

	expect(told(run).message).toBe('CometAPI failed to process the request');
}, 20_000);

test('a failed task is a task like any other', async () => {
	simulator.useScenario({
		outcome: 'FAILED',
		failure: 'Too dark',
		failureCode: 'SAFETY.INPUT.TEXT',
		pendingMs: 0,
		runningMs: 0,
	});
	const taskId = await createTask();
	const run = await runChain(simulator, [getTask()], items({ taskId }));

	expect(run.json('Get')[0]).toMatchObject({
		taskId,
		status: 'FAILED',
		failure: 'Too dark',
		failureCode: 'SAFETY.INPUT.TEXT',
	});
});

test.each([
	['an unknown id', 'no-such-task', 'Task no-such-task does not exist'],
	['an empty id', '  ', 'Task ID is empty [item 0]'],
])('%s is told apart', async (_, taskId, message) => {
	const run = await runChain(simulator, [getTask()], items({ taskId }));

	expect(told(run).message).toBe(message);
	expect(told(run).description).not.toBe('');
});

test('an id that is not there yet is asked for again', async () => {
	simulator.useScenario({ notExistMs: 600_000, pendingMs: 0, runningMs: 0 });
	const taskId = await createTask();
	const run = await runChain(simulator, [getTask()], items({ taskId }));

	expect(run.json('Get')[0]).toMatchObject({ taskId, status: 'SUCCEEDED' });
	expect(simulator.stats().taskReads).toBeGreaterThan(2);
});

test('an id that is not there for two minutes may come: the error says so', async () => {
	const run = await runChain(simulator, [getTask()], items({ taskId: 'no-such-task' }));

	expect(told(run).description).toContain('may take up to 10 minutes to appear');
	expect(simulator.stats().taskReads).toBeGreaterThan(4);
	expect(simulator.stats().taskReads).toBeLessThan(12);
});

test('an id that looks like a path stays an id', async () => {
	const run = await runChain(simulator, [getTask()], items({ taskId: '../../v1/models?x=' }));

	expect(told(run).message).toContain('does not exist');
	expect(simulator.requests().at(-1)?.path).toBe('/runwayml/v1/tasks/..%2F..%2Fv1%2Fmodels%3Fx%3D');
});
