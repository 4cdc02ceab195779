import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { errorOf, withCredential } from '../../tools/n8n';
import { DEFAULT_API_KEY } from '../../tools/simulator';
import { Stage } from './stage';
import { manualTrigger, sequence, transformNode, waitInProcess, waitNode } from './workflows';

/** Far below any budget or timeout of the nodes. */
const AT_ONCE_MS = 15_000;

describe("a Base URL that n8n's own protection against request forgery blocks", () => {
	let stage: Stage;
	before(async () => {
		const env = { N8N_SSRF_PROTECTION_ENABLED: 'true', N8N_SSRF_ALLOWED_HOSTNAMES: 'localhost' };
		stage = await Stage.open({ speed: 1_000 }, { env });
	});

	const start = { ...manualTrigger };
	for (const [what, node] of [
		['a create', transformNode({ promptText: 'Make it snow' })],
		['a wait', waitNode({ taskId: 'task-1' })],
	] as const) {
		it(`was never asked: ${what} says so at once, and is not uncertain`, async () => {
			const startedAt = Date.now();
			const execution = await stage.run(sequence('Blocked', [start, node]));
			assert.equal(execution.status, 'error');
			assert.match(String(errorOf(execution)), /n8n's own protection does not allow the address/);
			assert.doesNotMatch(JSON.stringify(execution), /may have been accepted/);
			assert.ok(Date.now() - startedAt < AT_ONCE_MS);
			assert.deepEqual(stage.simulator.requests(), []);
		});
	}

	it('is one thing, where outputs lie another: a download is blocked as well, and keeps the URL', async () => {
		const { api, simulator } = stage;
		const baseUrl = simulator.baseUrl.replace('127.0.0.1', 'localhost');
		const credential = await api.createCredential({ apiKey: DEFAULT_API_KEY, baseUrl });
		const nodes = [
			start,
			transformNode({ promptText: 'Make it snow' }),
			waitInProcess({ download: true }),
		];
		const workflow = withCredential(sequence('Blocked output', nodes), credential);
		const execution = await stage.execute(await api.createWorkflow(workflow));
		assert.match(
			String(errorOf(execution)),
			/was not downloaded: n8n's own protection does not allow its address/,
		);
		assert.ok(JSON.stringify(execution).includes(`${simulator.outputBaseUrl}/`));
		assert.equal(simulator.stats().tasksAccepted, 1);
		assert.equal(simulator.stats().downloads, 0);
	});
});
