import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { callWithPolicy, DEFAULT_BUDGET_MS } from '../../shared/http/retry';
import {
	DEFAULT_RUNWAY_VERSION,
	READ_TIMEOUT_MS,
	readBaseUrl,
	readTaskRequest,
	sendOnce,
} from '../../shared/n8n/client';
import { readLook } from '../../shared/task/look';
import { lookError, readTaskId } from '../../shared/n8n/taskErrors';
import { DEFAULT_MAX_CONCURRENCY, runInBatch } from '../submit/batch';

/**
 * Reads one item's task, as the declaration's `pagination`: patiently, and at most a few at a time. Emits the
 * Task, or the API's own answer where Simplify is off. A failed task is a task like any other here.
 */
export async function getTask(
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	return await runInBatch(this, DEFAULT_MAX_CONCURRENCY, async ({ world, pace }) => {
		const item = this.getItemIndex();
		const taskId = readTaskId(this.getNode(), this.getNodeParameter('taskId'), item);
		const { timeout } = this.getNodeParameter('requestOptions', {}) as { timeout?: number };
		const request = {
			...requestData.options,
			skipSslCertificateValidation: requestData.options.skipSslCertificateValidation === true,
			...readTaskRequest(await readBaseUrl(this), taskId, DEFAULT_RUNWAY_VERSION),
			// n8n's own default is 5 minutes, beyond the whole budget of a read: only what the user has set counts.
			timeout: timeout || READ_TIMEOUT_MS,
		};
		const { outcome } = await callWithPolicy(
			async (latestStart) =>
				await pace.run(async () => await sendOnce(this, request, world), latestStart),
			{ method: 'GET', budgetMs: DEFAULT_BUDGET_MS },
			world,
		);
		const look = readLook(outcome, taskId);
		if (look.kind !== 'task') throw lookError(this.getNode(), look, taskId, item);
		const simplify = this.getNodeParameter('simplify', true) as boolean;
		return { json: simplify ? look.task : (outcome.body as IDataObject) };
	});
}
