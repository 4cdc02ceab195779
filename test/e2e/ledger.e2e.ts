import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Execution, jsonOf, runsOf, waitFor } from '../../tools/n8n';
import { change, creates, endOf, retry, taskIds, taskIdsOf } from './ledger/acts';
import { batch, FAILED, loop, NEXT, submitAndWait, THREE_TRIES } from './ledger/workflows';
import { Stage } from './stage';
import { manualTrigger, WAIT, webhook } from './workflows';

const SIX = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `<${name}>`);
const REFUSED = '<c>';
const OTHERS = SIX.filter((prompt) => prompt !== REFUSED);

let stage: Stage;
before(async () => {
	stage = await Stage.open({ speed: 20, scenario: { pendingMs: 0, runningMs: 10_000 } });
});
beforeEach(() => stage.simulator.reset());

const refuse = (times: number) =>
	stage.simulator.addFault({
		on: 'create',
		kind: 'status',
		status: 403,
		promptIncludes: REFUSED,
		times,
	});

describe('a batch of six, one of which is refused', () => {
	it('three tries and three more of Retry execution: five creates, and one for each try', async () => {
		refuse(5);
		const failed = await stage.run(batch('tries', SIX, { settings: THREE_TRIES }));
		assert.equal(failed.status, 'error');
		assert.deepEqual((endOf(failed).context.acceptedTasks as unknown[]).length, 5);
		assert.deepEqual(creates(stage, SIX), [1, 1, 3, 1, 1, 1]);
		const retried = await retry(stage, failed);

		assert.equal(retried.status, 'success', endOf(retried).message);
		assert.deepEqual(creates(stage, SIX), [1, 1, 6, 1, 1, 1]);
		assert.deepEqual(taskIdsOf(retried), taskIds(stage, SIX));
		assert.equal(jsonOf(retried, NEXT).length, 6);
	});

	it('Retry execution again and again, of the retry too, as it was and as it is saved now', async () => {
		refuse(3);
		const failed = await stage.run(batch('retries', SIX));
		const again = await retry(stage, failed, { loadWorkflow: false });
		const third = await retry(stage, again, { loadWorkflow: true });
		assert.deepEqual(
			[failed, again, third].map(({ status }) => status),
			['error', 'error', 'error'],
		);
		const retried = await retry(stage, third, { loadWorkflow: false });

		assert.equal(retried.status, 'success', endOf(retried).message);
		assert.deepEqual(creates(stage, SIX), [1, 1, 4, 1, 1, 1]);
		assert.deepEqual(taskIdsOf(retried), taskIds(stage, SIX));
	});

	it('On Error: Continue: five flow on, and the refused one is its item’s error', async () => {
		refuse(1);
		const done = await stage.run(
			batch('continue', SIX, { settings: { onError: 'continueRegularOutput' } }),
		);

		assert.equal(done.status, 'success');
		assert.deepEqual(taskIdsOf(done, NEXT), taskIds(stage, OTHERS));
		assertRefused(jsonOf(done, NEXT)[2]);
		assert.deepEqual(creates(stage, SIX), [1, 1, 1, 1, 1, 1]);
	});

	it('On Error: Continue (using error output): five flow on, and the refused one leaves by the error output', async () => {
		refuse(1);
		const done = await stage.run(
			batch('error output', SIX, { settings: { onError: 'continueErrorOutput' } }),
		);

		assert.equal(done.status, 'success');
		assert.deepEqual(taskIdsOf(done, NEXT), taskIds(stage, OTHERS));
		const failed = jsonOf(done, FAILED);
		assert.equal(failed.length, 1);
		assertRefused(failed[0]);
		assert.deepEqual(creates(stage, SIX), [1, 1, 1, 1, 1, 1]);
	});
});

function assertRefused(json: { error?: unknown }): void {
	const { message, httpCode } = json.error as { message: string; httpCode: string };
	assert.deepEqual(
		{ message, httpCode },
		{ message: 'This API key may not do that', httpCode: '403' },
	);
}

describe('a batch of six, one of which may have been accepted', () => {
	for (const [what, fault] of [
		['the connection is reset after the acceptance', { kind: 'reset' }],
		['a gateway answers 502 after the acceptance', { kind: 'status', status: 502 }],
	] as const) {
		it(`${what}: no retry sends it again, unless Retry When Uncertain is on`, async () => {
			stage.simulator.addFault({ on: 'create', ...fault, accepted: true, promptIncludes: REFUSED });
			const workflow = batch(what, SIX, { settings: THREE_TRIES });
			const stored = await stage.store(workflow);
			const failed = await stage.execute(stored);
			assertUncertain(failed);
			const again = await retry(stage, failed);
			assertUncertain(again);

			await change(
				stage,
				stored,
				batch(what, SIX, { settings: THREE_TRIES, options: { retryUncertain: true } }),
			);
			const retried = await retry(stage, again);
			assert.equal(retried.status, 'success', endOf(retried).message);
			assert.deepEqual(creates(stage, SIX), [1, 1, 2, 1, 1, 1]);
		});
	}

	function assertUncertain(execution: Execution): void {
		const { message, context } = endOf(execution);
		assert.match(message, /may have been accepted/);
		assert.equal(context.submissionUncertain, true);
		assert.deepEqual(
			(context.acceptedTasks as Array<{ taskId: string }>).map(({ taskId }) => taskId),
			taskIds(stage, OTHERS),
		);
		assert.deepEqual(creates(stage, SIX), [1, 1, 1, 1, 1, 1]);
	}
});

