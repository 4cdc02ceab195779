import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { Clock } from '../shared/http/clock';
import type { Reach } from '../shared/http/reach';
import { errorJson } from '../shared/n8n/errors';
import { downloadOutputs, type OutputsEnd } from '../shared/n8n/media/outputs';
import { downloadError } from '../shared/n8n/taskErrors';
import type { Task } from '../shared/task/task';
import type { Desk } from './desk';
import { handOver } from './handOver';
import type { SeenTask, SeenTasks } from './seenTasks';

/** What a download stands on that outlives the poll which has begun it. */
export interface Downloading {
	context: IPollFunctions;
	clock: Clock;
	desk: Desk;
	seen: SeenTasks;
	reach: Reach;
	downloadInto: string;
	/** A larger output is not downloaded. */
	maxBytes: number;
}

/**
 * Downloads the outputs of a task, then notes the task as done and starts its execution. The task stays at work until
 * then, so that no other poll takes it.
 *
 * Polls do not wait for it. n8n polls once while it activates a workflow, and publishing it took as long as its
 * downloads; n8n's scheduler gives a poll up after 45 s. Nothing is lost by that: as long as the file is not there,
 * the task is not noted as done, so after a shutdown or a crash the next poll begins anew, and n8n waits for a poll
 * that is under way as little as for this. Nothing comes twice: noting and handing over happen in one go, and n8n's
 * `__emit`, which saves the note, asks nothing of the poll it belongs to (n8n 2.40.7,
 * trigger-execution-context.factory.js).
 *
 * What the end of a poll takes away is what n8n evaluates expressions with (poll-trigger-executor.js,
 * `releaseIsolate`), and so every field and every request with the credential. A download needs neither. A URL that
 * has expired, which asks for another look at the task, is therefore left to the next poll, once. Never rejects.
 */
export async function downloadAndHandOver(
	{ context, clock, desk, seen, reach, downloadInto, maxBytes }: Downloading,
	task: Task,
	noted: SeenTask,
): Promise<void> {
	const downloader = { context, clock, reach, maxBytes };
	const end = await downloadOutputs({
		task,
		field: downloadInto,
		downloader,
		inTurn: desk.downloads.run,
	});
	if (end.kind === 'expired' && !noted.urlExpired) {
		seen.note({ ...noted, urlExpired: true });
	} else {
		seen.note({ ...noted, done: true });
		handOver(context, { item: itemOf(context, task, end) });
	}
	desk.atWork.delete(task.taskId);
}

function itemOf(context: IPollFunctions, task: Task, end: OutputsEnd): INodeExecutionData {
	if (end.kind === 'stored') return { json: task, binary: end.binary };
	return { json: { ...task, ...errorJson(downloadError(context.getNode(), task, end, 0)) } };
}
