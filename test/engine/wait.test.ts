import { z } from 'zod';
import { items } from '../../tools/engine';
import { prompts, runChain, told, transform, wait } from '../../tools/engine/runway';
import { useSimulator } from './support/useSimulator';

const simulator = useSimulator({ speed: 10, scenario: { pendingMs: 200, runningMs: 800 } });

/** What the error of a run says of each of its tasks. */
const REPORTED = z.object({
	item: z.number(),
	taskId: z.string(),
	status: z.string(),
	outputUrl: z.string().optional(),
});

/** Twenty prompts whose tasks run 1 to 10 simulated seconds, in no particular order. */
function twentyTasks(): string[] {
	const names = Array.from({ length: 20 }, (_, index) => `<clip ${index}>`);
	names.forEach((name, index) => {
		const runningMs = 1_000 + ((index * 7) % 10) * 1_000;
		simulator.addRule({ promptIncludes: name, scenario: { pendingMs: 0, runningMs } });
	});
	return names;
}

describe('a batch', () => {
	test('of 20 tasks takes about as long as its slowest, outputs in input order and paired', async () => {
		const names = twentyTasks();
		const run = await runChain(
			simulator,
			[transform({ options: { maxConcurrency: 20 } }), wait()],
			prompts(...names),
		);

		expect(run.error).toBeUndefined();
		const promptOf = new Map(simulator.tasks().map(({ id, promptText }) => [id, promptText]));
		const output = run.output('Wait');
		expect(output.map(({ json }) => promptOf.get(String(json.taskId)))).toEqual(names);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(names.map((_, item) => ({ item })));
		expect(
			output.every(
				({ json }) => json.status === 'SUCCEEDED' && String(json.outputUrl).startsWith('http'),
			),
		).toBe(true);

		const [{ executionTime }] = run.run.data.resultData.runData.Wait;
		// One after the other they would take 11 s; the slowest takes 1 s.
		expect(executionTime).toBeGreaterThan(700);
		expect(executionTime).toBeLessThan(3_500);
	});

	test('never has more than 5 requests in flight, however slow they are', async () => {
		simulator.useScenario({ pendingMs: 0, runningMs: 0 });
		for (let count = 0; count < 20; count++) simulator.addFault({ on: 'read', kind: 'slowBody' });
		const created = await runChain(
			simulator,
			[transform({ options: { maxConcurrency: 1 } })],
			prompts(...Array.from({ length: 20 }, String)),
		);
		const run = await runChain(simulator, [wait()], items(...created.json('Transform')));

		expect(run.error).toBeUndefined();
		expect(simulator.stats().maxInFlight).toBe(5);
	});

	test('with one failed task tells of the other 19 in its error: id, status and URL', async () => {
		const names = twentyTasks();
		simulator.addRule({
			promptIncludes: '<clip 7>',
			scenario: { outcome: 'FAILED', failure: 'Too dark', failureCode: 'SAFETY.INPUT.VIDEO' },
		});
		const run = await runChain(simulator, [transform(), wait()], prompts(...names));

		const { message, description, context } = told(run);
		const failed = simulator.tasks().find(({ promptText }) => promptText === '<clip 7>');
		expect(message).toBe(`Task ${failed?.id} failed: Too dark`);
		expect(description).toContain('SAFETY.INPUT.VIDEO');
		expect(description).toContain('moderation');
		const tasks = z.array(REPORTED).parse(context.tasks);
		expect(tasks).toHaveLength(20);
		for (const { item, taskId, status, outputUrl } of tasks) {
			expect(simulator.tasks().find(({ id }) => id === taskId)?.promptText).toBe(names[item]);
			expect(status).toBe(item === 7 ? 'FAILED' : 'SUCCEEDED');
			expect(description).toContain(
				`item ${item}: ${taskId} ${status}${outputUrl ? ` ${outputUrl}` : ''}`,
			);
			if (item !== 7) expect(outputUrl).toContain(taskId);
		}
	});

	test('asks once for a task that several items name, and gives it to each of them', async () => {
		const created = await runChain(simulator, [transform()], prompts('one clip'));
		const [{ taskId }] = created.json('Transform');
		const run = await runChain(
			simulator,
			[wait({ minPollSeconds: 0.2 })],
			items({ taskId }, { taskId }, { taskId }),
		);

		expect(run.json('Wait').map((json) => json.taskId)).toEqual([taskId, taskId, taskId]);
		const single = simulator.stats().taskReads;
		expect(single).toBeLessThanOrEqual(3);
	});
});