describe('Loop Over Items, with one and the same prompt three times', () => {
	const SAME = ['the same', 'the same', 'the same'];

	it('creates three tasks', async () => {
		const done = await stage.run(loop('loop', SAME));
		assertThreeTasks(done);
		assert.equal(stage.simulator.stats().createsReceived, 3);
	});

	it('refused in the second round: tries and Retry execution send that round alone again', async () => {
		stage.simulator.addFault({ on: 'create', kind: 'status', status: 403, skip: 1, times: 4 });
		const failed = await stage.run(loop('loop refused', SAME, { settings: THREE_TRIES }));
		assert.equal(failed.status, 'error');
		assertThreeTasks(await retry(stage, failed));
		assert.equal(stage.simulator.stats().createsReceived, 7);
	});

	function assertThreeTasks(done: Execution): void {
		assert.equal(done.status, 'success', endOf(done).message);
		assert.deepEqual(
			taskIdsOf(done, NEXT).sort(),
			stage.simulator
				.tasks()
				.map(({ id }) => id)
				.sort(),
		);
		assert.equal(stage.simulator.stats().tasksAccepted, 3);
	}
});

describe('Stop', () => {
	it('while a batch submits: no further item is submitted, and the task under way is in the log', async () => {
		// Ten simulated seconds: half a second here.
		stage.simulator.addFault({ on: 'create', kind: 'slowBody', times: SIX.length });
		const stored = await stage.store(
			batch('stopped', SIX, { settings: THREE_TRIES, options: { maxConcurrency: 1 } }),
		);
		const stopped = await stopAtTheSecondTask(await stage.api.run(stored));

		assert.equal(stopped.status, 'canceled');
		// As long as all the others would take, tries included.
		await sleep(5_000);
		assert.deepEqual(creates(stage, SIX), [1, 1, 0, 0, 0, 0]);
		const [, underWay] = taskIds(stage, SIX);
		assert.ok(
			stage.n8n
				.logs()
				.includes(`Runway task ${underWay} was accepted while the execution was being stopped`),
		);
	});

	it('as README.md tells: n8n keeps nothing of the batch, so that a retry by its API, which the editor does not offer, begins anew', async () => {
		stage.simulator.addFault({ on: 'create', kind: 'slowBody', times: 2 });
		const workflow = batch('stopped by webhook', SIX, { options: { maxConcurrency: 1 } });
		const stored = await stage.store({
			...workflow,
			nodes: workflow.nodes.map((each) =>
				each.name === manualTrigger.name ? webhook('stopped', each.name) : each,
			),
		});
		await stage.api.activate(stored);
		await stage.api.callWebhook('stopped');
		const [{ id }] = await stage.api.waitForExecutions({ workflowId: stored.id }, 1, 10_000);
		const stopped = await stopAtTheSecondTask(id);
		await waitFor(
			() => stage.n8n.logs().includes(String(taskIds(stage, SIX)[1])),
			10_000,
			'the task under way',
		);

		assert.deepEqual(stopped.data.executionData?.contextData, {});
		assert.equal((await retry(stage, stopped)).data.resultData.lastNodeExecuted, NEXT);
		assert.deepEqual(creates(stage, SIX), [2, 2, 1, 1, 1, 1]);
	});

	async function stopAtTheSecondTask(id: string): Promise<Execution> {
		await waitFor(() => stage.simulator.stats().tasksAccepted === 2, 10_000, 'the second task');
		await stage.api.stopExecution(id);
		return await stage.api.waitForExecution(id, 10_000);
	}
});

describe('Retry On Fail on the Wait node', () => {
	it('never leads to a second create, and neither does Retry execution', async () => {
		stage.simulator.addFault({ on: 'read', kind: 'status', status: 403, times: 5 });
		const failed = await stage.run(
			submitAndWait('wait', ['clip'], { settings: THREE_TRIES }, THREE_TRIES),
		);
		assert.equal(failed.status, 'error');
		assert.equal(stage.simulator.stats().taskReads, 3);
		const retried = await retry(stage, failed);

		assert.equal(retried.status, 'success', endOf(retried).message);
		assert.deepEqual(taskIdsOf(retried, WAIT), taskIds(stage, ['clip']));
		assert.equal(runsOf(retried, WAIT).length, 1);
		assert.deepEqual(creates(stage, ['clip']), [1]);
	});
});
