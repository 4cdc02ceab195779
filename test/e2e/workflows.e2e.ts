import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import type { INodeExecutionData, OnError } from 'n8n-workflow';
import { agentWithRunwayTool, startScriptedModel } from './agent/scriptedModel';
import { itemsOf, jsonOf, n8nMajorVersion } from '../../tools/n8n';
import { Stage } from './stage';
import { chain, itemPerPrompt, manualTrigger, node, transform, wait } from './workflows';

const PROMPTS = ['sunrise', 'spoiled', 'dusk'];
const SETTINGS: OnError[] = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];

describe('our nodes amid n8n’s own', () => {
	let stage: Stage;

	before(async () => (stage = await Stage.open()));
	beforeEach(() => stage.simulator.reset());

	for (const onError of SETTINGS) {
		it(`On Error of Transform: ${onError}`, async () => {
			stage.simulator.addFault({
				on: 'create',
				kind: 'status',
				status: 400,
				message: 'This clip is spoiled',
				promptIncludes: 'spoiled',
			});
			const execution = await stage.run(
				chain('On Error', [manualTrigger, itemPerPrompt(PROMPTS), transform({}, { onError })]),
			);
			const ids = acceptedIds(['sunrise', 'dusk']);
			if (onError === 'stopWorkflow') {
				assert.equal(execution.status, 'error');
				for (const id of ids)
					assert.ok(
						JSON.stringify(execution.data.resultData.error).includes(id),
						'the error names what was paid for',
					);
			} else
				showsEachItem(
					execution.status,
					[0, 1].map((output) => itemsOf(execution, 'CometAPI Runway', output)),
					onError,
					ids,
					/This clip is spoiled/,
				);
		});

		it(`On Error of Wait: ${onError}`, async () => {
			stage.simulator.addRule({
				promptIncludes: 'spoiled',
				scenario: { outcome: 'FAILED', failure: 'The model gave up.' },
			});
			const execution = await stage.run(
				chain('On Error', [
					manualTrigger,
					itemPerPrompt(PROMPTS),
					transform(),
					wait({}, { onError }),
				]),
			);
			const ids = acceptedIds(['sunrise', 'dusk']);
			if (onError === 'stopWorkflow') {
				assert.equal(execution.status, 'error');
				for (const id of ids)
					assert.ok(
						JSON.stringify(execution.data.resultData.error).includes(id),
						'the error names the finished siblings',
					);
			} else
				showsEachItem(
					execution.status,
					[0, 1].map((output) => itemsOf(execution, 'CometAPI Runway Wait', output)),
					onError,
					ids,
					/The model gave up/,
				);
		});
	}

	it('Retry On Fail of Wait asks again, and creates nothing', async () => {
		stage.simulator.addFault({ on: 'read', kind: 'status', status: 400, times: 2 });
		const retrying = wait({}, { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 });
		const execution = await stage.succeed(
			chain('Retry', [manualTrigger, itemPerPrompt(['snow']), transform(), retrying]),
		);
		assert.equal(jsonOf(execution, 'CometAPI Runway Wait')[0].status, 'SUCCEEDED');
		assert.equal(stage.simulator.stats().createsReceived, 1);
		assert.equal(stage.simulator.requests().filter(({ status }) => status === 400).length, 2);
	});

	it('a sub-workflow transforms and waits for the workflow that calls it', async () => {
		const called = node('Called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, {
			inputSource: 'passthrough',
		});
		const sub = await stage.store(chain('Sub-workflow', [called, transform(), wait()]));
		// n8n 1 calls what has been saved, and has nothing to activate in it.
		if (n8nMajorVersion() >= 2) await stage.api.activate(sub);
		const parameters = { workflowId: { __rl: true, mode: 'id', value: sub.id }, options: {} };
		const call = node('Call', 'n8n-nodes-base.executeWorkflow', 1.2, parameters);
		const execution = await stage.succeed(
			chain('Calls', [manualTrigger, itemPerPrompt(['one', 'two']), call]),
		);
		assert.deepEqual(
			jsonOf(execution, 'Call').map(({ taskId, status }) => `${String(taskId)} ${String(status)}`),
			acceptedIds(['one', 'two']).map((id) => `${id} SUCCEEDED`),
		);
	});

	it('Loop Over Items hands small batches on, each prompt submitted once', async () => {
		const prompts = ['1', '2', '3', '4', '5'].map((number) => `clip ${number}`);
		const loop = node('Loop', 'n8n-nodes-base.splitInBatches', 3, { batchSize: 2, options: {} });
		const workflow = chain('Loop', [
			manualTrigger,
			itemPerPrompt(prompts),
			loop,
			transform(),
			wait(),
		]);
		// Output 0 is "done", output 1 "loop".
		workflow.connections.Loop = {
			main: [[], [{ node: 'CometAPI Runway', type: 'main', index: 0 }]],
		};
		workflow.connections['CometAPI Runway Wait'] = {
			main: [[{ node: 'Loop', type: 'main', index: 0 }]],
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
			chain('Creates', [manualTrigger, itemPerPrompt(['snow']), transform()]),
		);
		const pinned = jsonOf(created, 'CometAPI Runway').map((json) => ({ json }));
		const workflow = {
			...chain('Pinned', [manualTrigger, itemPerPrompt(['snow']), transform(), wait()]),
			pinData: { 'CometAPI Runway': pinned },
		};
		const [task] = jsonOf(await stage.succeed(workflow), 'CometAPI Runway Wait');
		assert.equal(task.status, 'SUCCEEDED');
		assert.equal(stage.simulator.stats().createsReceived, 1);
	});

	it('an AI Agent calls Transform as its tool, with a prompt of its own', async () => {
		const model = await startScriptedModel({ prompt: 'Heavy snow' });
		const credential = await stage.api.createCredentialOf('openAiApi', 'Model', {
			apiKey: 'sk-model',
			url: model.url,
		});
		const execution = await stage.succeed(agentWithRunwayTool(credential));
		const [{ id, promptText }] = stage.simulator.tasks();
		assert.equal(promptText, 'Heavy snow');
		assert.deepEqual(Object.keys(model.requests[0].tools![0].function.parameters.properties), [
			'prompt',
		]);
		assert.ok(
			String(jsonOf(execution, 'AI Agent')[0].output).includes(id),
			'the model has been told the task id',
		);
		assert.equal(stage.simulator.stats().createsReceived, 1);
	});

	/** The ids of the tasks with these prompts, in this order; each was submitted once. */
	function acceptedIds(prompts: string[]): string[] {
		return prompts.map((prompt) => {
			const tasks = stage.simulator.tasks().filter(({ promptText }) => promptText === prompt);
			assert.equal(tasks.length, 1, prompt);
			return tasks[0].id;
		});
	}
});

/** Three items came in, and the one in the middle failed. */
function showsEachItem(
	status: string,
	[regular, errors]: INodeExecutionData[][],
	onError: OnError,
	[first, last]: string[],
	message: RegExp,
): void {
	assert.equal(status, 'success');
	const [failed] = onError === 'continueRegularOutput' ? regular.splice(1, 1) : errors;
	assert.deepEqual(
		regular.map(({ json }) => json.taskId),
		[first, last],
	);
	assert.deepEqual(
		regular.map(({ pairedItem }) => pairedItem),
		[{ item: 0 }, { item: 2 }],
	);
	assert.match(JSON.stringify(failed.json.error), message);
}
