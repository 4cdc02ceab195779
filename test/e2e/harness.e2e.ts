import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import type { Simulator } from '../../tools/simulator';
import {
	errorOf,
	itemsOf,
	jsonOf,
	type N8n,
	N8nApi,
	runsOf,
	startN8n,
	type StoredCredential,
	withCredential,
} from '../../tools/n8n';
import { Stage } from './stage';
import { chain, manualTrigger, node, transform, wait, webhook } from './workflows';

const TIMEOUT_MS = 30_000;
const EXAMPLES = resolve(__dirname, '..', '..', 'examples');
describe('the harness', () => {
	let simulator: Simulator;
	let n8n: N8n;
	let api: N8nApi;
	let credential: StoredCredential;

	before(async () => {
		({ simulator, n8n, api, credential } = await Stage.open(
			{ speed: 20 },
			{ env: { GENERIC_TIMEZONE: 'UTC' } },
		));
	});

	it('runs two n8n side by side, each with its own data', async () => {
		const other = await startN8n();
		const otherApi = await N8nApi.connect(other);
		assert.notEqual(other.port, n8n.port);
		assert.deepEqual(await otherApi.listCredentials(), []);
		assert.equal((await api.listCredentials()).length, 1);
		await other.stop();
		assert.ok(n8n.isRunning);
	});

	it('imports an example, runs it by hand, and reads and writes files', async () => {
		await copyFile(join(EXAMPLES, 'media', 'source.mp4'), join(n8n.filesFolder, 'clip.mp4'));
		const workflow = await api.importWorkflow(join(EXAMPLES, 'transform-a-clip.json'), (json) => {
			const here = JSON.stringify(json).replaceAll('/home/node/.n8n-files', n8n.filesFolder);
			return withCredential(JSON.parse(here), credential);
		});
		const execution = await api.waitForExecution(await api.run(workflow), TIMEOUT_MS);
		assert.equal(execution.status, 'success', errorOf(execution));
		const [{ binary }] = itemsOf(execution, 'Write the result');
		const video = await api.binaryData(binary!.data.id!);
		assert.equal(video.subarray(4, 8).toString(), 'ftyp');
		await api.deleteWorkflow(workflow);
		await assert.rejects(api.getExecution(execution.id), /Execution not found|no execution/);
	});

	it('stops an execution', async () => {
		simulator.useScenario({ runningMs: 3_600_000 });
		const workflow = await api.createWorkflow(
			withCredential(
				chain('Stopped', [manualTrigger, transform({ promptText: 'Make it snow' }), wait()]),
				credential,
			),
		);
		const id = await api.run(workflow);
		await api.waitForExecution(id, TIMEOUT_MS, 'running');
		await api.stopExecution(id);
		assert.equal((await api.waitForExecution(id, TIMEOUT_MS)).status, 'canceled');
		simulator.useScenario({});
	});

	it('retries an execution, as it was and as it is saved now', async () => {
		const stopNode = node('Stop', 'n8n-nodes-base.stopAndError', 1, { errorMessage: 'as it was' });
		const workflow = await api.createWorkflow(chain('Retried', [manualTrigger, stopNode]));
		const failed = await api.waitForExecution(await api.run(workflow), TIMEOUT_MS, 'error');
		assert.equal(errorOf(failed), 'as it was');

		const nodes = [manualTrigger, { ...stopNode, parameters: { errorMessage: 'as it is now' } }];
		await api.updateWorkflow(workflow, { nodes });
		for (const [loadWorkflow, message] of [
			[false, 'as it was'],
			[true, 'as it is now'],
		] as const) {
			const { id, retryOf } = await api.retryExecution(failed.id, { loadWorkflow });
			assert.equal(retryOf, failed.id);
			assert.equal(errorOf(await api.getExecution(id)), message);
		}
		assert.equal((await api.listExecutions({ retryOf: failed.id })).length, 2);
		await api.deleteExecutions(failed.id);
		assert.equal((await api.listExecutions({ workflowId: workflow.id })).length, 2);
	});

	it('starts an active workflow on a schedule, until it is deactivated', async () => {
		const rule = { interval: [{ field: 'seconds', secondsInterval: 1 }] };
		const schedule = node('Every second', 'n8n-nodes-base.scheduleTrigger', 1.3, { rule });
		const set = node('Code', 'n8n-nodes-base.code', 2, {
			jsCode: 'return [{ json: { answer: 6 * 7 } }];',
		});
		const workflow = await api.createWorkflow(chain('Scheduled', [schedule, set]));
		await api.activate(workflow);
		const [{ id }] = await api.waitForExecutions(
			{ workflowId: workflow.id, status: ['success'] },
			1,
			TIMEOUT_MS,
		);
		const execution = await api.getExecution(id);
		assert.equal(runsOf(execution, 'Code').length, 1);
		assert.deepEqual(jsonOf(execution, 'Code'), [{ answer: 42 }]);
		await n8n.restart();
		const afterLogin = await N8nApi.connect(n8n);
		assert.equal((await afterLogin.listCredentials()).length, 1);
		const known = (await api.listExecutions({ workflowId: workflow.id })).length;
		await api.waitForExecutions(
			{ workflowId: workflow.id, status: ['success'] },
			known + 1,
			TIMEOUT_MS,
		);
		await api.deactivate(workflow);
		assert.equal((await api.getWorkflow(workflow)).active, false);
	});

	it('says what n8n says when it refuses', async () => {
		await assert.rejects(
			api.getWorkflow({ id: 'nothing' }),
			/GET \/rest\/workflows\/nothing answered 404: .*workflow/i,
		);
		const workflow = await api.createWorkflow(chain('No manual trigger', [webhook('x'), wait()]));
		await assert.rejects(api.run(workflow), /no Manual Trigger/);
		await assert.rejects(
			api.run(workflow, 'Webhook'),
			/waits for a call of its test webhook|credential/,
		);
		await assert.rejects(api.activate(workflow), /credential/i);
	});

	it('shows the log when n8n does not start', async () => {
		await assert.rejects(
			startN8n({ port: n8n.port }),
			/n8n ended while it was starting[^]*already in use/,
		);
	});
});
