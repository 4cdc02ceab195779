import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { z } from 'zod';
import { keepRunning } from '../../../../nodes/CometApiRunwayWait/keepRunning';
import { suspendBetweenChecks } from '../../../../nodes/CometApiRunwayWait/suspend';
import type { NodeError } from '../../../../nodes/shared/n8n/errors';
import { seededRandom } from '../../../../tools/clock/seededRandom';
import { itemsOf, runContext, type FakeRun } from './fakeContext';
import { must } from './must';
import { TaskServer, type TaskPlan } from './taskServer';
import { current, VirtualTime } from '../../../../tools/clock/virtualTime';

export interface WaitPlan {
	mode: 'keepRunning' | 'suspend';
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
	/** What came out of the output that takes finished tasks; in suspend mode, of both. */
	output: INodeExecutionData[];
	error?: NodeError;
	tookMs: number;
	/** How long the node went on after Stop. */
	afterStopMs?: number;
	/** How often n8n has suspended the execution. */
	suspensions: number;
}

/** What n8n saves of a node's context: JSON. */
const savedContext = z.record(z.unknown());

/** More runs than a wait of hours needs. */
const MOST_RUNS = 2_000;

/** Waits for a plan's tasks with the Wait node, as n8n's engine runs it, on virtual time. */
export async function waitByPlan(plan: WaitPlan): Promise<Waiting> {
	const time = new VirtualTime();
	Object.assign(current, { time, random: seededRandom(plan.seed) });
	const startedAt = time.now();
	const stop = new AbortController();
	const server = new TaskServer(plan.tasks, plan.minPollSeconds * 1_000);
	const ids = plan.tasks.map((_, index) => `task-${index}`);
	const asked = plan.namesOneTwice ? [...ids, ids[0]] : ids;
	const waiting: Waiting = { server, asked, output: [], tookMs: 0, suspensions: 0 };
	let stoppedAt: number | undefined;
	if (plan.stopAfterMs !== undefined) {
		time.at(startedAt + plan.stopAfterMs, () => {
			stoppedAt = time.now();
			stop.abort();
		});
	}
	const run = fakeRun(plan, itemsOf(...asked.map((taskId) => ({ taskId }))), server, stop.signal);
	await time.run(async () => {
		try {
			const work =
				plan.mode === 'keepRunning'
					? keepRunning(runContext<IExecuteFunctions>(run))
					: suspendToTheEnd(run, waiting, plan.lateMs);
			waiting.output.push(...(await work));
		} catch (error) {
			if (!(error instanceof NodeApiError || error instanceof NodeOperationError)) throw error;
			waiting.error = error;
		}
	});
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
			options: { minPollSeconds: plan.minPollSeconds },
		},
		storage: {},
		continueOnFail: plan.continueOnFail,
		signal,
		answer: async (request, heeded) => await server.answer(request, heeded),
		complaints: server.complaints,
	};
	return run;
}

/**
 * Runs the node, suspends and resumes it as n8n does: what a suspending run gives out is dropped, its input comes
 * back by the loop, and of the node's context what has been saved.
 */
async function suspendToTheEnd(
	run: FakeRun,
	waiting: Waiting,
	lateMs: number,
): Promise<INodeExecutionData[]> {
	for (let runs = 0; run.items.length > 0; runs++) {
		must(runs < MOST_RUNS, () => 'The loop does not end');
		let until: number | undefined;
		run.onSuspend = (date) => {
			until = Number(date);
		};
		const [processing, succeeded, failed] = await suspendBetweenChecks(
			runContext<IExecuteFunctions>(run),
		);
		if (until === undefined) {
			waiting.output.push(...succeeded, ...failed);
			run.items = processing;
		} else {
			waiting.suspensions += 1;
			run.storage = savedContext.parse(JSON.parse(JSON.stringify(run.storage)));
			const { time } = current;
			await time.sleep(until - time.now() + lateMs);
		}
		if (run.signal?.aborted) return [];
	}
	return [];
}
