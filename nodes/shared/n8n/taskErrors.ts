import type { INode } from 'n8n-workflow';
import type { Outcome } from '../http/outcome';
import type { Task } from '../task/task';
import type { Ending, TaskLook } from '../task/watch';
import { apiError, apiErrorOf, operationError, type NodeError } from './errors';
import { describeFailedTask, describeOutcome } from './errorTexts';
import { BYTES_PER_MB } from './media/dataUri';
import type { FailedOutput } from './media/outputs';

/** The error of a look that did not show a task that can be used. */
export function lookError(
	node: INode,
	look: Exclude<TaskLook, { kind: 'task' }>,
	taskId: string,
	item: number,
): NodeError {
	switch (look.kind) {
		case 'problem':
			return apiError(node, look.problem, item, { taskId });
		case 'notFound':
			return taskNotFoundError(node, taskId, item);
		case 'succeededWithoutUrl':
			return noOutputError(node, taskId, item);
	}
}

/** The error of a wait that ended otherwise than with a task that has succeeded. */
export function endError(
	node: INode,
	end: Ending,
	{ taskId, timeoutMs }: { taskId: string; timeoutMs: number },
	item: number,
): NodeError {
	switch (end.kind) {
		case 'finished':
			return failedTaskError(node, end.task, item);
		case 'succeededWithoutUrl':
			return noOutputError(node, taskId, item);
		case 'notFound':
			return taskNotFoundError(node, taskId, item);
		case 'failedToRead':
			return apiError(node, end.problem, item, { taskId, status: end.task?.status });
		case 'timedOut': {
			const text = {
				message: `Task ${taskId} was not finished after ${timeoutMs / 60_000} minutes`,
				description: describeLate(end),
			};
			return operationError(node, text, item, {
				taskId,
				status: end.task?.status,
				timedOut: true,
			});
		}
	}
}

/** The error of a task that has succeeded, and one of whose outputs could not be downloaded: none is taken along then. */
export function downloadError(
	node: INode,
	{ taskId, status, outputUrls = [] }: Task,
	end: FailedOutput,
	item: number,
): NodeError {
	const { problem, remedy } = describeDownload(end);
	const isOneOfMany = outputUrls.length > 1;
	const which = isOneOfMany ? `${outputUrls.indexOf(end.url) + 1} of ${outputUrls.length} ` : '';
	const all = isOneOfMany ? `. All its outputs: ${outputUrls.join(' , ')}` : '';
	const text = {
		message: `The output ${which}of task ${taskId} ${problem}`,
		description: `The task itself succeeded and is paid for: ${remedy} Its output URL was ${end.url}${all}`,
	};
	const statusCode = 'outcome' in end ? end.outcome.statusCode : undefined;
	const details = { taskId, status, outputUrl: end.url, outputUrls };
	return apiErrorOf(node, text, item, details, statusCode);
}

/** CometAPI does not know the id. */
function taskNotFoundError(node: INode, taskId: string, item: number): NodeError {
	const text = {
		message: `Task ${taskId} does not exist`,
		description:
			'A new task may take up to 10 minutes to appear: if this one was created just now, ask for it again. Otherwise check the Task ID, and that the credential belongs to the account the task was created with.',
	};
	return operationError(node, text, item, { taskId });
}

/** SUCCEEDED, but no output URL anywhere: not a success. */
function noOutputError(node: INode, taskId: string, item: number): NodeError {
	const text = {
		message: `Task ${taskId} succeeded, but CometAPI gave no output URL`,
		description:
			'Read the task again later with Task → Get; if there is still none, give CometAPI support the task id.',
	};
	return operationError(node, text, item, { taskId, status: 'SUCCEEDED' });
}

/** FAILED or CANCELLED. */
function failedTaskError(node: INode, task: Task, item: number): NodeError {
	const { taskId, status, failureCode } = task;
	return apiErrorOf(node, describeFailedTask(task), item, { taskId, status, failureCode });
}

function describeLate(end: Extract<Ending, { kind: 'timedOut' }>): string {
	const { task, isUnknown } = end;
	const percent = task?.progress === undefined ? '' : ` (${Math.round(task.progress * 100)} %)`;
	const status = task
		? `Its last status was ${task.rawStatus ?? task.status}${percent}.`
		: isUnknown
			? 'CometAPI does not know it, or not yet. Check the Task ID, and that the credential belongs to the account the task was created with.'
			: 'It could not be read even once.';
	return `${status}${describeSilence(end)} The task is not lost: it goes on at CometAPI. Wait for the same Task ID again, with a higher Timeout.`;
}

/** What stood in the way of news at the end. */
function describeSilence(end: Extract<Ending, { kind: 'timedOut' }>): string {
	if (!end.problem) return '';
	const { message } = describeOutcome(end.problem);
	const { statusCode } = end.problem;
	const status = statusCode === undefined ? '' : ` (HTTP ${statusCode})`;
	return ` For ${Math.round(end.silentMs / 60_000)} minutes there was no news of it: ${message}${status}.`;
}

/** What became of an output, in words that follow it, and what to do. */
interface DownloadText {
	problem: string;
	remedy: string;
}

function describeDownload(end: FailedOutput): DownloadText {
	switch (end.kind) {
		case 'tooLarge': {
			const megabytes = Math.floor(end.maxBytes / BYTES_PER_MB);
			return {
				problem: `is larger than ${megabytes} MB, so it was not downloaded`,
				remedy:
					'raise the option Max Download Size (MB) and wait for the same Task ID again, or use the URL.',
			};
		}
		case 'outOfReach':
			return {
				problem: `leads to ${end.what}, so it was not downloaded`,
				remedy:
					"outputs are fetched from the internet only, unless the credential's Base URL is a private address itself. If this one is to be trusted, fetch the file from the URL with n8n's HTTP Request node.",
			};
		case 'noMedia':
			return {
				problem: `is no media file but ${end.what}, so it was not stored`,
				remedy:
					'open the URL in a browser to see what it is, or wait for the same Task ID again for a fresh URL.',
			};
		case 'expired':
			return {
				problem: `could not be downloaded: its URL has expired (HTTP ${end.outcome.statusCode}), and so had a fresh one`,
				remedy: 'wait for the same Task ID again to download it.',
			};
		case 'failed':
			return describeFailedDownload(end.outcome);
	}
}

function describeFailedDownload({
	kind,
	statusCode,
	code = 'the connection broke off',
}: Outcome): DownloadText {
	if (kind === 'blocked') {
		return {
			problem: "was not downloaded: n8n's own protection does not allow its address",
			remedy:
				'ask the administrator to allow it (N8N_SSRF_ALLOWED_HOSTNAMES, N8N_SSRF_ALLOWED_IP_RANGES), or use the URL elsewhere.',
		};
	}
	return {
		problem: `could not be downloaded: ${statusCode === undefined ? code : `HTTP ${statusCode}`}`,
		remedy: 'wait for the same Task ID again to download it.',
	};
}
