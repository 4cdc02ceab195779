import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

type Show = NonNullable<IDisplayOptions['show']>;

/**
 * What an agent's model is told of the node as its tool, to be changed by the user. n8n takes a property of this name in the
 * place of its own, whose text is but "Transform video in CometAPI Runway" (`convertNodeToAiTool`, `getToolDescriptionForNode`).
 */
export function toolDescriptionField(text: string, show?: Show): INodeProperties {
	return {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		required: true,
		default: text,
		typeOptions: { rows: 4 },
		displayOptions: { show: { ...show, '@tool': [true] } },
		description: "What the agent's model is told of this tool",
	};
}

/** n8n's editor shows an expression that begins like this as one that the model fills in. */
const FILLED_IN_BY_MODEL = '/*n8n-auto-generated-fromAI-override*/';

/** The field *Task ID*: from the incoming item by `itemDefault`, and in an agent's tool, which has none, from the model. */
export function taskIdFields(
	description: string,
	itemDefault: string,
	show?: Show,
): INodeProperties[] {
	const fromModel = `={{ ${FILLED_IN_BY_MODEL} $fromAI('taskId', 'The taskId that the tool which started the task has answered', 'string') }}`;
	return [
		taskIdField(description, itemDefault, {
			...(show && { show }),
			hide: { '@tool': [true] },
		}),
		taskIdField(description, fromModel, { show: { ...show, '@tool': [true] } }),
	];
}

const taskIdField = (
	description: string,
	preset: string,
	displayOptions: IDisplayOptions,
): INodeProperties => ({
	displayName: 'Task ID',
	name: 'taskId',
	type: 'string',
	required: true,
	default: preset,
	placeholder: 'e.g. 12a01a5e-ab55-4aa7-b002-7b873546cf76',
	displayOptions,
	description,
});
