import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
	isPortFree,
	isRunning,
	jsonOf,
	N8nApi,
	n8nMajorVersion,
	N8nRequestError,
	startN8n,
} from '../../tools/n8n';
import { startSink } from './sink';
import { Stage } from './stage';
import { startStrictServer, throwComplaints } from './strictServer';
import { sequence, manualTrigger, node, waitNode, webhook } from './workflows';

const failing = node('Fail', 'n8n-nodes-base.stopAndError', 1, { errorMessage: 'on purpose' });

/** Whatever fails must not pass for a success: the other suites rest on it. */
describe('the means of the other suites', () => {
	let stage: Stage;

	before(async () => {
		stage = await Stage.open();
	});

	it('fail with what n8n says when it refuses', async () => {
		const { api } = stage;
		await assert.rejects(
			api.getWorkflow({ id: 'nothing' }),
			(error) =>
				error instanceof N8nRequestError && /answered 404: .*workflow/i.test(error.message),
		);
		const workflow = await api.createWorkflow(sequence('Incomplete', [webhook('x'), waitNode()]));
		await assert.rejects(api.run(workflow), /no Manual Trigger/);
		await assert.rejects(api.activate(workflow), /credential/i);
	});

	it('fail when n8n answers something else than is expected', async () => {
		const baseUrl = await startStrictServer((server) =>
			server.get('/rest/settings', async () => ({ data: { userManagement: {} } })),
		);
		await assert.rejects(N8nApi.connect({ baseUrl }), /another answer.*showSetupOnFirstLoad/s);
	});

	it('fail with the error of a workflow that was to succeed, and when asked for a node that is not there', async () => {
		const workflow = sequence('Fails', [manualTrigger, failing]);
		await assert.rejects(stage.succeed(workflow), /on purpose/);
		const execution = await stage.run(workflow);
		assert.deepEqual(jsonOf(execution, failing.name), []);
		assert.throws(() => jsonOf(execution, 'Fial'), /no node "Fial"/);
	});

	it('fail when a server of a test gets what it does not expect', async () => {
		const { baseUrl, arrivals } = await startSink();
		const send = async (path: string, body: object) =>
			await fetch(baseUrl + path, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			});
		await send('/batch/succeeded', { taskId: null });
		assert.throws(throwComplaints, /POST \/batch\/succeeded: .*taskId/s);
		await send('/elsewhere', {});
		assert.throws(throwComplaints, /nothing is expected at POST \/elsewhere/);
		assert.deepEqual(arrivals, []);
	});

	it('fail when n8n does not start, with its log', async () => {
		await assert.rejects(
			startN8n({ port: stage.n8n.port }),
			/n8n \S+ ended while it was starting[^]*already in use/,
		);
	});

	it('kill n8n with its task runner, and leave no process and no open port behind', async () => {
		const { n8n } = stage;
		const killed = n8n.pids();
		// n8n 1 has no task runner unless it is asked for.
		assert.ok(killed.length >= (n8nMajorVersion() < 2 ? 1 : 2), 'n8n and its task runner');
		await n8n.kill();
		assert.deepEqual(killed.filter(isRunning), []);

		await n8n.start();
		const stopped = n8n.pids();
		await n8n.stop();
		assert.deepEqual(stopped.filter(isRunning), []);
		assert.ok(await isPortFree(n8n.port));
	});
});
