import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import {
	resumeWorkflow,
	runWorkflow,
	type NodeJson,
	type RunOptions,
	type WorkflowJson,
	type WorkflowRun,
} from '../../../tools/engine';
import type { FastClock } from '../../../tools/clock/fastClock';
import { wait } from '../../../tools/engine/runway';

/** The least gap between two looks, in seconds, of the nodes made here. */
export const MIN_POLL_SECONDS = 5;

/** A Wait node as a user drags it in: it suspends. */
export const suspendingWait = (
	options: IDataObject = {},
	parameters: IDataObject = {},
	more: Partial<INode> = {},
): NodeJson =>
	wait({ minPollSeconds: MIN_POLL_SECONDS, keepRunning: false, ...options }, parameters, more);

/** An execution, from its start over all suspensions to its end. */
export interface Cycle {
	/** What n8n stored each time it came to rest. */
	runs: WorkflowRun[];
	last: WorkflowRun;
	/** How long each suspension was to last, in ms. */
	pauses: number[];
}

const MOST_RUNS = 60;

/** Resumes a run as often as it suspends, each time when n8n would, plus `lateMs`. */
export async function resumeToTheEnd(
	first: WorkflowRun,
	clock: FastClock,
	lateMs = 0,
): Promise<Cycle> {
	const runs = [first];
	const pauses: number[] = [];
	let last = first;
	while (last.status === 'waiting') {
		if (runs.length > MOST_RUNS) throw new Error('The execution is suspended again and again');
		pauses.push(Number(last.run.waitTill) - clock.now());
		clock.forwardTo(Number(last.run.waitTill) + lateMs);
		last = await resumeWorkflow(last);
		runs.push(last);
	}
	return { runs, last, pauses };
}

/** Runs a workflow and resumes it as often as it suspends. */
export async function runToTheEnd(
	workflow: WorkflowJson,
	options: RunOptions,
	clock: FastClock,
	lateMs = 0,
): Promise<Cycle> {
	return await resumeToTheEnd(await runWorkflow(workflow, options), clock, lateMs);
}

/** The items of each run of a node that put something on its first output. */
export function runsWithOutput(run: WorkflowRun, node: string): INodeExecutionData[][] {
	const runs = run.run.data.resultData.runData[node] ?? [];
	return runs.map(({ data }) => data?.main[0] ?? []).filter(({ length }) => length > 0);
}
