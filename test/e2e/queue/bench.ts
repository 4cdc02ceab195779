import {
	DEFAULT_API_KEY,
	type SimulatedTask,
	type Simulator,
	startSimulator,
} from '../../../tools/simulator';
import {
	closeWithSuite,
	type StoredCredential,
	type StoredWorkflow,
	withCredential,
} from '../../../tools/n8n';
import { type Cluster, type ClusterOptions, startCluster } from './cluster';
import { type Sink, startSink } from '../sink';
import { delivering, type DeliveringWorkflow } from './workflows';

/** Everything a test of the suite works with. */
export interface Bench {
	cluster: Cluster;
	simulator: Simulator;
	sink: Sink;
	credential: StoredCredential;
}

export interface BenchOptions extends ClusterOptions {
	/** How long the sink takes to answer; default: no time. */
	sinkTakesMs?: number;
}

/** A workflow that is active, and the path of its webhook. */
export interface ActiveWorkflow extends StoredWorkflow {
	path: string;
}

/** n8n in queue mode, a simulator that lives in real time, and a sink. */
export async function setUpBench(options: BenchOptions = {}): Promise<Bench> {
	const simulator = closeWithSuite(await startSimulator({ speed: 1 }));
	const sink = await startSink(options.sinkTakesMs);
	const cluster = await startCluster(options);
	const credential = await cluster.api.createCredential({
		apiKey: DEFAULT_API_KEY,
		baseUrl: simulator.baseUrl,
	});
	return { cluster, simulator, sink, credential };
}

/** Makes a workflow that delivers to the sink and activates it. */
export async function activeWorkflow(
	{ cluster, sink, credential }: Bench,
	options: Omit<DeliveringWorkflow, 'sinkUrl'>,
): Promise<ActiveWorkflow> {
	const workflow = await cluster.api.createWorkflow(
		withCredential(delivering({ ...options, sinkUrl: sink.baseUrl }), credential),
	);
	await cluster.api.activate(workflow);
	return { ...workflow, path: options.path };
}

/** Calls the workflow's webhook once for each prompt, all at once. */
export async function callWithEach(
	{ cluster }: Bench,
	{ path }: ActiveWorkflow,
	prompts: string[],
): Promise<void> {
	const answers = await Promise.all(
		prompts.map(async (promptText) => await cluster.api.callWebhook(path, { promptText })),
	);
	const refused = answers.find(({ status }) => status !== 200);
	if (refused) throw new Error(`The webhook answered ${JSON.stringify(refused)}`);
}

/** Tasks that were paid for with each prompt: more than one is one too many. */
export function tasksPerPrompt({ simulator }: Bench, prompts: string[]): number[] {
	return prompts.map((prompt) => tasksOf(simulator, prompt).length);
}

/** The tasks that were created with a prompt. */
export function tasksOf(simulator: Simulator, prompt: string): SimulatedTask[] {
	return simulator.tasks().filter(({ promptText }) => promptText === prompt);
}
