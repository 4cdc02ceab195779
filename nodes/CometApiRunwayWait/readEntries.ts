import type { IExecuteFunctions } from 'n8n-workflow';
import { toNodeError } from '../shared/n8n/errors';
import { parseInput, positiveNumber, TASK_ID_ROW, type InputTable } from '../shared/n8n/input';
import { parseTaskOptions } from '../shared/n8n/options';
import {
	DEFAULT_MIN_POLL_SECONDS,
	TIMEOUT_ROW,
	type Entry,
	type WaitSettings,
} from '../shared/n8n/waiting/entries';

const ROWS = {
	taskId: TASK_ID_ROW,
	timeoutMinutes: TIMEOUT_ROW,
	minPollSeconds: {
		label: 'Seconds Between Checks',
		remedy: 'Give Seconds Between Checks a number above 0.',
		schema: positiveNumber(DEFAULT_MIN_POLL_SECONDS),
	},
} satisfies InputTable;

/** The items of a run, and whether a create comes before the node. An error names the field, the item and the remedy. */
export function readEntries(context: IExecuteFunctions, isBehindCreate: boolean): Entry[] {
	return context.getInputData().map(({ json }, item) => {
		try {
			const settings = readSettings(context, item);
			// The very Task that the create has emitted is paid for, so it does exist.
			const isOurs = isBehindCreate && json.taskId === settings.taskId && json.status === 'PENDING';
			return { item, settings: isOurs ? { ...settings, isOurs } : settings };
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
