import { errorOf, N8nRequestError, waitFor } from '../../../tools/n8n';
import {
	type ActiveWorkflow,
	activeWorkflow,
	type Bench,
	callWithEach,
	tasksOf,
	tasksPerPrompt,
} from './bench';
import { Observer, say } from './observer';
import { table } from './table';
import type { DeliveringWorkflow } from './workflows';

/** Executions of each setting. */
const COUNT = 3;
const LIFE_MS = 200_000;
/** Suspended for a minute at first, then held by a worker until the end, which is near. */
const LIFE_WITH_SUSPENSION_MS = 76_000;
const TIMEOUT_MS = 240_000;

/** A worker's death is noticed within seconds instead of a minute and a half; and one worker takes them all. */
const QUICK_TO_NOTICE = {
	QUEUE_WORKER_LOCK_DURATION: '5000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
	N8N_CONCURRENCY_PRODUCTION_LIMIT: '20',
};

/** Minutes; 180 by default. The main process ends what the database has as running and the queue does not know. */
const QUICK_TO_RECOVER = { N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '0.5' };

/** What dies. */
export interface Crash {
	/** Whether the main process dies with the worker, and is started again. */
	withMain?: boolean;
	workerEnv?: Record<string, string>;
}

/** One way to set up a workflow whose worker is going to die. */
export type Setting = Omit<DeliveringWorkflow, 'sinkUrl'>;

/** What became of its executions. */
export interface Aftermath {
	setting: string;
	/** Once nothing runs any more. */
	statuses: string[];
	errors: string[];
	/** Tasks that were paid for, for each execution. */
	tasks: number[];
	/** Whether the stored execution still knows its task's id. */
	knowsTask: boolean[];
	/** What *Retry execution* led to, and how many tasks there are for each execution after it. */
	retries: string[];
	tasksAfterRetry: number[];
}

interface Victims {
	setting: Setting;
	workflow: ActiveWorkflow;
	prompts: string[];
}

/**
 * Starts executions of all settings on one worker, kills it while they wait in the process, starts another worker, and
 * looks at what n8n makes of them.
 */
export async function killWorkerOf(
	bench: Bench,
	settings: Setting[],
	crash: Crash = {},
): Promise<Aftermath[]> {
	const { cluster, simulator } = bench;
	const [victim, survivor] = cluster.workers;
	const env = { ...QUICK_TO_NOTICE, ...crash.workerEnv };
	await Promise.all([victim.stop(), survivor.stop()]);
	await victim.start(env);
	simulator.reset();
	const all = await Promise.all(settings.map(async (setting) => await victimsOf(bench, setting)));
	const observer = new Observer(
		cluster,
		all.map(({ workflow }) => workflow.id),
		() => bench.sink.arrivals.length,
	);
	await startAll(bench, all, observer);
	await Promise.all([victim.kill(), ...(crash.withMain ? [cluster.main.kill()] : [])]);
	say(`killed ${victim.name}${crash.withMain ? ' and the main process' : ''}`);
	await survivor.start(env);
	if (crash.withMain) await cluster.startMain(QUICK_TO_RECOVER);
	const isOver = ({ statuses }: { statuses: Record<string, number> }) =>
		!statuses.new && !statuses.running && !statuses.waiting;
	await observer.watchUntil(isOver, TIMEOUT_MS, 'none is left');
	const aftermaths = await Promise.all(all.map(async (victims) => await look(bench, victims)));
	simulator.useScenario({ pendingMs: 0, runningMs: 2_000 });
	const retried: Aftermath[] = [];
	for (const [index, victims] of all.entries())
		retried.push({ ...aftermaths[index], ...(await retry(bench, victims)) });
	return retried;
}

async function victimsOf(bench: Bench, setting: Setting): Promise<Victims> {
	const prompts = Array.from({ length: COUNT }, (_, index) => `${setting.path} clip ${index}`);
	return { setting, workflow: await activeWorkflow(bench, setting), prompts };
}

