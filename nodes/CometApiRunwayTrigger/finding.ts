import type { INodeExecutionData } from 'n8n-workflow';
import type { NodeError } from '../shared/n8n/errors';
import type { Task } from '../shared/task/task';
import { PATIENCE_MS, UNKNOWN_PATIENCE_MS } from '../shared/task/watch';
import type { Asked } from './asked';
import type { Found } from './findTask';
import type { SeenTask } from './seenTasks';

/** What a poll makes of a look: what to note, and what to do once it is noted. */
export interface Finding {
	noted: SeenTask;
	/** Starts an execution. */
	item?: INodeExecutionData;
	/** Is reported, as a failed execution. */
	error?: NodeError;
	/** Its output is wanted as a file, and the execution starts when that has come. */
	toDownload?: Task;
}

/** What a look at `now` (epoch ms) makes of a task's entry. */
export function findingOf(
	found: Exclude<Found, { kind: 'refused' | 'skipped' }>,
	{ withoutUrlSince, unknownSince, ...entry }: SeenTask,
	{ events, options }: Asked,
	now: number,
): Finding {
	const noted: SeenTask = { ...entry, lastLookAt: now };
	const done: SeenTask = { ...noted, done: true };
	switch (found.kind) {
		case 'pending':
			return { noted };
		case 'notFound': {
			const since = unknownSince ?? now;
			if (now - since < UNKNOWN_PATIENCE_MS) return { noted: { ...noted, unknownSince: since } };
			return { noted: done, error: found.error };
		}
		case 'withoutUrl': {
			const since = withoutUrlSince ?? now;
			if (now - since < PATIENCE_MS) return { noted: { ...noted, withoutUrlSince: since } };
			return events.includes('failed') ? { noted: done, item: found.item } : { noted: done };
		}
		case 'failed':
			return events.includes('failed') ? { noted: done, item: found.item } : { noted: done };
		case 'succeeded':
			if (!events.includes('succeeded')) return { noted: done };
			if (options.downloadInto !== undefined) return { noted, toDownload: found.task };
			return { noted: done, item: { json: found.task } };
	}
}
