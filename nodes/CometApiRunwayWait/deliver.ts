import type { INodeExecutionData } from 'n8n-workflow';
import { apiError, failedTaskError, operationError, type NodeError } from '../shared/api/errors';
import { lookError, noOutputError, taskNotFoundError } from '../shared/api/lookError';
import type { Outcome } from '../shared/api/outcome';
import { downloadOutput } from '../shared/media/download';
import type { Task } from '../shared/task/task';
import type { Ending } from '../shared/task/watch';
import type { WaitSettings } from './settings';
import { lookAtTask, type Watcher } from './watch';

/** What has become of one item: the item to emit, or its error; the task as it was last seen. */
export type Delivery = { task?: Task } & ({ output: INodeExecutionData } | { error: NodeError });

/** The same for an item whose task may still be processing. */
export type Progress = Delivery | { task?: Task };

/** Turns the end of a wait into the item's output, downloading the video where asked to. */
export async function deliver(
	watcher: Watcher,
	settings: WaitSettings,
	end: Ending<Outcome>,
	item: number,
): Promise<Delivery> {
	const { task } = end;
	if (end.kind !== 'finished' || end.task.status !== 'SUCCEEDED') {
		return { task, error: endError(watcher, settings, end, item) };
	}
	if (settings.downloadInto === undefined) return { task, output: { json: end.task, pairedItem: { item } } };
	return await download(watcher, settings, end.task, item);
}

function endError(
	{ context }: Watcher,
	{ taskId, timeoutMs }: WaitSettings,
	end: Ending<Outcome>,
	item: number,
): NodeError {
	const node = context.getNode();
	switch (end.kind) {
		case 'finished':
			return failedTaskError(node, end.task, item);
		case 'succeededWithoutUrl':
			return noOutputError(node, taskId, item);
		case 'notFound':
			return taskNotFoundError(node, taskId, item);
		case 'failedToRead':
			return apiError(node, end.problem, item, { taskId, status: end.task?.status });
		case 'timedOut':
		case 'stopped': {
			const text = { message: `Task ${taskId} was not finished after ${timeoutMs / 60_000} minutes`, description: describeLate(end) };
			return operationError(node, text, item, { taskId, status: end.task?.status, timedOut: true });
		}
	}
}

function describeLate(end: Ending<Outcome>): string {
	const percent = end.task?.progress === undefined ? '' : ` (${Math.round(end.task.progress * 100)} %)`;
	const status = end.task ? `Its last status was ${end.task.status}${percent}.` : 'It could not be read even once.';
	return `${status} The task is not lost: it goes on at CometAPI. Wait for the same Task ID again, with a higher Timeout.`;
}

/** An expired URL is answered by reading the task again, once, for a fresh one. */
async function download(watcher: Watcher, settings: WaitSettings, task: Task, item: number): Promise<Delivery> {
	let current = task;
	let end = await downloadOnce(watcher, current);
	if (end.kind === 'expired') {
		const look = await lookAtTask(watcher, settings);
		if (look.kind !== 'task') return { task, error: lookError(watcher.context.getNode(), look, task.taskId, item) };
		current = look.task;
		if (current.outputUrl) end = await downloadOnce(watcher, current);
	}
	if (end.kind === 'stored') {
		const binary = { [String(settings.downloadInto)]: end.binary };
		return { task: current, output: { json: current, binary, pairedItem: { item } } };
	}
	return { task: current, error: downloadError(watcher, current, end.outcome, item) };
}

async function downloadOnce({ context, requests, downloads }: Watcher, { taskId, outputUrl }: Task) {
	return await downloads.run(
		async () => await requests.run(async () => await downloadOutput(context, String(outputUrl), taskId)),
	);
}

function downloadError({ context }: Watcher, task: Task, outcome: Outcome, item: number): NodeError {
	const { taskId, status, outputUrl } = task;
	const reason = outcome.statusCode === undefined ? (outcome.code ?? 'the connection broke off') : `HTTP ${outcome.statusCode}`;
	const text = {
		message: `The output of task ${taskId} could not be downloaded: ${reason}`,
		description: `The task itself succeeded and is paid for: wait for the same Task ID again to download it. Its output URL was ${outputUrl}`,
	};
	return operationError(context.getNode(), text, item, { taskId, status, outputUrl });
}
