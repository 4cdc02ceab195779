import type { INode, INodeExecutionData } from 'n8n-workflow';
import { errorJson, type NodeError } from '../shared/n8n/errors';
import type { OutputRequest, TaskClient, Turn } from '../shared/n8n/taskClient';
import { lookError } from '../shared/n8n/taskErrors';
import { isFinished } from '../shared/task/status';
import type { Task } from '../shared/task/task';

/** What can be waited for: a success, or an end without result. */
export type TaskEvent = 'succeeded' | 'failed';

/** What a look at a task comes to, with the item to show for it. */
export type Found = { taskId: string } & (
	| { kind: 'finished'; event: TaskEvent; item: INodeExecutionData }
	/** It has succeeded, but its URL may come a moment later. */
	| { kind: 'withoutUrl'; event: TaskEvent; item: INodeExecutionData }
	/** Not finished yet, or no news this time. */
	| { kind: 'pending'; item: INodeExecutionData }
	/** Its turn came too late. */
	| { kind: 'skipped' }
	| { kind: 'notFound'; error: NodeError; item: INodeExecutionData }
	/** The key or the address is wrong: it concerns every task. */
	| { kind: 'refused'; error: NodeError }
);

/** Looks at a task once, and fetches its output when it has succeeded. Never rejects. */
export async function findTask(
	node: INode,
	client: TaskClient,
	request: OutputRequest,
	turn?: Turn,
): Promise<Found> {
	const { taskId } = request;
	const look = await client.look(request, turn);
	if (look.kind === 'task') return await foundTask(client, look.task, request);
	if (look.kind === 'problem' && look.problem.kind === 'notSent')
		return { kind: 'skipped', taskId };
	const error = lookError(node, look, taskId, 0);
	const item = { json: { taskId, ...errorJson(error) } };
	if (look.kind === 'notFound') return { kind: 'notFound', taskId, error, item };
	if (look.kind === 'succeededWithoutUrl') {
		const json = { ...look.task, ...errorJson(error) };
		return { kind: 'withoutUrl', taskId, event: 'failed', item: { json } };
	}
	if (look.patience === 'none') return { kind: 'refused', taskId, error };
	return { kind: 'pending', taskId, item };
}

async function foundTask(client: TaskClient, task: Task, request: OutputRequest): Promise<Found> {
	const { taskId } = task;
	if (!isFinished(task.status)) return { kind: 'pending', taskId, item: { json: task } };
	if (task.status !== 'SUCCEEDED') {
		return { kind: 'finished', taskId, event: 'failed', item: { json: task } };
	}
	const fetched = await client.fetchOutput(task, request, 0);
	const json = 'error' in fetched ? { ...fetched.task, ...errorJson(fetched.error) } : fetched.task;
	const binary = 'error' in fetched ? undefined : fetched.binary;
	return {
		kind: 'finished',
		taskId,
		event: 'succeeded',
		item: { json, ...(binary && { binary }) },
	};
}
