import type { INode, INodeExecutionData } from 'n8n-workflow';
import { errorJson } from '../shared/n8n/errors';
import type { TaskClient } from '../shared/n8n/taskClient';
import type { Task } from '../shared/task/task';
import type { Asked } from './asked';
import { findTask } from './findTask';
import { wrongWordsError } from './listedIds';

/** What 'Fetch Test Event' shows: every task as it is now, then every word that can be no id, with its error. */
export async function showTasks(
	node: INode,
	client: TaskClient,
	{ ids, wrongWords, options }: Asked,
): Promise<INodeExecutionData[][]> {
	const tasks = await Promise.all(
		ids.map(async (taskId) => await showTask(node, client, taskId, options)),
	);
	const words = wrongWords.map((word) => ({
		json: { taskId: word, ...errorJson(wrongWordsError(node, [word])) },
	}));
	return [[...tasks.flat(), ...words]];
}

async function showTask(
	node: INode,
	client: TaskClient,
	taskId: string,
	options: Asked['options'],
): Promise<INodeExecutionData[]> {
	const request = { ...options, taskId };
	const found = await findTask(node, client, request);
	if (found.kind === 'refused') throw found.error;
	if (found.kind === 'skipped') return [];
	if (found.kind !== 'succeeded') return [found.item];
	const fetched = await client.fetchOutput(found.task, request, 0);
	const json: Task = fetched.task;
	if ('error' in fetched) return [{ json: { ...json, ...errorJson(fetched.error) } }];
	return [{ json, ...(fetched.binary && { binary: fetched.binary }) }];
}
