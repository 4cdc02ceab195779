import type { INode } from 'n8n-workflow';
import type { TaskLook } from '../task/watch';
import { apiError, operationError, type NodeError } from './errors';
import type { Outcome } from '../http/outcome';

/** The error of a look that did not show a task that can be used. */
export function lookError(
	node: INode,
	look: Exclude<TaskLook<Outcome>, { kind: 'task' }>,
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

/** CometAPI does not know the id. */
export function taskNotFoundError(node: INode, taskId: string, item: number): NodeError {
	const text = {
		message: `Task ${taskId} does not exist`,
		description:
			'Check the Task ID, and that the credential belongs to the account the task was created with. A task created seconds ago may not be readable yet.',
	};
	return operationError(node, text, item, { taskId });
}

/** SUCCEEDED, but no output URL anywhere: not a success. */
export function noOutputError(node: INode, taskId: string, item: number): NodeError {
	const text = {
		message: `Task ${taskId} succeeded, but CometAPI gave no output URL`,
		description:
			'Read the task again later with Task → Get; if there is still none, give CometAPI support the task id.',
	};
	return operationError(node, text, item, { taskId, status: 'SUCCEEDED' });
}

/** The task id in a field, trimmed; throws an error that names the field and the remedy where there is none. */
export function readTaskId(node: INode, value: unknown, item: number): string {
	const taskId = typeof value === 'string' ? value.trim() : '';
	if (taskId !== '') return taskId;
	const text = {
		message: `Task ID is empty [item ${item}]`,
		description:
			'Give the id of a task, for example {{ $json.taskId }} from the CometAPI Runway node that created it.',
	};
	throw operationError(node, text, item);
}
