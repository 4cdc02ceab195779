import type { INodeProperties } from 'n8n-workflow';
import { TASKS_PATH } from '../../../shared/n8n/taskClient';
import { getTask } from '../../task/get';
import { getDescription } from './get';

const showOnlyForTask = { resource: ['task'] };

export const taskDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForTask },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get task',
				description:
					'Retrieve a task: its status, progress and, once it has succeeded, its output URL',
				routing: {
					request: { method: 'GET', url: TASKS_PATH },
					send: { paginate: true },
					operations: { pagination: getTask },
				},
			},
		],
		default: 'get',
	},
	...getDescription,
];
