import type { IExecuteFunctions } from 'n8n-workflow';
import { operationError, toNodeError, type NodeError } from '../shared/n8n/errors';
import { readTaskId } from '../shared/n8n/taskErrors';
import { DEFAULT_MIN_POLL_SECONDS, readTaskOptions, type TaskOptions } from '../shared/n8n/options';

/** One item's settings, checked. */
export interface WaitSettings {
	taskId: string;
	timeoutMs: number;
	minPollMs: number;
	runwayVersion: string;
	/** The binary field to download into; `undefined` when the output is not to be downloaded. */
	downloadInto?: string;
	/** A larger output is not downloaded. */
	maxBytes: number;
}

export type SettingsOrError = WaitSettings | NodeError;

/** One item's settings, or an error that names the field, the item and the remedy. */
export function settingsOrError(context: IExecuteFunctions, item: number): SettingsOrError {
	try {
		return readSettings(context, item);
	} catch (error) {
		return toNodeError(context.getNode(), error, item);
	}
}

function readSettings(context: IExecuteFunctions, item: number): WaitSettings {
	const options = context.getNodeParameter('options', item, {}) as TaskOptions;
	const minPollSeconds = options.minPollSeconds ?? DEFAULT_MIN_POLL_SECONDS;
	return {
		taskId: readTaskId(context.getNode(), context.getNodeParameter('taskId', item), item),
		timeoutMs:
			60_000 *
			positive(
				context,
				'Timeout (Minutes)',
				context.getNodeParameter('timeoutMinutes', item),
				item,
			),
		minPollMs: 1_000 * positive(context, 'Seconds Between Checks', minPollSeconds, item),
		...readTaskOptions(options),
	};
}

function positive(context: IExecuteFunctions, field: string, value: unknown, item: number): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isFinite(number) && number > 0) return number;
	const message = `${field} is ${JSON.stringify(value) ?? 'missing'}, not a number above 0 [item ${item}]`;
	throw operationError(
		context.getNode(),
		{ message, description: `Give ${field} a number above 0.` },
		item,
	);
}
