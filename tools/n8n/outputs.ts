import type { IDataObject, INodeExecutionData, ITaskData } from 'n8n-workflow';
import type { Execution } from './executionApi';

/**
 * All runs of a node in an execution, in order; empty when it did not run.
 *
 * @throws when the workflow has no such node
 */
export function runsOf({ data, workflowData }: Execution, node: string): ITaskData[] {
	if (!workflowData.nodes.some(({ name }) => name === node))
		throw new Error(`The workflow has no node "${node}"`);
	return data.resultData.runData[node] ?? [];
}

/** The items that a node put out, over all its runs. */
export function itemsOf(execution: Execution, node: string, output = 0): INodeExecutionData[] {
	return runsOf(execution, node).flatMap((run) => run.data?.main[output] ?? []);
}

/** Their JSON. */
export function jsonOf(execution: Execution, node: string, output = 0): IDataObject[] {
	return itemsOf(execution, node, output).map(({ json }) => json);
}

/** The message of the error that ended the execution; undefined when it did not end with one. */
export function errorOf({ data }: Execution): string | undefined {
	return data.resultData.error?.message;
}

/** What the output panel says of each run of a node: the hints that the node gave, one text for each run. */
export function hintsOf(execution: Execution, node: string): string[] {
	return runsOf(execution, node).map(({ hints = [] }) =>
		hints.map(({ message }) => message).join(' '),
	);
}
