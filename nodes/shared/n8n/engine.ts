import type { IConnections, IExecuteData, IExecuteFunctions } from 'n8n-workflow';

/**
 * What the engine keeps of a running workflow. n8n's interface for nodes does not show these fields, but its
 * context objects have carried them since 1.x. Everything here works without them as well: then nothing is
 * refused, and nothing goes first.
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
