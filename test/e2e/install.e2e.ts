import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { errorOf, jsonOf } from '../../tools/n8n';
import { Stage, TIMEOUT_MS } from './stage';
import { SUBMIT, transformOnWebhook, WAIT, waitInProcess } from './workflows';

describe('the package in a real n8n', () => {
	let stage: Stage;

	before(async () => {
		stage = await Stage.open();
	});

	it('passes a good credential under its Test button, and says what is wrong with another', async () => {
		const { api, credential, simulator } = stage;
		assert.equal((await api.testCredential(credential)).status, 'OK');
		const { baseUrl } = simulator;
		const wrong = await api.createCredential({ name: 'wrong', apiKey: 'sk-wrong', baseUrl });
		const { status, message } = await api.testCredential(wrong);
		assert.equal(status, 'Error');
		assert.match(message, /did not accept the API key/);
	});

	it('transforms a clip and waits for it, started by a webhook', async () => {
		const { api, simulator } = stage;
		const workflow = await stage.store(transformOnWebhook('transform', waitInProcess()));
		await api.activate(workflow);
		const answer = await api.callWebhook('transform', {
			videoUrl: 'https://media.example.com/clip.mp4',
		});
		assert.equal(answer.status, 200);
		const [{ id }] = await api.waitForExecutions({ workflowId: workflow.id }, 1, TIMEOUT_MS);
		const execution = await api.waitForExecution(id, TIMEOUT_MS);

		assert.equal(execution.status, 'success', errorOf(execution));
		const [{ id: taskId }, ...more] = simulator.tasks();
		assert.deepEqual(more, []);
		const [submitted] = jsonOf(execution, SUBMIT);
		assert.deepEqual([submitted.taskId, submitted.status], [taskId, 'PENDING']);
		const [finished] = jsonOf(execution, WAIT);
		assert.deepEqual([finished.taskId, finished.status], [taskId, 'SUCCEEDED']);
		assert.ok(String(finished.outputUrl).startsWith(simulator.outputBaseUrl));
	});
});
