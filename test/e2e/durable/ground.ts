import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	type ExecutionSummary,
	type N8n,
	N8nApi,
	type N8nOptions,
	type StoredWorkflow,
	waitFor,
} from '../../../tools/n8n';
import type { Arrival, Sink } from '../sink';
import { startSink } from '../sink';
import { Stage } from '../stage';
import { type Batch, batchWorkflow, promptsOf } from './workflows';

/** For whatever a batch may be waited for. */
export const TIMEOUT_MS = 12 * 60_000;

/** From asking how things stand to the kill, on a busy machine. */
const KILL_TAKES_MS = 3_000;

/** Minutes pass between what is looked for here. */
const POLL_MS = 1_000;

/** Were anything to come twice, it would come within this time. */
const SETTLE_MS = 5_000;

/** n8n's own, which the other suites shorten: so many seconds a deploy waits for executions that are active. */
export const GRACEFUL_SHUTDOWN = { N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '30' };

/** A batch that was started, and the id of its execution. */
export interface Started {
	batch: Batch;
	workflow: StoredWorkflow;
	id: string;
}

/** What becomes of each item, in the order of the batch: how often its task was created, its output arrived. */
export interface Counts {
	creates: number[];
	outputs: number[];
}

/** What the suite plays on: an n8n, a simulator that lives in real time, and a sink for what workflows hand on. */
export class Ground {
	private constructor(
		readonly stage: Stage,
		readonly sink: Sink,
	) {}

	static async open(options: N8nOptions = {}): Promise<Ground> {
		const env = { ...GRACEFUL_SHUTDOWN, ...options.env };
		return new Ground(await Stage.open({}, { ...options, env }), await startSink());
	}

	/** The same, on another n8n that has taken over the user folder. */
	async moveTo(n8n: N8n): Promise<Ground> {
		const stage = await Stage.on(this.stage.simulator, n8n, await N8nApi.connect(n8n));
		return new Ground(stage, this.sink);
	}

	/** Saves the batch's workflow, and tells the simulator how its tasks live. */
	private async store(batch: Batch): Promise<StoredWorkflow> {
		for (const [index, promptIncludes] of promptsOf(batch).entries()) {
			const outcome = index === batch.failing ? ('FAILED' as const) : ('SUCCEEDED' as const);
			const runningMs = 1_000 * batch.seconds[index];
			const createMs = 1_000 * (batch.createSeconds ?? 0);
			const scenario = { createMs, pendingMs: 0, runningMs, outcome };
			this.stage.simulator.addRule({ promptIncludes, scenario });
		}
		return await this.stage.store(batchWorkflow(batch, this.sink.baseUrl));
	}

	/** Stores the batches, activates those that a webhook starts, and then starts all at once. */
	async start(batches: Batch[]): Promise<Started[]> {
		const workflows: Array<[Batch, StoredWorkflow]> = [];
		for (const batch of batches) workflows.push([batch, await this.storeActive(batch)]);
		return await Promise.all(workflows.map(async (each) => await this.call(...each)));
	}

	async storeActive(batch: Batch): Promise<StoredWorkflow> {
		const workflow = await this.store(batch);
		if (!batch.byHand) await this.stage.api.activate(workflow);
		return workflow;
	}

	/** Starts a batch that is stored, and active. */
	async call(batch: Batch, workflow: StoredWorkflow): Promise<Started> {
		const { api } = this.stage;
		if (batch.byHand) return { batch, workflow, id: await api.run(workflow) };
		await api.callWebhook(batch.name);
		const [{ id }] = await api.waitForExecutions({ workflowId: workflow.id }, 1, TIMEOUT_MS);
		return { batch, workflow, id };
	}

	async unfinished(): Promise<ExecutionSummary[]> {
		const status = ['new' as const, 'running' as const, 'waiting' as const, 'unknown' as const];
		return await this.stage.api.listExecutions({ status });
	}

	/** Until no execution is active, nor will be in the next seconds: all that are unfinished are suspended. */
	async allSuspended(): Promise<void> {
		const isSuspended = ({ status, waitTill }: ExecutionSummary) =>
			status === 'waiting' && Date.parse(String(waitTill)) > Date.now() + KILL_TAKES_MS;
		await waitFor(
			async () => (await this.unfinished()).every(isSuspended),
			TIMEOUT_MS,
			'all executions to be suspended',
			POLL_MS,
		);
	}

	/** @throws when an execution has ended: what is done to it from now on would show nothing */
	async assertUnfinished(started: Started[]): Promise<void> {
		const unfinished = new Set((await this.unfinished()).map(({ id }) => id));
		for (const { id, batch } of started)
			assert.ok(unfinished.has(id), `${batch.name} has ended too soon: the machine is too slow`);
	}

	/** Until no execution is left, however it ended, and nothing more comes. */
	async allEnded(): Promise<void> {
		await waitFor(
			async () => (await this.unfinished()).length === 0,
			TIMEOUT_MS,
			'all executions to end',
			POLL_MS,
		);
		await sleep(SETTLE_MS);
	}

	/** What has arrived from a batch, in the order of its items. */
	arrivalsOf(batch: Batch): Arrival[] {
		const prompts = promptsOf(batch);
		const place = ({ prompt = '' }: Arrival) => prompts.indexOf(prompt);
		return this.sink.arrivals
			.filter(({ workflow }) => workflow === batch.name)
			.sort((one, other) => place(one) - place(other));
	}

	countsOf(batch: Batch): Counts {
		const creates = this.stage.simulator
			.requests()
			.filter(({ operation }) => operation === 'create');
		const arrivals = this.arrivalsOf(batch);
		const count = (of: Array<{ promptText?: string; prompt?: string }>, wanted: string) =>
			of.filter(({ promptText, prompt }) => (promptText ?? prompt) === wanted).length;
		return {
			creates: promptsOf(batch).map((prompt) => count(creates, prompt)),
			outputs: promptsOf(batch).map((prompt) => count(arrivals, prompt)),
		};
	}

	hasDelivered(batch: Batch): boolean {
		return this.countsOf(batch).outputs.every((count) => count > 0);
	}

	/** Every task was created once, and every output has arrived once: by the right way, and with the right prompt. */
	assertEachOnce(batch: Batch): void {
		const { name, seconds, failing, onError = 'continueErrorOutput' } = batch;
		const once = seconds.map(() => 1);
		assert.deepEqual(this.countsOf(batch), { creates: once, outputs: once }, name);
		this.assertPaired(batch);
		for (const [index, { output, error }] of this.arrivalsOf(batch).entries()) {
			const hasFailed = index === failing;
			const byErrorOutput = hasFailed && onError === 'continueErrorOutput';
			assert.equal(output, byErrorOutput ? 'failed' : 'succeeded', `${name}, item ${index}`);
			assert.equal(error !== undefined, hasFailed, `${name}, item ${index}: ${error}`);
		}
	}

	/** What has arrived came with the prompt that its task was created with. */
	assertPaired(batch: Batch): void {
		const promptOf = new Map(
			this.stage.simulator.tasks().map(({ id, promptText }) => [id, promptText]),
		);
		for (const { taskId, prompt } of this.arrivalsOf(batch))
			assert.equal(prompt, promptOf.get(taskId), `${batch.name}: the prompt beside its task`);
	}
}
