import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { triggerWorkflow } from './durable/workflows';
import { startSink, type Sink } from './sink';
import { Stage, TIMEOUT_MS } from './stage';
import {
	closeWithSuite,
	type StoredWorkflow,
	waitFor,
	withCredential,
	type WorkflowJson,
} from '../../tools/n8n';
import { startSimulator } from '../../tools/simulator';
import { transformOnWebhook } from './workflows';

const TASKS = 10;
const ROUNDS = 10;

/** Of a task that is finished at once. */
const AT_ONCE = { pendingMs: 0, runningMs: 0 };

/** So long is a download given that has come to a standstill. */
const STANDSTILL_MS = 60_000;

/** From the activation, which polls at once, until whatever it starts has arrived. */
const SETTLE_MS = 1_500;

describe('the trigger starts one execution for each finished task, whatever becomes of it meanwhile', () => {
	let stage: Stage;
	let sink: Sink;
	let ids: string[];
	let stored: StoredWorkflow;

	const workflow = (listed: string[], nodeName?: string): WorkflowJson => {
		const json = withCredential(triggerWorkflow('watch', listed, sink.baseUrl), stage.credential);
		if (!nodeName) return json;
		const [trigger, ...others] = json.nodes;
		const connections = { [nodeName]: json.connections[trigger.name] };
		return { ...json, nodes: [{ ...trigger, name: nodeName }, ...others], connections };
	};
	/** Publishes the workflow anew, with a list and a name for the trigger. */
	const publish = async (listed: string[], nodeName?: string) => {
		await stage.api.deactivate(stored);
		await stage.api.updateWorkflow(stored, workflow(listed, nodeName));
		await stage.api.activate(stored);
		await sleep(SETTLE_MS);
	};
	const assertOnce = () =>
		assert.deepEqual(sink.arrivals.map(({ taskId }) => taskId).sort(), [...ids].sort());

	before(async () => {
		stage = await Stage.open({ speed: 1_000 });
		sink = await startSink();
		const { api, simulator } = stage;
		const create = await stage.store(transformOnWebhook('create'));
		await api.activate(create);
		for (let each = 0; each < TASKS; each++) {
			await api.callWebhook('create', { videoUrl: 'https://media.example.com/clip.mp4' });
		}
		await waitFor(() => simulator.tasks().length === TASKS, TIMEOUT_MS, 'the tasks');
		ids = simulator.tasks().map(({ id }) => id);
	});

	it('when it is first activated', async () => {
		stored = await stage.store(workflow(ids));
		await stage.api.activate(stored);
		await waitFor(
			() => sink.arrivals.length >= TASKS,
			TIMEOUT_MS,
			() => `executions: ${sink.arrivals.length} of ${TASKS}`,
		);
		await sleep(SETTLE_MS);
		assertOnce();
	});

	it(`when it is deactivated and activated again, ${ROUNDS} times`, async () => {
		for (let round = 0; round < ROUNDS; round++) await publish(ids);
		assertOnce();
	});

	it('when n8n is shut down, and when it is killed', async () => {
		for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
			await stage.n8n.restart(signal);
			await sleep(SETTLE_MS);
			await publish(ids);
		}
		assertOnce();
	});

	it('when an id is taken out of the list and put back, and the node has another name', async () => {
		await publish(ids.slice(1));
		await publish(ids);
		await publish(ids, 'When my clips are done');
		assertOnce();
	});

	it('when its output is downloaded: publishing does not wait for that, a shutdown interrupts it', async () => {
		const simulator = closeWithSuite(await startSimulator({ scenario: AT_ONCE }));
		const slow = await Stage.on(simulator, stage.n8n, stage.api);
		await stage.api.activate(await slow.store(transformOnWebhook('create-slow')));
		await stage.api.callWebhook('create-slow', { videoUrl: 'https://media.example.com/clip.mp4' });
		await waitFor(() => simulator.tasks().length === 1, TIMEOUT_MS, 'the task');
		const [{ id }] = simulator.tasks();
		simulator.addFault({ on: 'download', kind: 'hangAfterHead' });
		const download = await slow.store(
			triggerWorkflow('download', [id], sink.baseUrl, { options: { download: true } }),
		);
		const arrived = () => sink.arrivals.filter(({ workflow }) => workflow === 'download');

		const startedAt = Date.now();
		await stage.api.activate(download);
		const tookMs = Date.now() - startedAt;
		await waitFor(() => simulator.stats().downloads === 1, TIMEOUT_MS, 'the download');
		assert.ok(tookMs < STANDSTILL_MS / 2, `publishing took ${tookMs} ms`);
		await stage.n8n.restart('SIGTERM');
		assert.deepEqual(arrived(), []);
		await waitFor(() => arrived().length > 0, TIMEOUT_MS, 'the execution');
		await stage.api.deactivate(download);
		await stage.api.activate(download);
		await sleep(SETTLE_MS);
		assert.deepEqual(
			arrived().map(({ taskId }) => taskId),
			[id],
		);
		assert.equal(simulator.stats().downloads, 2);
	});
});
