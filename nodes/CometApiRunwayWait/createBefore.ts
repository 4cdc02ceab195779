import type { IExecuteFunctions, NodeTypeAndVersion } from 'n8n-workflow';

/** The create whose tasks a node waits for, with its parameters; `undefined` where none comes before it. */
export function createBefore(context: IExecuteFunctions): NodeTypeAndVersion | undefined {
	const before = context.getParentNodes(context.getNode().name, { includeNodeParameters: true });
	return before.find(
		({ type, parameters }) => type.endsWith('.cometApiRunway') && parameters?.resource !== 'task',
	);
}
