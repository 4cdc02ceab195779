import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { errorOf } from '../../tools/n8n';
import { Stage } from './stage';
import { manualTrigger, sequence, transformNode, waitNode } from './workflows';

/** Far below any budget or timeout of the nodes. */
const AT_ONCE_MS = 15_000;

describe("a Base URL that n8n's own protection against request forgery blocks", () => {
	let stage: Stage;
	before(async () => {
		stage = await Stage.open({}, { env: { N8N_SSRF_PROTECTION_ENABLED: 'true' } });
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
});
