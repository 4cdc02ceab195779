import {
	addNodes,
	chain,
	connect,
	disposeEngine,
	editFields,
	items,
	type NodeJson,
	probe,
	resumeWorkflow,
	runWorkflow,
	startWorkflow,
	trigger,
} from '../../tools/engine';

const probeNode: NodeJson = { name: 'Probe', type: 'test.probe' };

afterAll(disposeEngine);

describe('trying again', () => {
	test('Retry On Fail runs the node again until it succeeds', async () => {
		let tries = 0;
		const flaky = probe(async function () {
			tries += 1;
			if (tries < 3) throw new Error('not yet');
			return [items({ tries })];
		});
		const node = { ...probeNode, retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
		const run = await runWorkflow(chain(trigger, node), { extraNodes: { 'test.probe': flaky } });
		expect(run.json('Probe')).toEqual([{ tries: 3 }]);
	});

	test('Retry execution starts at the failed node with its input and its context', async () => {
		let healthy = false;
		const counting = probe(async function () {
			const context = this.getContext('node');
			context.runs = ((context.runs as number | undefined) ?? 0) + 1;
			if (!healthy) throw new Error('down');
			return [items({ runs: context.runs, input: this.getInputData()[0].json.n })];
		});
		const workflow = chain(trigger, probeNode, editFields('After', '={{ $json }}'));
		const options = { extraNodes: { 'test.probe': counting }, input: items({ n: 7 }) };
		const failed = await runWorkflow(workflow, options);
		expect(failed.status).toBe('error');
		healthy = true;
		const retried = await runWorkflow(workflow, { ...options, retryOf: failed });
		expect(retried.status).toBe('success');
		expect(retried.run.mode).toBe('retry');
		expect(retried.json('After')).toEqual([{ runs: 2, input: 7 }]);
		expect(retried.nodesRun).toEqual(['Start#0', 'Probe#0', 'After#0']);
		expect(failed.status).toBe('error');
	});
});

describe('suspending and stopping', () => {
	/** Suspends as long as its context counts below two, then finishes on output 1. */
	const waiting = probe(
		async function () {
			const context = this.getContext('node');
			const checks = ((context.checks as number | undefined) ?? 0) + 1;
			context.checks = checks;
			if (checks > 2) return [[], items({ checks })];
			await this.putExecutionToWait(new Date(Date.now() + 3_600_000));
			return [this.getInputData()];
		},
		{ outputs: ['main', 'main'] },
	);

	test('a suspended node is not run again on resume: its input goes through output 0', async () => {
		const workflow = chain(trigger, probeNode, editFields('After', '={{ $json }}'));
		const options = { extraNodes: { 'test.probe': waiting }, input: items({ n: 1 }) };
		const suspended = await runWorkflow(workflow, options);
		expect(suspended.status).toBe('waiting');
		expect(suspended.run.waitTill?.getTime()).toBeGreaterThan(Date.now());
		expect(suspended.nodesRun).toEqual(['Start#0', 'Probe#0']);
		const resumed = await resumeWorkflow(suspended);
		expect(resumed.status).toBe('success');
		expect(resumed.executionId).toBe(suspended.executionId);
		expect(resumed.json('After')).toEqual([{ n: 1 }]);
		await expect(resumeWorkflow(resumed)).rejects.toThrow('cannot be resumed');
	});

	test('a loop through a suspending node goes round until the node leaves it', async () => {
		const workflow = addNodes(chain(trigger, probeNode), editFields('Done', '={{ $json }}'));
		connect(workflow, 'Probe', 0, 'Probe');
		connect(workflow, 'Probe', 1, 'Done');
		let run = await runWorkflow(workflow, { extraNodes: { 'test.probe': waiting } });
		let resumes = 0;
		for (; run.status === 'waiting'; resumes++) run = await resumeWorkflow(run);
		expect(resumes).toBe(2);
		expect(run.json('Done')).toEqual([{ checks: 3 }]);
	});

	test('Stop aborts the signal of the running node and ends the run as canceled', async () => {
		let isRunning: () => void;
		const running = new Promise<void>((resolve) => (isRunning = resolve));
		const sleeping = probe(async function () {
			isRunning();
			const signal = this.getExecutionCancelSignal();
			await new Promise((aborted) => signal?.addEventListener('abort', aborted));
			return [this.getInputData()];
		});
		const workflow = chain(trigger, probeNode, editFields('After', '={{ {} }}'));
		const started = startWorkflow(workflow, { extraNodes: { 'test.probe': sleeping } });
		await running;
		started.cancel();
		const run = await started.finished;
		expect(run.status).toBe('canceled');
		expect(run.output('After')).toEqual([]);
	});

	test('Stop pressed before the engine has begun keeps every node from running', async () => {
		const started = startWorkflow(chain(trigger, editFields('A', '={{ {} }}')));
		started.cancel();
		expect((await started.finished).status).toBe('canceled');
	});
});
