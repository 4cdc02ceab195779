import type { INodeProperties } from 'n8n-workflow';
import { taskIdFields, toolDescriptionField } from '../../../shared/n8n/asTool';

const showOnlyForTaskGet = { resource: ['task'], operation: ['get'] };

export const getDescription: INodeProperties[] = [
	toolDescriptionField(
		'Reads a Runway task by its taskId: its status, its progress and, once the status is SUCCEEDED, its outputUrl. Costs nothing. To wait for its end, use the tool CometAPI Runway Wait instead of calling this one again and again.',
		showOnlyForTaskGet,
	),
	...taskIdFields(
		"The ID of the task, as the operation that started it returns it in 'taskId'",
		'',
		showOnlyForTaskGet,
	),
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		displayOptions: { show: showOnlyForTaskGet },
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
];
