/**
 * This folder is the one room for what n8n's interface for nodes does not show or promise. Each piece says what it
 * relies on; all of it has been seen to hold on n8n 1.123.81, 2.22.6 and 2.40.7 (end-to-end tests), and what falls back
 * says how. In this file: what the items of a declarative node's run have in common.
 */
import type { IExecuteSingleFunctions } from 'n8n-workflow';
import type { ItemsContext, NodeContext } from '../context';

/**
 * What the items of one run of a declarative node have in common, and the tries of *Retry On Fail* too: n8n hands the
 * same execute data object to all of them (`RoutingNode.runNode`). A key for a WeakMap. All items are asked for in one
 * go; when an expression fails in a later one, n8n throws at once and forgets the promises of those before.
 */
export function runKeyOf(context: IExecuteSingleFunctions): object {
	return context.getExecuteData();
}

/**
 * Whether an agent has called the node as its tool: n8n gives the tool variant of a node a type of its own, whose name
 * ends in `Tool`.
 */
export function isToolCall(context: ItemsContext): boolean {
	return context.getNode().type.endsWith('Tool');
}

/**
 * How many items the run of a declarative node has. With *Execute Once* n8n runs the first item alone, and shows all of
 * them here; to a tool it shows the agent's items, unless the call itself comes as input of its own kind.
 */
export function countItemsOfRun(context: IExecuteSingleFunctions): number {
	if (context.getNode().executeOnce === true) return 1;
	const { data } = context.getExecuteData();
	const input = data.ai_tool ?? (isToolCall(context) ? undefined : data.main);
	return input?.[0]?.length ?? 1;
}

/**
 * Which run of the node in this execution it is (0, 1, …): only expressions are told. n8n builds all that an
 * expression can see for it, so ask once for a run.
 */
export function runIndexOf(context: IExecuteSingleFunctions): number {
	return Number(context.getWorkflowDataProxy(context.getItemIndex()).$runIndex);
}

/**
 * The same context, deaf to Stop: a create that has left may be accepted, and paid for, all the same. Its answer is waited
 * for, so that the task's id is known. Where n8n's HTTP helper asks elsewhere, the create's fate is unknown.
 */
export function deafToStop<Context extends NodeContext>(context: Context): Context {
	return hearing(context, undefined);
}

/**
 * The same context with another signal for Stop. n8n's HTTP helper asks the context it is called on for it, and breaks a
 * request off with it.
 */
export function hearing<Context extends NodeContext>(
	context: Context,
	signal: AbortSignal | undefined,
): Context {
	return Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as Context;
}
