import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { MOST_REQUESTS_IN_FLIGHT } from '../../shared/http/pace';
import { declaredRequest, DEFAULT_RUNWAY_VERSION } from '../../shared/n8n/client';
import { parseInput, TASK_ID_ROW } from '../../shared/n8n/input';
import { createTaskClient } from '../../shared/n8n/taskClient';
import { lookError } from '../../shared/n8n/taskErrors';
import { parseLook } from '../../shared/task/look';
import { runInBatch } from '../submit/batch';

/** The task client caps itself, and reads hold nothing in memory. */
const CAPS = { itemsAtWork: Number.POSITIVE_INFINITY, requestsInFlight: MOST_REQUESTS_IN_FLIGHT };

/**
 * Reads one item's task, as the declaration's `pagination`: patiently, and at most a few at a time. Emits the
 * Task, or the API's own answer where Simplify is off. A failed task is a task like any other here.
 */
export async function getTask(
	this: IExecutePaginationFunctions,
	{ options: declared }: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	return await runInBatch(this, CAPS, async ({ clock, pace }) => {
		const { taskId } = parseInput(
			{ taskId: TASK_ID_ROW },
			{ taskId: this.getNodeParameter('taskId') },
		);
		const request = declaredRequest(this, declared);
		const client = createTaskClient({ context: this, clock, pace, request });
		const outcome = await client.read({ taskId, runwayVersion: DEFAULT_RUNWAY_VERSION });
		const isRaw = this.getNodeParameter('simplify', true) !== true;
		// Whatever it says: what can't be read as a task sends people here to see it.
		const isAnswer = Number(outcome.statusCode) < 300;
		if (isRaw && isAnswer && isObject(outcome.body)) return { json: outcome.body };
		const look = parseLook(outcome, taskId);
		if (look.kind !== 'task') throw lookError(this.getNode(), look, taskId, this.getItemIndex());
		return { json: look.task };
	});
}

function isObject(body: unknown): body is IDataObject {
	return typeof body === 'object' && body !== null && !Array.isArray(body);
}
