import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { readBaseUrl, readTaskRequest, sendOnce } from '../shared/n8n/client';
import { errorJson, type NodeError } from '../shared/n8n/errors';
import { createLimiter, type Limiter } from '../shared/http/limiter';
import { readLook } from '../shared/task/look';
import { createPace, MOST_REQUESTS_IN_FLIGHT } from '../shared/http/pace';
import { lookError } from '../shared/n8n/taskErrors';
import type { Outcome } from '../shared/http/outcome';
import type { World } from '../shared/http/clock';
import { downloadOutput, type Downloader } from '../shared/n8n/media/download';
import { downloadTask } from '../shared/n8n/taskClient';
import { isFinished } from '../shared/task/status';
import type { Task } from '../shared/task/task';
import type { TaskLook } from '../shared/task/watch';

/** What can be waited for: a success, or an end without result. */
export type TaskEvent = 'succeeded' | 'failed';

/** What a look at a task comes to, with the item to show for it. */
export type Found = { taskId: string } & (
	| { kind: 'finished'; event: TaskEvent; item: INodeExecutionData }
	/** Not finished yet, or no news this time. */
	| { kind: 'pending'; item: INodeExecutionData }
	| { kind: 'notFound'; error: NodeError; item: INodeExecutionData }
	/** The key or the address is wrong: it concerns every task. */
	| { kind: 'refused'; error: NodeError }
);

export interface Reader {
	/** Caps the tasks looked at, and downloaded, at a time. */
	limiter: Limiter;
	/** Looks at a task once; never rejects. */
	find(taskId: string): Promise<Found>;
}

interface ReaderOptions {
	runwayVersion: string;
	downloadInto?: string;
	maxBytes: number;
}

/** A reader for one poll; throws when the credential's Base URL is unusable. */
export async function createReader(
	context: IPollFunctions,
	options: ReaderOptions,
	world: World,
): Promise<Reader> {
	const baseUrl = await readBaseUrl(context);
	const pace = createPace(MOST_REQUESTS_IN_FLIGHT, world);
	const look = async (taskId: string): Promise<TaskLook<Outcome>> => {
		const request = readTaskRequest(baseUrl, taskId, options.runwayVersion);
		return readLook(
			await pace.run(async () => await sendOnce(context, request, world), world.now()),
			taskId,
		);
	};
	return {
		limiter: createLimiter(MOST_REQUESTS_IN_FLIGHT),
		async find(taskId) {
			const seen = await look(taskId);
			if (seen.kind === 'task')
				return await foundTask(
					{ context, world, maxBytes: options.maxBytes },
					seen.task,
					options,
					async () => await look(taskId),
				);
			const error = lookError(context.getNode(), seen, taskId, 0);
			const item = { json: { taskId, ...errorJson(error) } };
			if (seen.kind === 'notFound') return { kind: 'notFound', taskId, error, item };
			if (seen.kind === 'succeededWithoutUrl') {
				return {
					kind: 'finished',
					taskId,
					event: 'failed',
					item: { json: { ...seen.task, ...errorJson(error) } },
				};
			}
			return seen.patience === 'none'
				? { kind: 'refused', taskId, error }
				: { kind: 'pending', taskId, item };
		},
	};
}

async function foundTask(
	downloader: Downloader,
	task: Task,
	{ downloadInto }: ReaderOptions,
	lookAgain: () => Promise<TaskLook<Outcome>>,
): Promise<Found> {
	const { taskId } = task;
	const item = { json: task };
	if (!isFinished(task.status)) return { kind: 'pending', taskId, item };
	if (task.status !== 'SUCCEEDED') return { kind: 'finished', taskId, event: 'failed', item };
	if (downloadInto === undefined) return { kind: 'finished', taskId, event: 'succeeded', item };
	const download = async (url: string, fileName: string) =>
		await downloadOutput(downloader, url, fileName);
	const result = await downloadTask({
		node: downloader.context.getNode(),
		task,
		item: 0,
		download,
		lookAgain,
	});
	const downloaded: INodeExecutionData =
		'error' in result
			? { json: { ...result.task, ...errorJson(result.error) } }
			: { json: result.task, binary: { [downloadInto]: result.binary } };
	return { kind: 'finished', taskId, event: 'succeeded', item: downloaded };
}
