import type { INodeExecutionData } from 'n8n-workflow';
import type { NodeError } from '../shared/n8n/errors';
import type { Task } from '../shared/task/task';
import type { Asked } from './asked';
import type { Found } from './findTask';
import type { SeenTask } from './seenTasks';

/** A fresh id may answer task_not_exist for a few seconds, and a URL come a moment after its task's success. */
const BELIEVED_AFTER_MS = 60_000;

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
	{ withoutUrlSince, ...entry }: SeenTask,
	{ events, options }: Asked,
	now: number,
): Finding {
	const noted: SeenTask = { ...entry, lastLookAt: now };
	const done: SeenTask = { ...noted, done: true };
	switch (found.kind) {
		case 'pending':
			return { noted };
		case 'notFound':
			if (now - entry.firstLookAt < BELIEVED_AFTER_MS) return { noted };
			return { noted: done, error: found.error };
		case 'withoutUrl': {
			const since = withoutUrlSince ?? now;
			if (now - since < BELIEVED_AFTER_MS) return { noted: { ...noted, withoutUrlSince: since } };
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
