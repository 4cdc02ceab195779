import type { INodeExecutionData } from 'n8n-workflow';
import type { ItemsContext } from '../context';
import { errorJson, type NodeError } from '../errors';
import type { TaskClient } from '../taskClient';
import { endError } from '../taskErrors';
import type { Task } from '../../task/task';
import type { Ending } from '../../task/watch';
import type { WaitSettings } from './entries';

/** An item, and its task as it was last seen. */
export interface Underway {
	item: number;
	taskId?: string;
	task?: Task;
}

/** What has become of one item: the item to emit, or its error. */
export type Delivery = Underway & ({ output: INodeExecutionData } | { error: NodeError });

/** Turns the end of a wait into the item's output, downloading the video where asked to. */
export async function deliver(
	context: ItemsContext,
	client: TaskClient,
	{ item, settings, end }: { item: number; settings: WaitSettings; end: Ending },
): Promise<Delivery> {
	const { taskId } = settings;
	if (end.kind !== 'finished' || end.task.status !== 'SUCCEEDED') {
		return {
			item,
			taskId,
			task: end.task,
			error: endError(context.getNode(), end, settings, item),
		};
	}
	const fetched = await client.fetchOutput(end.task, settings, item);
	const { task } = fetched;
	if ('error' in fetched) return { item, taskId, task, error: fetched.error };
	const { binary } = fetched;
	const output = { json: task, ...(binary && { binary }), pairedItem: { item } };
	return { item, taskId, task, output };
}

/** The item to emit where *On Error* continues. */
export function outputOf(delivery: Delivery): INodeExecutionData {
	if ('output' in delivery) return delivery.output;
	return { json: errorJson(delivery.error), pairedItem: { item: delivery.item } };
}

/**
 * The one error of a run that n8n shows: the first one, how many there are, and what has become of every
 * sibling (id, status, output URL), in words and for programs in the error's `context.tasks`. What was paid for
 * can be picked up from there. `undefined` where nothing went wrong.
 */
export function runError(deliveries: Array<Underway | Delivery>): NodeError | undefined {
	const errors = deliveries.flatMap((delivery) => ('error' in delivery ? [delivery.error] : []));
	const [error] = errors;
	if (!error) return undefined;
	const inOrder = [...deliveries].sort((one, other) => one.item - other.item);
	const tasks = inOrder.map(({ item, taskId, task }) => ({
		item,
		...(taskId === undefined ? {} : { taskId }),
		status: task?.status ?? 'UNKNOWN',
		...(task?.outputUrl ? { outputUrl: task.outputUrl } : {}),
	}));
	Object.assign(error.context, { tasks });
	if (tasks.length === 1) return error;
	if (errors.length > 1)
		error.message = `${errors.length} of ${tasks.length} tasks did not succeed. The first: ${error.message}`;
	const list = tasks.map(({ item, taskId, status, outputUrl }) =>
		[`item ${item}:`, taskId ?? '(no task id)', status, outputUrl].filter(Boolean).join(' '),
	);
	error.description = `${error.description ?? ''} All tasks of this run: ${list.join('; ')}`.trim();
	return error;
}
