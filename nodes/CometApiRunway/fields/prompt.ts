import type { INodeProperties } from 'n8n-workflow';
import { byModel, type Operation } from './byModel';

/**
 * The field *Prompt*, which some models can do without. How long it may be is no difference here: n8n works out an
 * expression once for each property of its name, shown or not, and that twice for each item (`RoutingNode.runNode`).
 */
export function promptFields(
	operation: Operation,
	{ asks, placeholder }: { asks: string; placeholder: string },
): INodeProperties[] {
	return byModel(
		operation,
		'promptText',
		({ required }) => ({
			displayName: 'Prompt',
			name: 'promptText',
			type: 'string',
			...(required && { required }),
			default: '',
			typeOptions: { rows: 4 },
			placeholder,
			description: asks,
			hint: 'Up to 1000 characters; some models take fewer, or more',
		}),
		{},
	);
}
