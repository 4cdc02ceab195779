import {
	type Execution,
	jsonOf,
	type StoredWorkflow,
	withCredential,
	type WorkflowJson,
} from '../../../tools/n8n';
import { type Stage, TIMEOUT_MS } from '../stage';
import { SUBMIT } from '../workflows';

/** Saves a stored workflow as it should be from now on. */
export async function change(
	{ api, credential }: Stage,
	stored: StoredWorkflow,
	workflow: WorkflowJson,
): Promise<void> {
	await api.updateWorkflow(stored, { nodes: withCredential(workflow, credential).nodes });
}

/** *Retry execution*, to its end. */
export async function retry(
	{ api }: Stage,
	{ id }: Execution,
	{ loadWorkflow = true } = {},
): Promise<Execution> {
	const retried = await api.retryExecution(id, { loadWorkflow });
	return await api.waitForExecution(retried.id, TIMEOUT_MS);
}

/** How many creates of each prompt have arrived. */
export function creates({ simulator }: Stage, prompts: string[]): number[] {
	const sent = simulator.requests().filter(({ operation }) => operation === 'create');
	return prompts.map((prompt) => sent.filter(({ promptText }) => promptText === prompt).length);
}

/** The id of the one task of each prompt. */
export function taskIds({ simulator }: Stage, prompts: string[]): Array<string | undefined> {
	return prompts.map(
		(prompt) => simulator.tasks().find(({ promptText }) => promptText === prompt)?.id,
	);
}

/** The ids of the tasks that a node has put out. */
export function taskIdsOf(execution: Execution, node = SUBMIT, output = 0): unknown[] {
	return jsonOf(execution, node, output)
		.filter(({ error }) => !error)
		.map(({ taskId }) => taskId);
}

/** The error that ended an execution, with what it carries for programs. */
export function endOf({ data }: Execution): { message: string; context: Record<string, unknown> } {
	const { message = 'no error', context = {} } = (data.resultData.error ?? {}) as {
		message?: string;
		context?: Record<string, unknown>;
	};
	return { message, context };
}
