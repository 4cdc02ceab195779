import type { INodeProperties } from 'n8n-workflow';
import { taskOptions } from '../shared/n8n/options';

export const waitProperties: INodeProperties[] = [
	{
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		required: true,
		default: '={{ $json.taskId }}',
		placeholder: 'e.g. 12a01a5e-ab55-4aa7-b002-7b873546cf76',
		description:
			"The ID of the task to wait for, as the node 'CometAPI Runway' returns it in 'taskId'",
	},
	{
		displayName: 'Wait Mode',
		name: 'waitMode',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Keep Execution Running',
				value: 'keepRunning',
				description: 'Wait inside the running execution, for all items side by side',
			},
			{
				name: 'Suspend Between Checks',
				value: 'suspend',
				description:
					'Free the worker while waiting and survive restarts of n8n; finished items flow on at once',
			},
		],
		default: 'keepRunning',
		description: 'How to wait for the tasks',
	},
	{
		displayName:
			"Connect the output 'Still Processing' back to this node's own input: tasks that are not finished yet come back that way",
		name: 'loopNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { waitMode: ['suspend'] } },
	},
	{
		displayName: 'Timeout (Minutes)',
		name: 'timeoutMinutes',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description:
			'How long to wait for a task, counted from the first look at it, also across suspensions',
	},
	taskOptions,
];
