import type { INodeProperties } from 'n8n-workflow';
import { taskOptions } from '../shared/n8n/options';

export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			'For tasks that another workflow or program has created, and whose IDs are known here. To wait for a task in the workflow that creates it, use the node <b>CometAPI Runway Wait</b> instead.',
		name: 'purposeNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Task IDs',
		name: 'taskIds',
		type: 'string',
		required: true,
		default: '',
		typeOptions: { rows: 4 },
		placeholder: 'e.g. 12a01a5e-ab55-4aa7-b002-7b873546cf76',
		hint: "A trigger has no input, so no <code>$json</code>. An expression can use one of n8n's variables, for example <code>{{ $vars.runwayTaskIds }}</code>; n8n reads it when the workflow is published.",
		description:
			'The IDs of the tasks to watch, separated by commas or line breaks, or a list by an expression',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{ name: 'Task Failed', value: 'failed', description: 'A task has failed or was cancelled' },
			{ name: 'Task Succeeded', value: 'succeeded', description: 'A task has succeeded' },
		],
		default: ['succeeded', 'failed'],
		description: 'What starts the workflow',
	},
	taskOptions(),
];
