import type { INodeExecutionData } from 'n8n-workflow';
import {
	addNodes,
	chain,
	connect,
	editFields,
	resumeWorkflow,
	runWorkflow,
	trigger,
	type WorkflowJson,
	type WorkflowRun,
} from '../../tools/engine';
import { FastClock } from '../../tools/clock/fastClock';
import { credentialFor, prompts, told, transform, wait } from '../../tools/engine/runway';
import { useSimulator } from './support/useSimulator';

const SPEED = 40;
const MIN_POLL_MS = 5_000;

const clock = new FastClock(SPEED);
afterAll(() => clock.restore());
const simulator = useSimulator();

const suspending = (parameters = {}, more = {}) =>
	wait(
		{ minPollSeconds: MIN_POLL_MS / 1000 },
		{ waitMode: 'suspend', timeoutMinutes: 60, ...parameters },
		more,
	);

/** Transform → Wait in suspend mode, `Still Processing` wired back, one Edit Fields node behind each other output. */
function durable(waiting = suspending()): WorkflowJson {
	const collect = '={{ { ...$json, prompt: $("Start").item.json.prompt } }}';
	const workflow = addNodes(
		chain(trigger, transform(), waiting),
		editFields('Done', collect),
		editFields('Not done', collect),
	);
	connect(workflow, 'Wait', 0, 'Wait');
	connect(workflow, 'Wait', 1, 'Done');
	connect(workflow, 'Wait', 2, 'Not done');
	return workflow;
}

interface Cycle {
	runs: WorkflowRun[];
	last: WorkflowRun;
	/** How long each suspension was to last, in ms. */
	pauses: number[];
}

const run = async (workflow: WorkflowJson, input: INodeExecutionData[], retryOf?: WorkflowRun) =>
	await runWorkflow(workflow, { credentials: credentialFor(simulator), input, retryOf });

/** Runs a workflow and resumes it as often as it suspends, each time when n8n would, plus `lateMs`. */
async function runToTheEnd(
	workflow: WorkflowJson,
	input: INodeExecutionData[],
	lateMs = 0,
): Promise<Cycle> {
	const runs = [await run(workflow, input)];
	const pauses: number[] = [];
	for (let last = runs[0]; last.status === 'waiting'; last = runs[runs.length - 1]) {
		expect(runs.length).toBeLessThan(40);
		pauses.push(Number(last.run.waitTill) - clock.now());
		clock.forwardTo(Number(last.run.waitTill) + lateMs);
		runs.push(await resumeWorkflow(last));
	}
	return { runs, last: runs[runs.length - 1], pauses };
}

/** All items a node has given out over all of its runs. */
function allItems(run: WorkflowRun, node: string): INodeExecutionData[] {
	const runs = run.run.data.resultData.runData[node] ?? [];
	return runs.flatMap(({ data }) => data?.main[0] ?? []);
}

/** Whose prompts they are, in no particular order. */
const promptsOf = (items: INodeExecutionData[]) => items.map(({ json }) => json.prompt).sort();

function expectPolitePolling(): void {
	const reads = simulator.requests().filter(({ operation }) => operation === 'read');
	for (const { id } of simulator.tasks()) {
		const times = reads.filter(({ taskId }) => taskId === id).map(({ at }) => at);
		times
			.slice(1)
			.forEach((at, index) => expect(at - times[index]).toBeGreaterThanOrEqual(MIN_POLL_MS));
	}
}

/** Ten tasks that end between 20 s and 20 min, two of them badly. */
function tenTasks(): string[] {
	const lives = [20, 45, 70, 100, 130, 200, 300, 450, 700, 1_200];
	return lives.map((seconds, index) => {
		const prompt = `<clip ${index}>`;
		const outcome = index === 2 || index === 7 ? ('FAILED' as const) : ('SUCCEEDED' as const);
		simulator.addRule({
			promptIncludes: prompt,
			scenario: { pendingMs: 5_000, runningMs: seconds * 1_000, outcome },
		});
		return prompt;
	});
}

