import type { INodeProperties } from 'n8n-workflow';

const showOnlyForTaskGet = { resource: ['task'], operation: ['get'] };

export const getDescription: INodeProperties[] = [
	{
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 12a01a5e-ab55-4aa7-b002-7b873546cf76',
		displayOptions: { show: showOnlyForTaskGet },
		description: "The ID of the task, as 'Transform' returns it in 'taskId'",
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		displayOptions: { show: showOnlyForTaskGet },
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
];
