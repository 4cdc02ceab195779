import type { INode, INodeExecutionData } from 'n8n-workflow';
import { errorJson, type NodeError } from '../shared/n8n/errors';
import type { TaskClient, TaskRequest, Turn } from '../shared/n8n/taskClient';
import { lookError } from '../shared/n8n/taskErrors';
import { isFinished } from '../shared/task/status';
import type { Task } from '../shared/task/task';

/** What can be waited for: a success, or an end without result. */
export type TaskEvent = 'succeeded' | 'failed';

/** What a look at a task comes to, with the item to show for it. */
export type Found = { taskId: string } & (
	| { kind: 'succeeded'; task: Task }
	| { kind: 'failed'; item: INodeExecutionData }
	/** It has succeeded, but its URL may come a moment later. */
	| { kind: 'withoutUrl'; item: INodeExecutionData }
	/** Not finished yet, or no news this time. */
	| { kind: 'pending'; item: INodeExecutionData }
	/** Its turn came too late. */
	| { kind: 'skipped' }
	| { kind: 'notFound'; error: NodeError; item: INodeExecutionData }
	/** The key or the address is wrong: it concerns every task. */
	| { kind: 'refused'; error: NodeError }
);

/** Looks at a task once. Never rejects. */
export async function findTask(
	node: INode,
	client: TaskClient,
	request: TaskRequest,
	turn?: Turn,
): Promise<Found> {
	const { taskId } = request;
	const look = await client.look(request, turn);
	if (look.kind === 'task') return foundTask(look.task);
	if (look.kind === 'problem' && look.problem.kind === 'notSent')
		return { kind: 'skipped', taskId };
	const error = lookError(node, look, taskId, 0);
	const item = { json: { taskId, ...errorJson(error) } };
	if (look.kind === 'notFound') return { kind: 'notFound', taskId, error, item };
	if (look.kind === 'succeededWithoutUrl') {
		const json = { ...look.task, ...errorJson(error) };
		return { kind: 'withoutUrl', taskId, item: { json } };
	}
	if (look.patience === 'none') return { kind: 'refused', taskId, error };
	return { kind: 'pending', taskId, item };
}

function foundTask(task: Task): Found {
	const { taskId, status } = task;
	if (status === 'SUCCEEDED') return { kind: 'succeeded', taskId, task };
	return { kind: isFinished(status) ? 'failed' : 'pending', taskId, item: { json: task } };
}
