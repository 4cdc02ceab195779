import { parse } from 'flatted';
import type { IRunExecutionData, Workflow } from 'n8n-workflow';
import { createWorkflowRun, type RunFacts, type WorkflowRun } from './workflowRun';

/**
 * Run data as n8n's *Retry execution* makes it ready (`retry` of
 * `packages/cli/src/executions/execution.service.ts`, with "currently saved workflow"): the error
 * and the failed run go; stack and node contexts stay.
 *
 * @param stored run data in flatted JSON
 * @throws when the workflow lacks a node that is still to run
 */
export function restoreForRetry(stored: string, workflow: Workflow): IRunExecutionData {
	const data = parse(stored) as IRunExecutionData;
	const { lastNodeExecuted, runData } = data.resultData;
	if (lastNodeExecuted) {
		delete data.resultData.error;
		const runs = runData[lastNodeExecuted];
		if (runs.at(-1)?.error !== undefined) runs.pop();
	}
	for (const entry of data.executionData?.nodeExecutionStack ?? []) {
		const node = workflow.getNode(entry.node.name);
		if (!node) throw new Error(`The node "${entry.node.name}" is not in the workflow any more`);
		entry.node = node;
	}
	return data;
}

/**
 * Run data as n8n's WaitTracker hands it back to the engine, which then passes the waiting node
 * over (`handleWaitingState`). The round trip matters: the engine disables the node in the stack,
 * which must not be the very node of the workflow.
 */
export function restoreForResume(stored: string): IRunExecutionData {
	return parse(stored) as IRunExecutionData;
}

/**
 * An execution of an earlier process, or of an earlier version of a package, from what n8n's database has of it: to be
 * resumed, or retried.
 */
export function loadRun(facts: Omit<RunFacts, 'run'>): WorkflowRun {
	const data = parse(facts.stored) as IRunExecutionData;
	const startedAt = new Date();
	const run = {
		data,
		mode: 'trigger' as const,
		startedAt,
		status: facts.status,
		storedAt: 'db' as const,
	};
	return createWorkflowRun({ ...facts, run });
}
