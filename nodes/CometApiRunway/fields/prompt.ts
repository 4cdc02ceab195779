import type { INodeProperties } from 'n8n-workflow';
import { byModel, type Operation } from './byModel';

/** The field *Prompt*, which some models can do without. */
export function promptFields(
	operation: Operation,
	{ asks, placeholder }: { asks: string; placeholder: string },
): INodeProperties[] {
	return byModel(
		operation,
		'promptText',
		({ required, characters }) => ({
			displayName: 'Prompt',
			name: 'promptText',
			type: 'string',
			...(required && { required }),
			default: '',
			typeOptions: { rows: 4 },
			placeholder,
			description: characters ? `${asks}, in up to ${characters} characters` : asks,
		}),
		{},
	);
}
