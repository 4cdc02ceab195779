import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { jsonOf, waitFor } from '../../../tools/n8n';
import { triggerWorkflow } from '../durable/workflows';
import { startSink } from '../sink';
import { TIMEOUT_MS } from '../stage';
import { itemPerPrompt, manualTrigger, sequence, SUBMIT, transformNode } from '../workflows';
import type { Ground } from './ways';

const ACTIVATIONS = 4;
/** From the activation, which polls at once, until whatever it starts has arrived. */
const SETTLE_MS = 1_500;

/** The trigger on three finished tasks, published again and again. */
export async function firesOnce({ stage }: Ground): Promise<void> {
	const sink = await startSink();
	const prompts = itemPerPrompt(['a', 'b', 'c'].map((name) => `[sim:quick] ${name}`));
	const created = await stage.succeed(sequence('Three', [manualTrigger, prompts, transformNode()]));
	const ids = jsonOf(created, SUBMIT).map(({ taskId }) => String(taskId));
	const stored = await stage.store(triggerWorkflow('watch', ids, sink.baseUrl));
	for (let round = 0; round < ACTIVATIONS; round++) {
		await stage.api.activate(stored);
		await waitFor(() => sink.arrivals.length >= ids.length, TIMEOUT_MS, 'the executions');
		await sleep(SETTLE_MS);
		await stage.api.deactivate(stored);
	}
	assert.deepEqual(sink.arrivals.map(({ taskId }) => taskId).sort(), [...ids].sort());
}
