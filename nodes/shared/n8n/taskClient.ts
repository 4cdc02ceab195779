import type { IBinaryData, INode } from 'n8n-workflow';
import { apiErrorOf, type NodeError } from './errors';
import { lookError } from './taskErrors';
import type { Outcome } from '../http/outcome';
import type { Task } from '../task/task';
import type { TaskLook } from '../task/watch';
import { BYTES_PER_MB } from './media/dataUri';
import type { DownloadEnd } from './media/download';

/** What a download needs of the node that asks for it. */
export interface DownloadJob {
	node: INode;
	/** A task that has succeeded. */
	task: Task;
	item: number;
	/** Downloads one URL; see `downloadOutput`. */
	download(url: string, fileName: string): Promise<DownloadEnd>;
	/** Reads the task once more. */
	lookAgain(): Promise<TaskLook<Outcome>>;
}

/** The task as it was last seen, with its output, or with the error that kept it away. */
export type TaskDownload = { task: Task } & ({ binary: IBinaryData } | { error: NodeError });

/**
 * Downloads a task's first output. An expired URL is answered by reading the task again, once, for a fresh one.
 * Never rejects: an error says that the task itself succeeded, and where its output is.
 */
export async function downloadTask(job: DownloadJob): Promise<TaskDownload> {
	const { node, task, item } = job;
	const end = await job.download(String(task.outputUrl), task.taskId);
	if (end.kind !== 'expired') return toDownload(job, task, end);
	const look = await job.lookAgain();
	if (look.kind !== 'task') return { task, error: lookError(node, look, task.taskId, item) };
	if (!look.task.outputUrl) return toDownload(job, task, end);
	return toDownload(job, look.task, await job.download(look.task.outputUrl, task.taskId));
}

function toDownload({ node, item }: DownloadJob, task: Task, end: DownloadEnd): TaskDownload {
	if (end.kind === 'stored') return { task, binary: end.binary };
	const { taskId, status, outputUrl } = task;
	const { problem, remedy } = describeEnd(end);
	const text = {
		message: `The output of task ${taskId} ${problem}`,
		description: `The task itself succeeded and is paid for: ${remedy} Its output URL was ${outputUrl}`,
	};
	const statusCode = 'outcome' in end ? end.outcome.statusCode : undefined;
	return { task, error: apiErrorOf(node, text, item, { taskId, status, outputUrl }, statusCode) };
}

function describeEnd(end: Exclude<DownloadEnd, { kind: 'stored' }>): {
	problem: string;
	remedy: string;
} {
	switch (end.kind) {
		case 'tooLarge': {
			const megabytes = Math.floor(end.maxBytes / BYTES_PER_MB);
			return {
				problem: `is larger than ${megabytes} MB, so it was not downloaded`,
				remedy:
					'raise the option Max Download Size (MB) and wait for the same Task ID again, or use the URL.',
			};
		}
		case 'expired':
			return {
				problem: `could not be downloaded: its URL has expired (HTTP ${end.outcome.statusCode}), and so had a fresh one`,
				remedy: 'wait for the same Task ID again to download it.',
			};
		case 'failed': {
			const { statusCode, code = 'the connection broke off' } = end.outcome;
			return {
				problem: `could not be downloaded: ${statusCode === undefined ? code : `HTTP ${statusCode}`}`,
				remedy: 'wait for the same Task ID again to download it.',
			};
		}
	}
}
