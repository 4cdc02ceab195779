import type { IExecuteFunctions } from 'n8n-workflow';
import { toNodeError, type NodeError } from '../shared/n8n/errors';
import { parseInput, positiveNumber, TASK_ID_ROW, type InputTable } from '../shared/n8n/input';
import { parseTaskOptions, type TaskOptions } from '../shared/n8n/options';
import type { WaitOrder } from '../shared/task/watch';
import { DEFAULT_MIN_POLL_SECONDS } from './properties';

/** One item's settings, checked: the order to wait, and what to do with the output. */
export type WaitSettings = WaitOrder & TaskOptions;

/** One item of a run: what to wait for, or why that can't be. */
export type Entry = { item: number } & ({ settings: WaitSettings } | { error: NodeError });

const ROWS = {
	taskId: TASK_ID_ROW,
	timeoutMinutes: {
		label: 'Timeout (Minutes)',
		remedy: 'Give Timeout (Minutes) a number above 0.',
		schema: positiveNumber(),
	},
	minPollSeconds: {
		label: 'Seconds Between Checks',
		remedy: 'Give Seconds Between Checks a number above 0.',
		schema: positiveNumber(DEFAULT_MIN_POLL_SECONDS),
	},
} satisfies InputTable;

/** The items of a run. An error names the field, the item and the remedy. */
export function readEntries(context: IExecuteFunctions): Entry[] {
	return context.getInputData().map((_, item) => {
		try {
			return { item, settings: readSettings(context, item) };
		} catch (error) {
			return { item, error: toNodeError(context.getNode(), error, item) };
		}
	});
}

function readSettings(context: IExecuteFunctions, item: number): WaitSettings {
	const options = context.getNodeParameter('options', item, {});
	const { taskId, timeoutMinutes, minPollSeconds } = parseInput(ROWS, {
		taskId: context.getNodeParameter('taskId', item),
		timeoutMinutes: context.getNodeParameter('timeoutMinutes', item),
		minPollSeconds: options.minPollSeconds,
	});
	return {
		taskId,
		timeoutMs: 60_000 * timeoutMinutes,
		minPollMs: 1_000 * minPollSeconds,
		...parseTaskOptions(options),
	};
}

/** What to wait for: each task once, however many items name it; the most patient item's settings count. */
export function ordersOf(entries: Entry[]): WaitSettings[] {
	const orders = new Map<string, WaitSettings>();
	for (const entry of entries) {
		if ('error' in entry) continue;
		const { settings } = entry;
		const known = orders.get(settings.taskId);
		if (!known || known.timeoutMs < settings.timeoutMs) orders.set(settings.taskId, settings);
	}
	return [...orders.values()];
}
