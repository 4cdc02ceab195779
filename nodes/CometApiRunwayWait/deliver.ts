import type { INodeExecutionData } from 'n8n-workflow';
import { apiError, failedTaskError, operationError, type NodeError } from '../shared/n8n/errors';
import { noOutputError, taskNotFoundError } from '../shared/n8n/taskErrors';
import type { Outcome } from '../shared/http/outcome';
import { downloadOutput } from '../shared/n8n/media/download';
import { downloadTask } from '../shared/n8n/taskClient';
import type { Task } from '../shared/task/task';
import type { Ending } from '../shared/task/watch';
import type { WaitSettings } from './entries';
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
	if (settings.downloadInto === undefined)
		return { task, output: { json: end.task, pairedItem: { item } } };
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
			const text = {
				message: `Task ${taskId} was not finished after ${timeoutMs / 60_000} minutes`,
				description: describeLate(end),
			};
			return operationError(node, text, item, { taskId, status: end.task?.status, timedOut: true });
		}
	}
}

function describeLate(end: Ending<Outcome>): string {
	const percent =
		end.task?.progress === undefined ? '' : ` (${Math.round(end.task.progress * 100)} %)`;
	const status = end.task
		? `Its last status was ${end.task.status}${percent}.`
		: 'It could not be read even once.';
	return `${status} The task is not lost: it goes on at CometAPI. Wait for the same Task ID again, with a higher Timeout.`;
}

async function download(
	watcher: Watcher,
	settings: WaitSettings,
	task: Task,
	item: number,
): Promise<Delivery> {
	const { context, world, requests, downloads } = watcher;
	const downloader = {
		context,
		world,
		maxBytes: settings.maxBytes,
		abortSignal: context.getExecutionCancelSignal(),
	};
	const result = await downloadTask({
		node: context.getNode(),
		task,
		item,
		download: async (url, fileName) =>
			await downloads.run(
				async () => await requests.run(async () => await downloadOutput(downloader, url, fileName)),
			),
		lookAgain: async () => await lookAtTask(watcher, settings),
	});
	if ('error' in result) return result;
	const binary = { [String(settings.downloadInto)]: result.binary };
	return { task: result.task, output: { json: result.task, binary, pairedItem: { item } } };
}
