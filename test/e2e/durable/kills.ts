import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { DEFAULT_API_KEY } from '../../../tools/simulator';
import { waitFor } from '../../../tools/n8n';
import { Ground, type Started, TIMEOUT_MS } from './ground';
import { type Batch, triggerWorkflow } from './workflows';

/** A machine that dies, a deploy, and once more. */
const KILLS = ['SIGKILL', 'SIGTERM', 'SIGKILL'] as const;

/** By hand, the first 90 s pass in the process. */
const BATCHES: Batch[] = [
	{ name: 'hooked', seconds: [80, 150, 210, 270], failing: 1 },
	{
		name: 'unsaved',
		seconds: [70, 120, 260],
		failing: 1,
		settings: { saveDataSuccessExecution: 'none' },
	},
	{ name: 'by-hand', seconds: [100, 180, 240], failing: 1, byHand: true },
	{ name: 'early', seconds: [0, 100, 250], failing: 1, waiting: { passOnEarly: true } },
	{ name: 'one-node', seconds: [90, 150, 210], failing: 1, returnAs: 'url' },
	{ name: 'one-node-file', seconds: [130, 230], returnAs: 'file' },
	{ name: 'continuing', seconds: [75, 200], failing: 1, onError: 'continueRegularOutput' },
];
const STOPPING: Batch = {
	name: 'stopping',
	seconds: [160, 90],
	failing: 1,
	onError: 'stopWorkflow',
};
const TRIGGERED = [5, 60, 100, 150, 200];

const errorOfAll = z.object({
	context: z.object({ tasks: z.array(z.object({ taskId: z.string(), status: z.string() })) }),
});

describe('n8n is killed three times while executions are suspended', () => {
	let ground: Ground;
	let started: Started[];
	let triggeredIds: string[];

	before(async () => {
		ground = await Ground.open();
	});
	after(async () => await ground.stage.n8n.stop());

	it('starts batches by webhook and by hand, and a trigger on five tasks', async () => {
		const { stage, sink } = ground;
		started = await ground.start([...BATCHES, STOPPING]);
		triggeredIds = await createTasks(ground);
		await stage.api.activate(
			await stage.store(triggerWorkflow('triggered', triggeredIds, sink.baseUrl)),
		);
		await ground.allSuspended();
	});

	it('survives SIGKILL and SIGTERM at random moments of the suspension', async () => {
		for (const signal of KILLS) {
			const pause = 3_000 + Math.random() * 40_000;
			await sleep(pause);
			// A run that is under way is another test's matter: here the suspended ones are meant.
			await ground.allSuspended();
			await ground.stage.n8n.restart(signal);
			console.log(
				`  ${signal} after ${(pause / 1_000).toFixed(1)} s; ${ground.sink.arrivals.length} outputs so far`,
			);
		}
	});

	it('hands on every output exactly once, by the right way and paired, and leaves no execution hanging', async () => {
		const expected = BATCHES.flatMap(({ seconds }) => seconds).length + TRIGGERED.length;
		await waitFor(
			() => ground.sink.arrivals.length >= expected,
			TIMEOUT_MS,
			() => `${expected} outputs: ${ground.sink.arrivals.length} have arrived`,
		);
		await ground.allEnded();
		for (const batch of BATCHES) ground.assertEachOnce(batch);
	});

	it('ends an execution that is to stop on errors with one error that names every task', async () => {
		const { id } = started.find(({ batch }) => batch === STOPPING)!;
		const { status, data } = await ground.stage.api.getExecution(id);
		assert.equal(status, 'error');
		const { tasks } = errorOfAll.parse(data.resultData.error).context;
		assert.deepEqual(
			tasks.map((task) => task.status),
			['SUCCEEDED', 'FAILED'],
		);
		assert.deepEqual(ground.countsOf(STOPPING), { creates: [1, 1], outputs: [0, 0] });
	});

	it('has started exactly one execution for each task of the trigger', async () => {
		const { sink, stage } = ground;
		const arrived = sink.arrivals.filter(({ workflow }) => workflow === 'triggered');
		assert.deepEqual(arrived.map(({ taskId }) => taskId).sort(), [...triggeredIds].sort());
		const { id } = (await stage.api.listWorkflows()).find(({ name }) => name === 'triggered')!;
		assert.equal((await stage.api.listExecutions({ workflowId: id })).length, TRIGGERED.length);
	});
});

/** Creates the trigger's tasks as another program would, without n8n; returns their ids. */
async function createTasks({ stage: { simulator } }: Ground): Promise<string[]> {
	return await Promise.all(
		TRIGGERED.map(async (seconds) => {
			const promptText = `<triggered ${seconds}>`;
			simulator.addRule({ promptIncludes: promptText, scenario: { runningMs: seconds * 1_000 } });
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
