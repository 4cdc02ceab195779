import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { InputTable } from '../shared/n8n/input';
import { taskOptions } from '../shared/n8n/options';

export const triggerProperties: INodeProperties[] = [
	{
		displayName: 'Task IDs',
		name: 'taskIds',
		type: 'string',
		required: true,
		default: '',
		typeOptions: { rows: 4 },
		placeholder: 'e.g. 12a01a5e-ab55-4aa7-b002-7b873546cf76',
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

/**
 * The task ids of a list: separated by commas, blanks or line breaks, or a list that an expression gives.
 * In order, without repeats and empty entries; at least one.
 */
const taskIds = z.unknown().transform((value, context) => {
	const entries = Array.isArray(value) ? value : [value];
	const ids = entries.flatMap((entry) =>
		typeof entry === 'string' || typeof entry === 'number' ? String(entry).split(/[\s,;]+/) : [],
	);
	const found = [...new Set(ids.filter((id) => id !== ''))];
	if (found.length === 0) context.addIssue({ code: 'custom', message: 'is empty' });
	return found;
});

export const TRIGGER_INPUT = {
	taskIds: {
		label: 'Task IDs',
		remedy:
			'Give the ids of the tasks to watch, separated by commas or line breaks, or as a list by an expression.',
		schema: taskIds,
	},
} satisfies InputTable;
