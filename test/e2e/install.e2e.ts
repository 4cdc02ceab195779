import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { before, describe, it } from 'node:test';
import manifest from '../../package.json';
import { DEFAULT_API_KEY, type Simulator } from '../../tools/simulator';
import {
	closeWithSuite,
	CREDENTIAL_TYPE,
	type CredentialInput,
	freePort,
	isPortFree,
	isRunning,
	jsonOf,
	type N8n,
	N8nApi,
	n8nMajorVersion,
	type StoredCredential,
	type StoredWorkflow,
	withCredential,
} from '../../tools/n8n';
import { Stage } from './stage';
import { transformOnWebhook } from './workflows';

const WEBHOOK = 'transform';
const SOURCE = 'https://media.example.com/clip.mp4';
const TIMEOUT_MS = 60_000;

describe('the package in a real n8n', () => {
	let simulator: Simulator;
	let n8n: N8n;
	let api: N8nApi;
	let credential: StoredCredential;
	let workflow: StoredWorkflow;

	before(async () => {
		({ simulator, n8n, api, credential } = await Stage.open());
	});

	it('offers its nodes', async () => {
		const offered = (await api.nodeTypes()).map(({ name }) => name);
		const published = manifest.n8n.nodes.map((file) => basename(file, '.node.js'));
		for (const name of [...published, 'CometApiRunwayTool', 'CometApiRunwayWaitTool']) {
			assert.ok(
				offered.includes(`${manifest.name}.${name[0].toLowerCase()}${name.slice(1)}`),
				`${name} is offered`,
			);
		}
	});

	it('offers its credential', async () => {
		const type = (await api.credentialTypes()).find(({ name }) => name === CREDENTIAL_TYPE);
		assert.deepEqual(type?.properties.map(({ name }) => name).slice(0, 2), ['apiKey', 'baseUrl']);
	});

	it('tests the credential: a good key', async () => {
		assert.equal((await api.testCredential(credential)).status, 'OK');
		assert.deepEqual(
			simulator.requests().map(({ method, path }) => `${method} ${path}`),
			['GET /v1/models'],
		);
	});

	it('tests the credential: what is wrong is said so that a person understands', async () => {
		const page = createServer((_request, response) =>
			response.setHeader('content-type', 'text/html').end('<h1>Welcome</h1>'),
		);
		await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
		closeWithSuite({ close: async () => page.close() });
		const wrong: Array<[string, CredentialInput, RegExp]> = [
			['key', { apiKey: 'sk-wrong', baseUrl: simulator.baseUrl }, /did not accept the API key/],
			[
				'path',
				{ apiKey: DEFAULT_API_KEY, baseUrl: `${simulator.baseUrl}/runwayml` },
				/Base URL does not lead to CometAPI/,
			],
			[
				'web page',
				{
					apiKey: DEFAULT_API_KEY,
					baseUrl: `http://127.0.0.1:${(page.address() as AddressInfo).port}`,
				},
				/Base URL does not lead to CometAPI/,
			],
			[
				'dead host',
				{ apiKey: DEFAULT_API_KEY, baseUrl: `http://127.0.0.1:${await freePort()}` },
				/could not be reached/,
			],
			[
				'unknown host',
				{ apiKey: DEFAULT_API_KEY, baseUrl: 'https://nobody.invalid' },
				/could not be reached/,
			],
		];
		for (const [name, input, expected] of wrong) {
			const stored = await api.createCredential({ name, ...input });
			const { status, message } = await api.testCredential(stored);
			assert.equal(status, 'Error', name);
			assert.match(message, expected, name);
			await api.deleteCredential(stored);
		}
	});

	it('transforms a clip and waits for it, started by a webhook', async () => {
		workflow = await api.createWorkflow(withCredential(transformOnWebhook(WEBHOOK), credential));
		await api.activate(workflow);
		await transformsAClip();
	});

	it('keeps workflows, credentials and executions when it is killed', async () => {
		const killed = n8n.pids();
		assert.ok(
			killed.length >= (n8nMajorVersion() < 2 ? 1 : 2),
			'n8n and its task runner, which n8n 1 does not start by default',
		);
		await n8n.kill('SIGKILL');
		assert.deepEqual(killed.filter(isRunning), []);
		await n8n.start();

		assert.equal(
			(await api.listExecutions({ workflowId: workflow.id, status: ['success'] })).length,
			1,
		);
		assert.ok((await api.getWorkflow(workflow)).active);
		assert.equal((await api.testCredential(credential)).status, 'OK');
		await transformsAClip();
	});

	it('leaves no process and no open port behind', async () => {
		const pids = n8n.pids();
		await n8n.stop();
		assert.deepEqual(pids.filter(isRunning), []);
		assert.ok(await isPortFree(n8n.port), 'n8n’s port is free');
	});

	async function transformsAClip(): Promise<void> {
		const before = simulator.tasks().length;
		const known = (await api.listExecutions({ workflowId: workflow.id })).length;
		const answer = await api.callWebhook(WEBHOOK, { videoUrl: SOURCE });
		assert.deepEqual(answer, { status: 200, body: { message: 'Workflow was started' } });
		const [{ id }] = await api.waitForExecutions(
			{ workflowId: workflow.id },
			known + 1,
			TIMEOUT_MS,
		);
		const execution = await api.waitForExecution(id, TIMEOUT_MS);
		assert.equal(execution.status, 'success', JSON.stringify(execution.data.resultData.error));

		const tasks = simulator.tasks().slice(before);
		assert.equal(tasks.length, 1, 'one task was created');
		const [submitted] = jsonOf(execution, 'CometAPI Runway');
		const [finished] = jsonOf(execution, 'CometAPI Runway Wait');
		assert.equal(submitted.status, 'PENDING');
		assert.equal(finished.taskId, submitted.taskId);
		assert.equal(finished.status, 'SUCCEEDED');
		assert.ok(String(finished.outputUrl).startsWith(simulator.outputBaseUrl));
	}
});
