import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { wait } from '../../../../nodes/CometApiRunwayWait/wait';
import type { NodeError } from '../../../../nodes/shared/n8n/errors';
import { seededRandom } from '../../../../tools/clock/seededRandom';
import { itemsOf, runContext, type FakeRun } from './fakeContext';
import { FakeEngine, type Hidden } from './fakeEngine';
import { TaskServer, type TaskPlan } from './taskServer';
import { current, VirtualTime } from '../../../../tools/clock/virtualTime';

export interface WaitPlan {
	mode: 'keepRunning' | 'suspend';
	passOnEarly: boolean;
	/** What the engine does not have; then it can't be suspended. */
	hidden: Hidden;
	tasks: TaskPlan[];
	/** Whether a last item names the first task once more. */
	namesOneTwice: boolean;
	minPollSeconds: number;
	continueOnFail: boolean;
	/** When the user presses Stop. */
	stopAfterMs?: number;
	/** How much later than asked for n8n resumes. */
	lateMs: number;
	seed: number;
}

export interface Waiting {
	server: TaskServer;
	/** The task id of each item that came in. */
	asked: string[];
	/** What each go of the node has put on its output. */
	outputs: INodeExecutionData[][];
	error?: NodeError;
	tookMs: number;
	/** How long the node went on after Stop. */
	afterStopMs?: number;
	/** How often n8n has suspended the execution. */
	suspensions: number;
}

/** Waits for a plan's tasks with the Wait node, as n8n's engine runs it, on virtual time. */
export async function waitByPlan(plan: WaitPlan): Promise<Waiting> {
	const time = new VirtualTime();
	Object.assign(current, { time, random: seededRandom(plan.seed) });
	const startedAt = time.now();
	const stop = new AbortController();
	const server = new TaskServer(plan.tasks, plan.minPollSeconds * 1_000);
	const ids = plan.tasks.map((_, index) => `task-${index}`);
	const asked = plan.namesOneTwice ? [...ids, ids[0]] : ids;
	const waiting: Waiting = { server, asked, outputs: [], tookMs: 0, suspensions: 0 };
	let stoppedAt: number | undefined;
	if (plan.stopAfterMs !== undefined) {
		time.at(startedAt + plan.stopAfterMs, () => {
			stoppedAt = time.now();
			stop.abort();
		});
	}
	const run = fakeRun(plan, itemsOf(...asked.map((taskId) => ({ taskId }))), server, stop.signal);
	const engine = new FakeEngine(run.items, plan.hidden);
	await time.run(async () => {
		try {
			await engine.runToTheEnd(
				async (inside) => await wait(runContext<IExecuteFunctions>({ ...run, inside })),
				async (until) => await time.sleep(until - time.now() + plan.lateMs),
				() => stop.signal.aborted,
			);
		} catch (error) {
			if (!(error instanceof NodeApiError || error instanceof NodeOperationError)) throw error;
			waiting.error = error;
		}
	});
	waiting.outputs = engine.outputs.filter(({ length }) => length > 0);
	waiting.suspensions = engine.suspensions;
	waiting.tookMs = time.now() - startedAt;
	if (stoppedAt !== undefined) waiting.afterStopMs = time.now() - stoppedAt;
	return waiting;
}

function fakeRun(
	plan: WaitPlan,
	items: INodeExecutionData[],
	server: TaskServer,
	signal: AbortSignal,
): FakeRun {
	const run: FakeRun = {
		items,
		parameters: {
			taskId: (item: number) => run.items[item].json.taskId,
			timeoutMinutes: (item: number) =>
				plan.tasks[Number(String(run.items[item].json.taskId).split('-')[1])].timeoutMinutes,
			options: {
				minPollSeconds: plan.minPollSeconds,
				keepRunning: plan.mode === 'keepRunning',
				passOnEarly: plan.passOnEarly,
			},
		},
		storage: {},
		continueOnFail: plan.continueOnFail,
		signal,
		answer: async (request, heeded) => await server.answer(request, heeded),
		complaints: server.complaints,
	};
	return run;
}