/** Those that suspend go first; when they are back, all wait in the worker's process. */
async function startAll(bench: Bench, all: Victims[], observer: Observer): Promise<void> {
	const keeping = all.filter(({ setting }) => setting.keepRunning);
	const suspending = all.filter(({ setting }) => !setting.keepRunning);
	bench.simulator.useScenario({ pendingMs: 0, runningMs: LIFE_WITH_SUSPENSION_MS });
	for (const { workflow, prompts } of suspending) await callWithEach(bench, workflow, prompts);
	await observer.watchUntil(
		({ statuses }) => (statuses.waiting ?? 0) === suspending.length * COUNT,
		TIMEOUT_MS,
		'all that suspend are suspended',
	);
	bench.simulator.useScenario({ pendingMs: 0, runningMs: LIFE_MS });
	for (const { workflow, prompts } of keeping) await callWithEach(bench, workflow, prompts);
	const allRead = () =>
		bench.simulator.tasks().filter(({ readCount }) => readCount > 0).length === all.length * COUNT;
	await waitFor(allRead, TIMEOUT_MS, 'every execution to have its task');
	await observer.watchUntil(
		({ busySlots }) => busySlots === all.length * COUNT,
		TIMEOUT_MS,
		'the worker has them all',
	);
}

async function look(
	bench: Bench,
	{ setting, workflow, prompts }: Victims,
): Promise<Omit<Aftermath, 'retries' | 'tasksAfterRetry'>> {
	const { api } = bench.cluster;
	const summaries = await api.listExecutions({ workflowId: workflow.id });
	if (summaries.length !== COUNT)
		throw new Error(`${setting.path}: ${summaries.length} executions instead of ${COUNT}`);
	const executions = await Promise.all(summaries.map(async ({ id }) => await api.getExecution(id)));
	const taskIds = prompts.flatMap((prompt) => tasksOf(bench.simulator, prompt).map(({ id }) => id));
	return {
		setting: setting.path,
		statuses: executions.map(({ status }) => status),
		errors: [...new Set(executions.map((execution) => errorOf(execution) ?? 'none'))],
		tasks: tasksPerPrompt(bench, prompts),
		knowsTask: executions.map(({ data }) =>
			taskIds.some((id) => JSON.stringify(data).includes(id)),
		),
	};
}

async function retry(
	bench: Bench,
	{ workflow, prompts }: Victims,
): Promise<Pick<Aftermath, 'retries' | 'tasksAfterRetry'>> {
	const { api } = bench.cluster;
	const retries: string[] = [];
	for (const { id } of await api.listExecutions({ workflowId: workflow.id })) {
		const outcome = await api.retryExecution(id, { loadWorkflow: false }).then(
			async (execution) =>
				`${execution.status}: ${errorOf(await api.getExecution(execution.id)) ?? 'no error'}`,
			(error: unknown) => {
				if (error instanceof N8nRequestError) return `refused: ${error.message}`;
				throw error;
			},
		);
		retries.push(outcome);
	}
	return { retries, tasksAfterRetry: tasksPerPrompt(bench, prompts) };
}

/** Prints the figures. */
export function printAftermaths(aftermaths: Aftermath[]): void {
	const rows = aftermaths.map(
		({ setting, statuses, tasks, knowsTask, retries, tasksAfterRetry }) => [
			setting,
			...[
				statuses,
				tasks,
				knowsTask,
				retries.map((retried) => retried.split(':')[0]),
				tasksAfterRetry,
			].map((values) => values.join(' ')),
		],
	);
	console.log(
		table([
			[
				'setting',
				'statuses',
				'tasks per execution',
				'knows its task',
				'Retry',
				'tasks after Retry',
			],
			...rows,
		]),
	);
	const texts = aftermaths.flatMap(({ errors, retries }) => [
		...errors.map((text) => `error: ${text}`),
		...retries.map((text) => `Retry: ${text}`),
	]);
	for (const text of new Set(texts)) console.log(`    ${text}`);
}
