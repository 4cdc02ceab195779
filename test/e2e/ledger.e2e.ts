import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeParameters } from 'n8n-workflow';
import { z } from 'zod';
import { errorOf, type Execution, jsonOf, waitFor, type WorkflowJson } from '../../tools/n8n';
import { Stage, TIMEOUT_MS } from './stage';
import {
	sequence,
	itemPerPrompt,
	manualTrigger,
	node,
	SUBMIT,
	transformNode,
	webhook,
} from './workflows';

const SIX = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `<${name}>`);
const NEXT = 'Next';

/** *Retry On Fail* with three tries, as quick as n8n takes it. */
const THREE_TRIES: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };

/** What the error of Transform carries for programs. */
const submissionError = z.object({
	context: z.object({ acceptedTasks: z.array(z.object({ taskId: z.string() })) }),
});

/** Start → one item per prompt → Transform, with three tries → Next. */
function batch(start: INode, options: INodeParameters = {}): WorkflowJson {
	return sequence(`Batch from ${start.name}`, [
		start,
		itemPerPrompt(SIX),
		transformNode({ options }, THREE_TRIES),
		node(NEXT, 'n8n-nodes-base.noOp', 1, {}),
	]);
}

describe('a batch of six on a real n8n', () => {
	let stage: Stage;

	before(async () => {
		stage = await Stage.open({ speed: 20, scenario: { pendingMs: 0, runningMs: 10_000 } });
	});
	beforeEach(() => stage.simulator.reset());

	it('one of which is refused: Retry On Fail, Retry execution and a retry of the retry send that one alone again', async () => {
		stage.simulator.addFault({
			on: 'create',
			kind: 'status',
			status: 403,
			promptIncludes: '<c>',
			times: 7,
		});
		const failed = await stage.run(batch(manualTrigger));
		assert.equal(failed.status, 'error');
		const { context } = submissionError.parse(failed.data.resultData.error);
		assert.deepEqual(
			context.acceptedTasks.map(({ taskId }) => taskId),
			taskIds().filter(Boolean),
		);
		assert.deepEqual(creates(), [1, 1, 3, 1, 1, 1]);
		const again = await retry(failed, { loadWorkflow: false });
		assert.equal(again.status, 'error');
		assert.deepEqual(creates(), [1, 1, 6, 1, 1, 1]);
		const retried = await retry(again, { loadWorkflow: true });

		assert.equal(retried.status, 'success', errorOf(retried));
		assert.deepEqual(creates(), [1, 1, 8, 1, 1, 1]);
		assert.deepEqual(
			jsonOf(retried, SUBMIT).map(({ taskId }) => taskId),
			taskIds(),
		);
		assert.equal(jsonOf(retried, NEXT).length, 6);
	});

	it('that is stopped: no further item is submitted, the task under way is in the log, and a retry by n8n’s API begins anew', async () => {
		// Ten simulated seconds each: half a second here.
		stage.simulator.addFault({ on: 'create', kind: 'slowBody', times: SIX.length });
		const stored = await stage.store(batch(webhook('stopped'), { maxConcurrency: 1 }));
		await stage.api.activate(stored);
		await stage.api.callWebhook('stopped');
		const [{ id }] = await stage.api.waitForExecutions({ workflowId: stored.id }, 1, 10_000);
		await waitFor(() => stage.simulator.stats().tasksAccepted === 2, 10_000, 'the second task');
		await stage.api.stopExecution(id);
		const stopped = await stage.api.waitForExecution(id, 10_000);

		assert.equal(stopped.status, 'canceled');
		// As long as all the others would take, tries included.
		await sleep(4_000);
		assert.deepEqual(creates(), [1, 1, 0, 0, 0, 0]);
		assert.ok(
			stage.n8n
				.logs()
				.includes(`Runway task ${taskIds()[1]} was accepted while the execution was being stopped`),
		);
		// docs/errors-and-retries.md tells so: n8n keeps nothing of the batch, and its editor offers no retry.
		assert.deepEqual(stopped.data.executionData?.contextData, {});
		assert.equal((await retry(stopped)).data.resultData.lastNodeExecuted, NEXT);
		assert.deepEqual(creates(), [2, 2, 1, 1, 1, 1]);
	});

	/** *Retry execution*, to its end. */
	async function retry({ id }: Execution, { loadWorkflow = true } = {}): Promise<Execution> {
		const retried = await stage.api.retryExecution(id, { loadWorkflow });
		return await stage.api.waitForExecution(retried.id, TIMEOUT_MS);
	}

	/** How many creates of each prompt have arrived. */
	function creates(): number[] {
		const sent = stage.simulator.requests().filter(({ operation }) => operation === 'create');
		return SIX.map((prompt) => sent.filter(({ promptText }) => promptText === prompt).length);
	}

	/** The id of the one task of each prompt. */
	function taskIds(): Array<string | undefined> {
		const tasks = stage.simulator.tasks();
		return SIX.map((prompt) => tasks.find(({ promptText }) => promptText === prompt)?.id);
	}
});
