import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Simulator } from '../../../tools/simulator';
import {
	type ExecutionSummary,
	type N8n,
	type N8nApi,
	N8nRequestError,
	type StoredCredential,
	waitFor,
	withCredential,
} from '../../../tools/n8n';
import { startSink, type Sink } from '../sink';
import { Stage } from '../stage';
import { webhook } from '../workflows';
import { batchWorkflow } from './workflows';

const TIMEOUT_MS = 5 * 60_000;
const ITEMS = 4;

type Phase = 'submitting' | 'asking' | 'asking after a suspension';

interface Case {
	phase: Phase;
	saveExecutionProgress: boolean;
	/** How often each item's create must have been sent after the retry; undefined: whatever it is, it is printed. */
	createsPerItem?: number;
	/**
	 * *Retry with original workflow* instead of *with currently saved workflow*. What is stored of a suspended
	 * execution must not be retried with the latter: n8n 2.40.7 then disables the workflow's own Wait node, and
	 * runs round the loop on the canvas for ever, with its memory growing (executions/execution.service.js).
	 */
	withOriginalWorkflow?: true;
}

const CASES: Case[] = [
	{ phase: 'submitting', saveExecutionProgress: false },
	{ phase: 'submitting', saveExecutionProgress: true },
	{ phase: 'asking', saveExecutionProgress: false },
	{ phase: 'asking', saveExecutionProgress: true, createsPerItem: 1 },
	{
		phase: 'asking after a suspension',
		saveExecutionProgress: false,
		createsPerItem: 1,
		withOriginalWorkflow: true,
	},
	{ phase: 'asking after a suspension', saveExecutionProgress: true, createsPerItem: 1 },
];

/** What became of one killed execution. */
interface Outcome {
	afterRestart: string;
	afterRetry: string;
	createsPerItem: number[];
	outputs: number;
}

describe('n8n is killed while an execution is active', () => {
	let simulator: Simulator;
	let sink: Sink;
	let n8n: N8n;
	let api: N8nApi;
	let credential: StoredCredential;
	const report: string[] = [];

	before(async () => {
		({ simulator, n8n, api, credential } = await Stage.open({}));
		sink = await startSink();
	});

	after(() =>
		console.log(
			[
				'',
				'phase | Save execution progress | after the restart | after Retry | creates per item | outputs',
				...report,
				'',
			].join('\n'),
		),
	);

	for (const [index, each] of CASES.entries()) {
		const progress = each.saveExecutionProgress ? 'with' : 'without';
		const consequence =
			each.createsPerItem === 1 ? ': Retry execution creates no accepted task again' : '';
		it(`${each.phase}, ${progress} Save execution progress${consequence}`, async () => {
			const { afterRestart, afterRetry, createsPerItem, outputs } = await crashAndRetry(
				`crash${index}`,
				each,
			);
			report.push(
				[each.phase, progress, afterRestart, afterRetry, createsPerItem.join(' '), outputs].join(
					' | ',
				),
			);
			assert.equal(afterRestart, 'crashed');
			if (each.createsPerItem === undefined) return;
			assert.deepEqual(createsPerItem, Array(ITEMS).fill(each.createsPerItem));
			assert.equal(outputs, ITEMS, 'every output has arrived once');
		});
	}

	async function crashAndRetry(
		name: string,
		{ phase, saveExecutionProgress, withOriginalWorkflow }: Case,
	): Promise<Outcome> {
		simulator.reset();
		const suspends = phase === 'asking after a suspension';
		// In suspend mode the first look is 100 s before the end: one suspension, then the run stays and asks.
		simulator.useScenario({ pendingMs: 0, runningMs: suspends ? 100_000 : 15_000 });
		if (phase === 'submitting')
			simulator.addFault({ on: 'create', kind: 'slowBody', times: ITEMS });
		const settings = { saveExecutionProgress };
		const waiting = { waitMode: suspends ? 'suspend' : 'keepRunning' };
		const start = webhook(name);
		const workflow = batchWorkflow({
			name,
			start,
			prompts: '={{ $json.body.prompts }}',
			sinkUrl: sink.baseUrl,
			settings,
			waiting,
		});
		const stored = await api.createWorkflow(withCredential(workflow, credential));
		await api.activate(stored);
		const prompts = Array.from({ length: ITEMS }, (_, item) => `<${name} ${item}>`);
		await api.callWebhook(name, { prompts });
		const [{ id }] = await api.waitForExecutions({ workflowId: stored.id }, 1, 10_000);
		await waitForPhase(phase, id);
		await n8n.restart('SIGKILL');

		const { status: afterRestart } = await api.waitForExecution(id, 60_000);
		const afterRetry = await retry(id, !withOriginalWorkflow);
		const creates = simulator.requests().filter(({ operation }) => operation === 'create');
		const createsPerItem = prompts.map(
			(prompt) => creates.filter(({ promptText }) => promptText === prompt).length,
		);
		return {
			afterRestart,
			afterRetry,
			createsPerItem,
			outputs: sink.arrivals.filter(({ workflow: from }) => from === name).length,
		};
	}

	async function waitForPhase(phase: Phase, id: string): Promise<void> {
		const has = async (status: ExecutionSummary['status']) =>
			(await api.getExecution(id)).status === status;
		switch (phase) {
			case 'submitting':
				await waitFor(() => simulator.stats().tasksAccepted >= 1, TIMEOUT_MS, 'the first task');
				return;
			case 'asking':
				await waitFor(
					() => simulator.stats().taskReads >= ITEMS,
					TIMEOUT_MS,
					'the first look at each task',
				);
				return;
			case 'asking after a suspension':
				await waitFor(async () => await has('waiting'), TIMEOUT_MS, 'the suspension');
				await waitFor(async () => await has('running'), TIMEOUT_MS, 'the execution to resume');
		}
	}

	/** Retries with the currently saved workflow or the original one; returns the status the new execution ends with. */
	async function retry(id: string, loadWorkflow: boolean): Promise<string> {
		const known = new Set((await api.listExecutions()).map((execution) => execution.id));
		// n8n answers only when the retry has ended or is suspended; what it answers then is read from the list.
		const answer = api.retryExecution(id, { loadWorkflow }).catch((error: unknown) => {
			if (error instanceof N8nRequestError) return error;
			throw error;
		});
		const started = await waitFor(
			async () =>
				(await api.listExecutions()).find((execution) => !known.has(execution.id)) ??
				(await Promise.race([answer, undefined])),
			60_000,
			'the retry to start',
		);
		if (started instanceof N8nRequestError) return `refused: ${started.message}`;
		return (await api.waitForExecution(started.id, TIMEOUT_MS)).status;
	}
});