describe('On Error', () => {
	const failing = () =>
		simulator.addRule({
			promptIncludes: 'bad',
			scenario: { outcome: 'FAILED', failure: 'Too dark' },
		});

	test('Continue makes it the error of its item, with the task id, and leaves the siblings alone', async () => {
		failing();
		const run = await runChain(
			simulator,
			[transform(), wait({}, {}, { onError: 'continueRegularOutput' })],
			prompts('good', 'bad', 'fine'),
		);

		expect(run.error).toBeUndefined();
		const [first, second, third] = run.output('Wait');
		expect([first.json.status, third.json.status]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
		expect(second.json.error).toMatchObject({
			message: expect.stringContaining('failed: Too dark'),
			taskId: run.json('Transform')[1].taskId,
			status: 'FAILED',
			failureCode: 'INTERNAL.BAD_OUTPUT.CODE01',
		});
		expect(second.pairedItem).toEqual({ item: 1 });
	});

	test('Continue (Using Error Output) sends it there, together with the fields of its input', async () => {
		failing();
		const run = await runChain(
			simulator,
			[transform(), wait({}, {}, { onError: 'continueErrorOutput' })],
			prompts('good', 'bad'),
		);

		expect(run.output('Wait', 0).map(({ json }) => json.status)).toEqual(['SUCCEEDED']);
		const [item] = run.output('Wait', 1);
		expect(item.json).toMatchObject({
			taskId: run.json('Transform')[1].taskId,
			error: { status: 'FAILED' },
		});
	});
});

describe('a wait', () => {
	test('puts up with task_not_exist right after the creation', async () => {
		simulator.useScenario({ notExistMs: 3_000, pendingMs: 0, runningMs: 4_000 });
		const run = await runChain(simulator, [transform(), wait()], prompts('clip'));

		expect(run.json('Wait')[0].status).toBe('SUCCEEDED');
		expect(
			simulator.requests().some(({ operation, status }) => operation === 'read' && status === 400),
		).toBe(true);
	});

	test('takes a success without any URL for an error', async () => {
		simulator.useScenario({ outputCount: 0, pendingMs: 0, runningMs: 0 });
		const run = await runChain(
			simulator,
			[transform(), wait({}, { timeoutMinutes: 0.005 })],
			prompts('clip'),
		);

		expect(told(run).message).toContain('succeeded, but CometAPI gave no output URL');
	});

	test('that takes too long says which task it was, how far it was, and that it goes on', async () => {
		simulator.useScenario({ pendingMs: 0, runningMs: 600_000 });
		const run = await runChain(
			simulator,
			[transform(), wait({}, { timeoutMinutes: 0.005 })],
			prompts('clip'),
		);

		const { message, description, context } = told(run);
		const { taskId } = run.json('Transform')[0];
		expect(message).toBe(`Task ${String(taskId)} was not finished after 0.005 minutes`);
		expect(description).toMatch(
			/last status was RUNNING \(\d+ %\).*not lost.*Wait for the same Task ID again/,
		);
		expect(context).toMatchObject({ taskId, status: 'RUNNING', timedOut: true });
	});

	test('with a wrong key stops at once and keeps the request id', async () => {
		const created = await runChain(simulator, [transform()], prompts('clip'));
		const credentials = { cometApiRunwayApi: { apiKey: 'sk-wrong', baseUrl: simulator.baseUrl } };
		const run = await runChain(simulator, [wait()], items(...created.json('Transform')), {
			credentials,
		});

		const { message, description, context } = told(run);
		expect(message).toBe('CometAPI did not accept the API key');
		expect(description).toMatch(/Request id: \S+\./);
		expect(context).toMatchObject({
			taskId: created.json('Transform')[0].taskId,
			requestId: expect.any(String),
		});
		expect(simulator.stats().taskReads).toBe(1);
		expect(run.stored).not.toContain('sk-wrong');
	});

	test.each([
		['an empty task id', { taskId: '' }, {}, {}, /^Task ID is empty \[item 1\]$/],
		[
			'a timeout of 0',
			{},
			{},
			{ timeoutMinutes: 0 },
			/^Timeout \(Minutes\) is 0, not a number above 0/,
		],
		[
			'a timeout that is no number',
			{},
			{},
			{ timeoutMinutes: '={{ "soon" }}' },
			/^Timeout \(Minutes\) is "soon"/,
		],
		['a negative poll gap', {}, { minPollSeconds: -1 }, {}, /^Seconds Between Checks is -1/],
	])('names the field and the item of %s', async (_, item, options, parameters, expected) => {
		simulator.useScenario({ pendingMs: 0, runningMs: 0 });
		const created = await runChain(simulator, [transform()], prompts('clip'));
		const input = items(...created.json('Transform'), { ...created.json('Transform')[0], ...item });
		const run = await runChain(
			simulator,
			[wait(options, { taskId: '={{ $json.taskId }}', ...parameters })],
			input,
		);

		expect(told(run).message.replace(/^2 of 2 tasks did not succeed. The first: /, '')).toMatch(
			expected,
		);
		expect(told(run).description).toMatch(/Give /);
	});
});
