import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import { agentTests } from './agent/agentTests';
import { agentVersions } from './agent/scriptedModel';
import { jsonOf, n8nMajorVersion } from '../../tools/n8n';
import { Stage } from './stage';
import {
	sequence,
	itemPerPrompt,
	manualTrigger,
	node,
	SUBMIT,
	to,
	transformNode,
	WAIT,
	waitInProcess,
} from './workflows';

describe('our nodes amid n8n’s own', () => {
	let stage: Stage;

	before(async () => (stage = await Stage.open()));
	beforeEach(() => stage.simulator.reset());

	it('a sub-workflow transforms and waits for the workflow that calls it', async () => {
		const called = node('Called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, {
			inputSource: 'passthrough',
		});
		const sub = await stage.store(
			sequence('Sub-workflow', [called, transformNode(), waitInProcess()]),
		);
		// n8n 1 calls what has been saved, and has nothing to activate in it.
		if (n8nMajorVersion() >= 2) await stage.api.activate(sub);
		const parameters = { workflowId: { __rl: true, mode: 'id', value: sub.id }, options: {} };
		const call = node('Call', 'n8n-nodes-base.executeWorkflow', 1.2, parameters);
		const execution = await stage.succeed(
			sequence('Calls', [manualTrigger, itemPerPrompt(['one', 'two']), call]),
		);
		assert.deepEqual(
			jsonOf(execution, 'Call').map(({ taskId, status }) => `${String(taskId)} ${String(status)}`),
			acceptedIds(['one', 'two']).map((id) => `${id} SUCCEEDED`),
		);
	});

	it('Loop Over Items hands small batches on, each prompt submitted once', async () => {
		const prompts = ['1', '2', '3', '4', '5'].map((number) => `clip ${number}`);
		const loop = node('Loop', 'n8n-nodes-base.splitInBatches', 3, { batchSize: 2, options: {} });
		const workflow = sequence('Loop', [
			manualTrigger,
			itemPerPrompt(prompts),
			loop,
			transformNode(),
			waitInProcess(),
		]);
		// Output 0 is "done", output 1 "loop".
		workflow.connections.Loop = {
			main: [[], to(SUBMIT)],
		};
		workflow.connections[WAIT] = {
			main: [to('Loop')],
		};
		const execution = await stage.succeed(workflow);
		assert.deepEqual(
			jsonOf(execution, 'Loop').map(({ taskId }) => taskId),
			acceptedIds(prompts),
		);
		assert.equal(stage.simulator.stats().createsReceived, prompts.length);
	});

	it('pinned data stands in for Transform, and nothing is submitted', async () => {
		const created = await stage.succeed(
			sequence('Creates', [manualTrigger, itemPerPrompt(['snow']), transformNode()]),
		);
		const pinned = jsonOf(created, SUBMIT).map((json) => ({ json }));
		const workflow = {
			...sequence('Pinned', [
				manualTrigger,
				itemPerPrompt(['snow']),
				transformNode(),
				waitInProcess(),
			]),
			pinData: { [SUBMIT]: pinned },
		};
		const [task] = jsonOf(await stage.succeed(workflow), WAIT);
		assert.equal(task.status, 'SUCCEEDED');
		assert.equal(stage.simulator.stats().createsReceived, 1);
	});

	for (const version of agentVersions()) {
		describe(`an AI Agent (version ${version})`, () => agentTests(version, () => stage));
	}

	/** The ids of the tasks with these prompts, in this order; each was submitted once. */
	function acceptedIds(prompts: string[]): string[] {
		return prompts.map((prompt) => {
			const tasks = stage.simulator.tasks().filter(({ promptText }) => promptText === prompt);
			assert.equal(tasks.length, 1, prompt);
			return tasks[0].id;
		});
	}
});