describe('a batch that finishes at different times', () => {
	test('leaves task by task, each once, by the right output and with its pairing, and is asked for politely', async () => {
		const names = tenTasks();
		const { runs, last } = await runToTheEnd(durable(), prompts(...names));

		expect(last.error).toBeUndefined();
		expect(last.status).toBe('success');
		expect(runs.length).toBeGreaterThan(3);
		const failed = names.filter((_, index) => index === 2 || index === 7);
		expect(promptsOf(allItems(last, 'Done'))).toEqual(
			names.filter((name) => !failed.includes(name)),
		);
		expect(promptsOf(allItems(last, 'Not done'))).toEqual(failed);
		const promptOf = new Map(simulator.tasks().map(({ id, promptText }) => [id, promptText]));
		for (const { json } of [...allItems(last, 'Done'), ...allItems(last, 'Not done')]) {
			expect(promptOf.get(String(json.taskId))).toBe(json.prompt);
		}
		expect(simulator.stats().createsReceived).toBe(10);
		expectPolitePolling();
	}, 60_000);

	test('lets early finishers flow on while the others are still suspended', async () => {
		simulator.addRule({ promptIncludes: 'short', scenario: { pendingMs: 0, runningMs: 1_000 } });
		simulator.addRule({ promptIncludes: 'long', scenario: { pendingMs: 0, runningMs: 3_000_000 } });
		const first = await run(durable(), prompts('long', 'short'));
		expect(first.status).toBe('waiting');
		clock.forwardTo(Number(first.run.waitTill));
		const second = await resumeWorkflow(first);

		expect(second.status).toBe('waiting');
		expect(promptsOf(allItems(second, 'Done'))).toEqual(['short']);
	}, 30_000);

	test('survives being resumed late, and a clock that jumps', async () => {
		const names = tenTasks();
		const { last } = await runToTheEnd(durable(), prompts(...names), 47_000);
		expect(allItems(last, 'Done')).toHaveLength(8);

		simulator.reset();
		simulator.useScenario({ pendingMs: 0, runningMs: 400_000 });
		const waiting = await run(durable(), prompts('clip'));
		clock.jump(-3_600_000);
		const resumed = await resumeWorkflow(waiting);
		expect(resumed.status).toBe('waiting');
		clock.jump(3_600_000 + 500_000);
		expect(allItems(await resumeWorkflow(resumed), 'Done')).toHaveLength(1);
		expect(simulator.stats().createsReceived).toBe(1);
	}, 60_000);

	test('when resumed twice from the same state gives the same result, and creates nothing', async () => {
		simulator.useScenario({ pendingMs: 0, runningMs: 100_000 });
		const waiting = await run(durable(), prompts('clip'));
		clock.forwardTo(Number(waiting.run.waitTill) + 100_000);
		const twice = [await resumeWorkflow(waiting), await resumeWorkflow(waiting)];

		for (const each of twice)
			expect(allItems(each, 'Done').map(({ json }) => json.status)).toEqual(['SUCCEEDED']);
		expect(simulator.stats().createsReceived).toBe(1);
	}, 30_000);
});

describe('suspending', () => {
	test('lasts from 65 s to 10 min, and is aimed at the predicted end', async () => {
		simulator.useScenario({ pendingMs: 0, runningMs: 1_500_000 });
		const { last, pauses } = await runToTheEnd(durable(), prompts('clip'));

		// The clock goes on while the run comes to its end: a second of it is 25 ms.
		for (const pause of pauses) expect(pause).toBeGreaterThan(45_000);
		for (const pause of pauses) expect(pause).toBeLessThanOrEqual(601_000);
		expect(Math.max(...pauses)).toBeGreaterThan(300_000);
		expect(last.status).toBe('success');
		expect(simulator.stats().taskReads).toBeLessThan(20);
	}, 30_000);

	test('keeps nothing of a task that has left: waiting for it again starts afresh', async () => {
		simulator.useScenario({ pendingMs: 0, runningMs: 100_000 });
		const { last } = await runToTheEnd(durable(), prompts('clip'));

		expect(last.run.data.executionData?.contextData['node:Wait']).toMatchObject({ watches: [] });
	}, 30_000);
});

