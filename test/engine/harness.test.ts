import { z } from 'zod';
import {
	chain,
	disposeEngine,
	editFields,
	items,
	type NodeJson,
	probe,
	resumeWorkflow,
	runWorkflow,
	trigger,
} from '../../tools/engine';

/*
 * What engine tests rely on without a look at it, and would pass by mistake without. The rest of the harness shows in
 * the tests that use it.
 */

const probeNode: NodeJson = { name: 'Probe', type: 'test.probe' };
const context = z.object({ runs: z.number().default(0) });

afterAll(disposeEngine);

test('an unknown node type and a node that is not in the workflow are errors, not empty results', async () => {
	await expect(runWorkflow(chain(trigger, probeNode))).rejects.toThrow('"test.probe"');
	const run = await runWorkflow(chain(trigger));
	expect(() => run.output('Nowhere')).toThrow('"Nowhere"');
});

test('Retry execution starts at the failed node, with its input and what was stored of its context', async () => {
	let healthy = false;
	const inMemory: object[] = [];
	const counting = probe(async function () {
		const stored = this.getContext('node');
		inMemory.push(stored);
		const runs = context.parse(stored).runs + 1;
		Object.assign(stored, { runs });
		if (!healthy) throw new Error('down');
		return [items({ runs, input: this.getInputData()[0].json.n })];
	});
	const workflow = chain(trigger, probeNode, editFields('After', '={{ $json }}'));
	const options = { extraNodes: { 'test.probe': counting }, input: items({ n: 7 }) };
	const failed = await runWorkflow(workflow, options);
	expect(failed.status).toBe('error');
	healthy = true;
	const retried = await runWorkflow(workflow, {
		...options,
		input: items({ n: 8 }),
		retryOf: failed,
	});

	expect(retried.run.mode).toBe('retry');
	expect(retried.json('After')).toEqual([{ runs: 2, input: 7 }]);
	expect(inMemory[1]).not.toBe(inMemory[0]);
});

test('a suspended node is not run again on resume: its input goes through output 0', async () => {
	const waiting = probe(async function () {
		await this.putExecutionToWait(new Date(Date.now() + 3_600_000));
		return [items({ lost: true })];
	});
	const workflow = chain(trigger, probeNode, editFields('After', '={{ $json }}'));
	const suspended = await runWorkflow(workflow, {
		extraNodes: { 'test.probe': waiting },
		input: items({ n: 1 }),
	});
	expect(suspended.status).toBe('waiting');
	expect(suspended.nodesRun).toEqual(['Start#0', 'Probe#0']);
	const resumed = await resumeWorkflow(suspended);

	expect(resumed.status).toBe('success');
	expect(resumed.json('After')).toEqual([{ n: 1 }]);
	await expect(resumeWorkflow(resumed)).rejects.toThrow('cannot be resumed');
});
