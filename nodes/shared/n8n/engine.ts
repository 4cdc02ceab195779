/**
 * The one room for what n8n's interface for nodes does not show or promise. Each piece says what it relies on; all of it
 * has been seen to hold on n8n 1.123.81, 2.22.6 and 2.40.7 (end-to-end tests), and what falls back says how.
 */
import type {
	IConnections,
	IExecuteData,
	IExecuteFunctions,
	IExecuteSingleFunctions,
} from 'n8n-workflow';

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
export function isToolCall(context: IExecuteSingleFunctions): boolean {
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
 * The same context, deaf to Stop. n8n's HTTP helper asks the context it is called on for the cancel signal, and breaks
 * off a stopped execution's requests; a create that has left may be accepted, and paid for, all the same: its answer
 * is waited for, so that the task's id is known. Where the helper asks elsewhere, the create's fate is unknown.
 */
export function deafToStop<Context extends IExecuteSingleFunctions>(context: Context): Context {
	return Object.create(context, {
		getExecutionCancelSignal: { value: () => undefined },
	}) as Context;
}

/**
 * What the engine keeps of a running workflow; its context objects have carried it since 1.x. Where it is missing,
 * nothing is refused, and nothing goes first.
 */
interface Inside {
	workflow?: { connectionsBySourceNode?: IConnections };
	runExecutionData?: {
		startData?: { destinationNode?: unknown };
		executionData?: { nodeExecutionStack?: IExecuteData[] };
	};
}

/**
 * Whether what leaves a node's output 0 can come back to the node, directly or through other nodes. True where
 * that can't be seen: in an engine that hides its connections, and in the editor's *Execute step*, which cuts
 * the workflow down to what the step needs.
 */
export function outputLeadsBack(context: IExecuteFunctions): boolean {
	const { workflow, runExecutionData } = context as Inside;
	const connections = workflow?.connectionsBySourceNode;
	if (!connections || runExecutionData?.startData?.destinationNode) return true;
	const own = context.getNode().name;
	const visited = new Set<string>();
	const waiting = nextNodes(connections, own, 0);
	for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
		if (name === own) return true;
		if (visited.has(name)) continue;
		visited.add(name);
		waiting.push(...nextNodes(connections, name));
	}
	return false;
}

/** Whether output 0 is wired straight to the node's own input. False where that can't be seen. */
export function outputLeadsStraightBack(context: IExecuteFunctions): boolean {
	const connections = (context as Inside).workflow?.connectionsBySourceNode;
	const own = context.getNode().name;
	return connections !== undefined && nextNodes(connections, own, 0).includes(own);
}

function nextNodes(connections: IConnections, name: string, output?: number): string[] {
	const outputs = connections[name]?.main ?? [];
	const chosen = output === undefined ? outputs : [outputs[output]];
	return chosen.flatMap((targets) => (targets ?? []).map(({ node }) => node));
}

/**
 * Puts this run of the node behind everything that is ready to run, once; returns whether it did.
 *
 * Suspending holds up the whole execution, and n8n runs a loop back to a node before branches further right: what
 * has been emitted a moment ago would wait with the others. `state` lives in the node's context.
 */
export function letOthersGoFirst(
	context: IExecuteFunctions,
	state: { wentLast?: boolean },
): boolean {
	const stack = (context as Inside).runExecutionData?.executionData?.nodeExecutionStack;
	if (!Array.isArray(stack) || stack.length === 0 || state.wentLast) {
		delete state.wentLast;
		return false;
	}
	state.wentLast = true;
	stack.push(context.getExecuteData());
	return true;
}
