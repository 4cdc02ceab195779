import type { IDisplayOptions, IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { parseInput, positiveNumber, type InputTable } from '../../shared/n8n/input';
import { maxDownloadOption, outputFieldOption, parseTaskOptions } from '../../shared/n8n/options';
import {
	DEFAULT_MIN_POLL_SECONDS,
	TIMEOUT_ROW,
	timeoutField,
	type WaitSettings,
} from '../../shared/n8n/waiting/entries';
import type { Operation } from '../fields/byModel';
import { optionsOf } from './sources';

/** What a create hands on. `url` and `file` wait for the task's end. */
const RETURNS = ['task', 'url', 'file'] as const;

/** The field *Return* of a create. */
export function returnAsField({ show }: Operation): INodeProperties {
	return {
		displayName: 'Return',
		name: 'returnAs',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Task',
				value: 'task',
				description: 'At once, for CometAPI Runway Wait or the trigger to wait for',
			},
			{
				name: 'Output URL',
				value: 'url',
				description: 'Wait for the end; the execution is suspended meanwhile',
			},
			{
				name: 'Output File',
				value: 'file',
				description: 'Wait for the end, and download the output',
			},
		],
		default: 'task',
		displayOptions: { show },
		description: 'What to hand on, and so whether to wait until the task has ended',
	};
}

const shownWhere = (...returns: Array<(typeof RETURNS)[number]>): IDisplayOptions => ({
	show: { '/returnAs': returns },
});

/** Options of a create that waits. */
export const RETURN_OPTIONS: INodeProperties[] = [
	{ ...maxDownloadOption, displayOptions: shownWhere('file') },
	{ ...outputFieldOption, displayOptions: shownWhere('file') },
	{
		...timeoutField,
		displayOptions: shownWhere('url', 'file'),
		description: 'How long to wait for the task, counted from its acceptance',
	},
];

const ROWS = {
	returnAs: {
		label: 'Return',
		remedy: 'Choose Task, Output URL or Output File.',
		schema: z
			.enum(RETURNS, { errorMap: () => ({ message: `is none of ${RETURNS.join(', ')}` }) })
			.default('task'),
	},
	timeoutMinutes: { ...TIMEOUT_ROW, schema: positiveNumber(timeoutField.default) },
} satisfies InputTable;

/** How to wait for one item's task; `undefined` where the task itself is wanted. Throws a WrongInput. */
export function parseReturnAs(
	context: IExecuteSingleFunctions,
): Omit<WaitSettings, 'taskId'> | undefined {
	const options = optionsOf(context);
	const { returnAs, timeoutMinutes } = parseInput(ROWS, {
		returnAs: context.getNodeParameter('returnAs', 'task'),
		timeoutMinutes: options.timeoutMinutes,
	});
	if (returnAs === 'task') return undefined;
	return {
		isOurs: true,
		timeoutMs: 60_000 * timeoutMinutes,
		minPollMs: 1_000 * DEFAULT_MIN_POLL_SECONDS,
		...parseTaskOptions({ ...options, download: returnAs === 'file' }),
	};
}
