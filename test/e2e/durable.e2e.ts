import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { DEFAULT_API_KEY, type Simulator } from '../../tools/simulator';
import './durable/crash';
import { startSink, type Sink } from './sink';
import { batchWorkflow, triggerWorkflow } from './durable/workflows';
import {
	type ExecutionSummary,
	type N8n,
	type N8nApi,
	type StoredCredential,
	waitFor,
	withCredential,
	type WorkflowJson,
} from '../../tools/n8n';
import { Stage } from './stage';
import { manualTrigger, webhook } from './workflows';

const KILLS = 3;
const TIMEOUT_MS = 12 * 60_000;

/** From asking how things stand to the kill, on a busy machine. */
const KILL_TAKES_MS = 3_000;

/** Seconds that the tasks of a batch run, by workflow; a word with "bad" in it ends FAILED. */
const BATCHES: Record<string, number[]> = {
	hooked: [80, 150, 210, 270],
	unsaved: [70, 120, 260],
	manual: [90, 180, 240],
};
const TRIGGERED = [5, 60, 100, 150, 200];

const promptsOf = (name: string, lives: number[]) =>
	lives.map((seconds, index) => `<${name} ${index} ${seconds}s>${index === 1 ? ' bad' : ''}`);

describe('n8n is killed three times while executions are suspended', () => {
	let simulator: Simulator;
	let sink: Sink;
	let n8n: N8n;
	let api: N8nApi;
	let credential: StoredCredential;
	let triggeredIds: string[];

	before(async () => {
		({ simulator, n8n, api, credential } = await Stage.open({}));
		simulator.addRule({ promptIncludes: ' bad', scenario: { outcome: 'FAILED' } });
		for (const seconds of [...Object.values(BATCHES).flat(), ...TRIGGERED]) {
			simulator.addRule({
				promptIncludes: ` ${seconds}s>`,
				scenario: { runningMs: seconds * 1_000 },
			});
		}
		sink = await startSink();
	});

	it('starts three batches in suspend mode and a trigger on five tasks', async () => {
		const list = '={{ $json.body.prompts }}';
		await startByWebhook('hooked', {
			name: 'hooked',
			start: webhook('hooked'),
			prompts: list,
			sinkUrl: sink.baseUrl,
		});
		const unsaved = { saveDataSuccessExecution: 'none' as const };
		await startByWebhook('unsaved', {
			name: 'unsaved',
			start: webhook('unsaved'),
			prompts: list,
			sinkUrl: sink.baseUrl,
			settings: unsaved,
		});
		const prompts = `=${JSON.stringify(promptsOf('manual', BATCHES.manual))}`;
		await api.run(
			await store(
				batchWorkflow({ name: 'manual', start: manualTrigger, prompts, sinkUrl: sink.baseUrl }),
			),
		);

		triggeredIds = await createTasks(simulator, promptsOf('triggered', TRIGGERED));
		await api.activate(await store(triggerWorkflow('triggered', triggeredIds, sink.baseUrl)));
		await allSuspended();
	});

	it('survives SIGKILL at random moments of the suspension', async () => {
		for (let kill = 1; kill <= KILLS; kill++) {
			const pause = 3_000 + Math.random() * 40_000;
			await sleep(pause);
			// A run that is under way is another test's matter: here the suspended ones are meant.
			await allSuspended();
			await n8n.restart('SIGKILL');
			console.log(
				`  kill ${kill}: after ${(pause / 1_000).toFixed(1)} s; ${sink.arrivals.length} outputs so far`,
			);
		}
	});

	it('hands on every output exactly once, by the right way, and leaves no execution hanging', async () => {
		const expected = Object.entries(BATCHES).flatMap(([name, lives]) => promptsOf(name, lives));
		await waitFor(
			() => sink.arrivals.length >= expected.length + TRIGGERED.length,
			TIMEOUT_MS,
			() => `outputs: ${sink.arrivals.length} have arrived`,
		);
		await waitFor(async () => (await unfinished()).length === 0, 120_000, 'all executions to end');
		// Were anything to come twice, it would come now.
		await sleep(5_000);

		const promptOf = new Map(simulator.tasks().map(({ id, promptText }) => [id, promptText]));
		const arrived = sink.arrivals.filter(({ workflow }) => workflow !== 'triggered');
		assert.deepEqual(arrived.map(({ taskId }) => promptOf.get(taskId)).sort(), expected.sort());
		for (const { output, taskId } of arrived) {
			assert.equal(output, promptOf.get(taskId)?.includes(' bad') ? 'failed' : 'succeeded');
		}
	});

	it('has created every task exactly once', () => {
		for (const { promptText, createCount } of simulator.tasks())
			assert.equal(createCount, 1, promptText);
		assert.equal(
			simulator.stats().createsReceived,
			Object.values(BATCHES).flat().length + TRIGGERED.length,
		);
	});

	it('has started exactly one execution for each task of the trigger', async () => {
		const arrived = sink.arrivals.filter(({ workflow }) => workflow === 'triggered');
		assert.deepEqual(arrived.map(({ taskId }) => taskId).sort(), [...triggeredIds].sort());
		const { id } = (await api.listWorkflows()).find(({ name }) => name === 'triggered')!;
		assert.equal((await api.listExecutions({ workflowId: id })).length, TRIGGERED.length);
	});

	async function store(workflow: WorkflowJson) {
		return await api.createWorkflow(withCredential(workflow, credential));
	}

	async function startByWebhook(
		name: string,
		workflow: Parameters<typeof batchWorkflow>[0],
	): Promise<void> {
		await api.activate(await store(batchWorkflow(workflow)));
		await api.callWebhook(name, { prompts: promptsOf(name, BATCHES[name]) });
	}

	async function unfinished() {
		return await api.listExecutions({ status: ['new', 'running', 'waiting', 'unknown'] });
	}

	/** Until no execution is active, nor will be in the next seconds: all that are unfinished are suspended. */
	async function allSuspended(): Promise<void> {
		const isSuspended = ({ status, waitTill }: ExecutionSummary) =>
			status === 'waiting' && Date.parse(String(waitTill)) > Date.now() + KILL_TAKES_MS;
		await waitFor(
			async () => (await unfinished()).every(isSuspended),
			TIMEOUT_MS,
			'all executions to be suspended',
		);
	}
});

/** Creates tasks as another program would, without n8n; returns their ids in the order of the prompts. */
async function createTasks(simulator: Simulator, prompts: string[]): Promise<string[]> {
	return await Promise.all(
		prompts.map(async (promptText) => {
			const response = await fetch(`${simulator.baseUrl}/runwayml/v1/video_to_video`, {
				method: 'POST',
				headers: {
					Authorization: `Bearer ${DEFAULT_API_KEY}`,
					'Content-Type': 'application/json',
					'X-Runway-Version': '2024-11-06',
				},
				body: JSON.stringify({
					videoUri: 'https://media.example.com/clip.mp4',
					promptText,
					model: 'gen4_aleph',
				}),
			});
			return z.object({ id: z.string() }).parse(await response.json()).id;
		}),
	);
}
