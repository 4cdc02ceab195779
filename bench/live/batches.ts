import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import RunwayML from '@runwayml/sdk';
import { DEFAULT_API_KEY } from '../../tools/simulator';
import { runWorkflow, type WorkflowJson } from '../../tools/engine';
import { seededRandom } from '../../tools/clock/seededRandom';
import { SimulatorProcess } from '../support/processes';
import { byHandWaiting, oursWaiting } from './workflows';

/** Simulated ms per real ms; every client's waits are shortened alike. */
export const SPEED = 5;
/** The politeness of 5 s, and the 10 s of the loop built by hand, at this speed. */
const MIN_POLL_SECONDS = 5 / SPEED;
const BY_HAND_SECONDS = 10 / SPEED;
/** How long the server takes to answer, in simulated ms. */
const ANSWER_MS = 150;
const SDK_SHORTEST_MS = 1_000;
const SDK_LONGEST_MS = 30_000;

/** How waiting for a batch went. */
export interface BatchFigures {
	/** From the start until the client knew all ends, over the life that the slowest task still had then. */
	makespanRatio: number;
	mostInFlight: number;
	requests: number;
	/** In the busiest second, real time. */
	requestsInPeakSecond: number;
	seconds: number;
	/** By how much more memory stays in use in the last third of the run than in the second, MiB. */
	growthMiB: number;
}

export type Wait = (simulator: SimulatorProcess, ids: string[]) => Promise<void>;

async function onEngine(
	workflow: WorkflowJson,
	{ baseUrl }: SimulatorProcess,
	ids: string[],
	node: string,
	output = 0,
): Promise<void> {
	const credentials = { cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl } };
	const input = ids.map((id) => ({ json: { taskId: id, id } }));
	const run = await runWorkflow(workflow, { credentials, input });
	if (run.error) throw run.error;
	const ends = (run.run.data.resultData.runData[node] ?? []).flatMap(
		({ data }) => data?.main[output] ?? [],
	);
	if (ends.length !== ids.length)
		throw new Error(`${ends.length} of ${ids.length} tasks came out of ${node}`);
}

export const withOurs: Wait = async (simulator, ids) =>
	await onEngine(oursWaiting(MIN_POLL_SECONDS), simulator, ids, 'Wait');

export const byHand: Wait = async (simulator, ids) =>
	await onEngine(byHandWaiting(simulator.baseUrl, BY_HAND_SECONDS), simulator, ids, 'Finished?');

/** The SDK's own waits, shortened by the simulator's speed; one wait for each task, all at once. */
export const withSdk: Wait = async ({ baseUrl }, ids) => {
	const client = new RunwayML({ apiKey: DEFAULT_API_KEY, baseURL: `${baseUrl}/runwayml` });
	const realTimeout = globalThis.setTimeout;
	// Node's own fetch passes arguments for the callback.
	const shortened = (callback: (...rest: unknown[]) => void, ms = 0, ...rest: unknown[]) =>
		realTimeout(callback, ms >= SDK_SHORTEST_MS && ms <= SDK_LONGEST_MS ? ms / SPEED : ms, ...rest);
	globalThis.setTimeout = shortened as unknown as typeof setTimeout;
	try {
		await Promise.all(ids.map(async (id) => await client.tasks.retrieve(id).waitForTaskOutput()));
	} finally {
		globalThis.setTimeout = realTimeout;
	}
};

/** Creates tasks with steady progress that live up to `longestSeconds` (simulated), and waits for them. */
export async function measureBatch(
	simulator: SimulatorProcess,
	count: number,
	longestSeconds: number,
	wait: Wait,
): Promise<BatchFigures> {
	await simulator.reset();
	const random = seededRandom(count);
	const ids: string[] = [];
	for (let index = 0; index < count; index++) {
		const seconds = longestSeconds * (0.4 + 0.6 * random());
		ids.push(
			await simulator.createTask({
				answerMs: ANSWER_MS,
				pendingMs: 3_000,
				runningMs: seconds * 1_000,
			}),
		);
	}
	const memory = sampleMemory();
	const startedAt = Date.now();
	await wait(simulator, ids);
	const endedAt = Date.now();
	const lastEnd = await simulator.lastFinish();
	const times = await simulator.readTimes();
	const { maxInFlight, taskReads } = await simulator.stats();
	return {
		makespanRatio: (endedAt - startedAt) / (lastEnd - startedAt),
		mostInFlight: maxInFlight,
		requests: taskReads,
		requestsInPeakSecond: busiestSecond(times),
		seconds: (endedAt - startedAt) / 1000,
		growthMiB: memory.growthMiB(),
	};
}

function busiestSecond(times: number[]): number {
	const perSecond = new Map<number, number>();
	for (const at of times)
		perSecond.set(Math.floor(at / 1000), (perSecond.get(Math.floor(at / 1000)) ?? 0) + 1);
	return Math.max(...perSecond.values());
}

/** The heap in use once a second, without its garbage: when V8 collects that of its own accord says nothing of ours. */
function sampleMemory(): { growthMiB(): number } {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	const samples: number[] = [];
	const timer = setInterval(() => {
		collectGarbage();
		samples.push(process.memoryUsage().heapUsed / 1024 / 1024);
	}, 1_000);
	return {
		growthMiB() {
			clearInterval(timer);
			const third = Math.floor(samples.length / 3);
			return Math.min(...samples.slice(2 * third)) - Math.min(...samples.slice(third, 2 * third));
		},
	};
}