describe('a late task', () => {
	test('leaves by Failed with timedOut, its id and last status, counting the time of suspensions, and can be waited for again', async () => {
		simulator.useScenario({ pendingMs: 0, runningMs: 1_200_000 });
		const { runs, last } = await runToTheEnd(
			durable(suspending({ timeoutMinutes: 4 })),
			prompts('clip'),
		);

		expect(runs.length).toBeGreaterThan(1);
		const [{ json }] = allItems(last, 'Not done');
		const [{ id }] = simulator.tasks();
		expect(json).toMatchObject({
			taskId: id,
			status: 'RUNNING',
			timedOut: true,
			error: { message: `Task ${id} was not finished after 4 minutes` },
		});

		const again = addNodes(chain(trigger, suspending()), editFields('Done', '={{ $json }}'));
		connect(again, 'Wait', 0, 'Wait');
		connect(again, 'Wait', 1, 'Done');
		const second = await runToTheEnd(again, [{ json: { taskId: id } }]);
		expect(allItems(second.last, 'Done').map((item) => item.json.taskId)).toEqual([id]);
	}, 60_000);
});

describe('a loop that leads nowhere is caught before anything is asked or suspended', () => {
	test('when Still Processing leads elsewhere', async () => {
		const workflow = addNodes(chain(trigger, suspending()), editFields('Aside', '={{ $json }}'));
		connect(workflow, 'Wait', 0, 'Aside');
		connect(workflow, 'Wait', 1, 'Wait');
		const failed = await run(workflow, [{ json: { taskId: 'some-task' } }]);

		expect(told(failed).message).toBe('Output "Still Processing" does not lead back to "Wait"');
		expect(told(failed).description).toContain(
			'connect the output "Still Processing" to the input of "Wait"',
		);
		expect(simulator.stats().taskReads).toBe(0);
	});

	test('while a loop through other nodes is as good as a direct one', async () => {
		simulator.useScenario({ pendingMs: 0, runningMs: 100_000 });
		const workflow = addNodes(
			chain(trigger, transform(), suspending()),
			editFields('Around', '={{ $json }}'),
			editFields('Done', '={{ $json }}'),
		);
		connect(workflow, 'Wait', 0, 'Around');
		connect(workflow, 'Around', 0, 'Wait');
		connect(workflow, 'Wait', 1, 'Done');
		const { last } = await runToTheEnd(workflow, prompts('clip'));

		expect(allItems(last, 'Done').map(({ json }) => json.status)).toEqual(['SUCCEEDED']);
	}, 30_000);
});

describe('what CometAPI refuses', () => {
	test('stops the execution, and Retry execution finds all tasks again', async () => {
		simulator.useScenario({ pendingMs: 0, runningMs: 0 });
		const workflow = durable();
		simulator.addFault({ on: 'read', kind: 'status', status: 403 });
		const failed = await run(workflow, prompts('one', 'two'));
		expect(told(failed).message).toBe('This API key may not do that');
		expect(allItems(failed, 'Done')).toEqual([]);
		clock.jump(10_000);
		const retried = await run(workflow, prompts('one', 'two'), failed);

		expect(promptsOf(allItems(retried, 'Done'))).toEqual(['one', 'two']);
		expect(simulator.stats().createsReceived).toBe(2);
	}, 30_000);

	test('leaves by Failed when On Error is set to continue', async () => {
		simulator.useScenario({ pendingMs: 0, runningMs: 0 });
		simulator.addFault({ on: 'read', kind: 'status', status: 403, promptIncludes: 'one' });
		const { last } = await runToTheEnd(
			durable(suspending({}, { onError: 'continueRegularOutput' })),
			prompts('one', 'two'),
		);

		expect(promptsOf(allItems(last, 'Done'))).toEqual(['two']);
		expect(allItems(last, 'Not done').map(({ json }) => json.error)).toEqual([
			expect.objectContaining({ httpCode: '403', taskId: expect.any(String) }),
		]);
	}, 30_000);
});
