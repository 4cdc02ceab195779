import type {
	IDataObject,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import type { NodeJson } from './workflowJson';

/** n8n's *When clicking Execute workflow*: what a workflow starts from; `input` is its output. */
export const trigger: NodeJson = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

/** Items with the given `json`, e.g. for `input`. */
export const items = (...values: IDataObject[]): INodeExecutionData[] =>
	values.map((json) => ({ json: { ...json } }));

/**
 * n8n's *Edit Fields* node.
 *
 * @param jsonOutput an expression that gives the `json` of the item that goes out
 */
export const editFields = (name: string, jsonOutput: string): NodeJson => ({
	name,
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: { mode: 'raw', jsonOutput },
});

/**
 * A node type made of nothing but an execute function, to be passed as `extraNodes`.
 *
 * @param more what its description has beyond one input and one output
 */
export function probe(
	execute: INodeType['execute'],
	more: Partial<INodeTypeDescription> = {},
): INodeType {
	const description: INodeTypeDescription = {
		displayName: 'Probe',
		name: 'probe',
		group: ['transform'],
		version: 1,
		description: 'Does what a test tells it to',
		defaults: { name: 'Probe' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
		...more,
	};
	return { description, execute };
}
