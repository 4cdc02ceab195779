import { parse } from 'flatted';
import type { ExecutionStatus, IRunExecutionData, WorkflowExecuteMode } from 'n8n-workflow';
import { examine } from '../canary';
import type { N8nSession } from './http';
import { n8nMajorVersion } from './version';
import { waitFor } from './waitFor';
import type { StoredWorkflow, WorkflowJson } from './workflow';

const UNFINISHED: ExecutionStatus[] = ['new', 'running', 'waiting'];

/** An execution as the list of executions shows it. */
export interface ExecutionSummary {
	id: string;
	workflowId: string;
	mode: WorkflowExecuteMode;
	status: ExecutionStatus;
	startedAt: string;
	stoppedAt?: string | null;
	/** When a suspended execution goes on. */
	waitTill?: string | null;
	retryOf?: string | null;
	retrySuccessId?: string | null;
}

export interface Execution extends ExecutionSummary {
	finished: boolean;
	data: IRunExecutionData;
	workflowData: WorkflowJson;
}

export interface ExecutionFilter {
	workflowId?: string;
	status?: ExecutionStatus[];
	mode?: WorkflowExecuteMode;
	retryOf?: string;
}

/** What a production webhook answered, whatever the status. */
export interface WebhookAnswer {
	status: number;
	body: unknown;
}

/** The part of n8n's API that starts executions, looks at them and ends them. */
export class ExecutionApi {
	constructor(protected readonly session: N8nSession) {}

	/**
	 * Runs a saved workflow as the editor's "Execute workflow" does, and returns the execution's id at once.
	 *
	 * @param trigger name of the trigger node to start from; default: the workflow's Manual Trigger
	 */
	async run({ id }: { id: string }, trigger?: string): Promise<string> {
		const workflowData = await this.session.rest<StoredWorkflow>('GET', `/workflows/${id}`);
		const name = trigger ?? manualTriggerOf(workflowData);
		// Since n8n 2 it takes the workflow from its database itself.
		const body = {
			triggerToStartFrom: { name },
			...(n8nMajorVersion() < 2 ? { workflowData } : {}),
		};
		const answer = await this.session.rest<{ executionId?: string }>(
			'POST',
			`/workflows/${id}/run`,
			body,
		);
		if (!answer.executionId)
			throw new Error(`"${name}" did not start: it waits for a call of its test webhook`);
		return answer.executionId;
	}

	/** Calls the production webhook of an active workflow (POST, with a JSON body), and answers whatever came. */
	async callWebhook(path: string, body: unknown = {}): Promise<WebhookAnswer> {
		const headers = { 'content-type': 'application/json' };
		const response = await fetch(this.webhookUrl(path), {
			method: 'POST',
			headers,
			body: JSON.stringify(body),
		});
		const text = await response.text();
		examine(`what the webhook ${path} answered`, text);
		const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
		return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text };
	}

	webhookUrl(path: string): string {
		return `${this.session.baseUrl}/webhook/${path}`;
	}

	/** The latest executions first, those that are running included. It looks at the last 100 at most. */
	async listExecutions(filter: ExecutionFilter = {}): Promise<ExecutionSummary[]> {
		const { retryOf, mode, ...known } = filter;
		const query = new URLSearchParams({ filter: JSON.stringify(known), limit: '100' });
		const { results } = await this.session.rest<{ results: ExecutionSummary[] }>(
			'GET',
			`/executions?${query.toString()}`,
		);
		// n8n takes these two in its filter, and ignores them.
		return results.filter(
			(each) => (!retryOf || each.retryOf === retryOf) && (!mode || each.mode === mode),
		);
	}

	/** One execution with the data of its runs, as far as n8n has saved them. */
	async getExecution(id: string): Promise<Execution> {
		const stored = await this.session.rest<Omit<Execution, 'data'> & { data: string }>(
			'GET',
			`/executions/${id}`,
		);
		if (!stored) throw new Error(`n8n has no execution ${id}`);
		return { ...stored, data: parse(stored.data) as IRunExecutionData };
	}

	/** Waits until the execution has the status; by default until it has ended, in whatever way. */
	async waitForExecution(
		id: string,
		timeoutMs: number,
		status?: ExecutionStatus,
	): Promise<Execution> {
		let last: Execution | undefined;
		return await waitFor(
			async () => {
				last = await this.getExecution(id);
				const isThere = status ? last.status === status : !UNFINISHED.includes(last.status);
				// n8n 1 tells the status of an execution a moment before it has stored the data.
				const isStored = n8nMajorVersion() >= 2 || last.data !== undefined;
				return isThere && isStored && last;
			},
			timeoutMs,
			() => `execution ${id} to be ${status ?? 'finished'}; it is ${last?.status}`,
		);
	}

	/** Waits until the workflow has as many executions, of any status unless the filter names one. */
	async waitForExecutions(
		filter: ExecutionFilter,
		count: number,
		timeoutMs: number,
	): Promise<ExecutionSummary[]> {
		let last: ExecutionSummary[] = [];
		return await waitFor(
			async () => {
				last = await this.listExecutions(filter);
				return last.length >= count && last;
			},
			timeoutMs,
			() => `${count} executions with ${JSON.stringify(filter)}; there are ${last.length}`,
		);
	}

	/**
	 * "Retry" in the list of executions. n8n answers when the new execution has ended or is suspended;
	 * the request gives up after 5 minutes.
	 *
	 * @param loadWorkflow true: "with currently saved workflow"; false: "with original workflow"
	 */
	async retryExecution(
		id: string,
		{ loadWorkflow }: { loadWorkflow: boolean },
	): Promise<ExecutionSummary> {
		return await this.session.rest('POST', `/executions/${id}/retry`, { loadWorkflow });
	}

	/** "Stop": ends an execution that is running or suspended. */
	async stopExecution(id: string): Promise<void> {
		await this.session.rest('POST', `/executions/${id}/stop`);
	}

	async deleteExecutions(...ids: string[]): Promise<void> {
		await this.session.send('POST', '/rest/executions/delete', { ids });
	}

	/** The content of a binary field, by the `id` it has in the item. */
	async binaryData(id: string): Promise<Buffer> {
		const query = new URLSearchParams({ id, action: 'download' });
		const response = await this.session.send('GET', `/rest/binary-data?${query.toString()}`);
		return Buffer.from(await response.arrayBuffer());
	}
}

function manualTriggerOf({ nodes }: StoredWorkflow): string {
	const node = nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	if (!node) throw new Error('The workflow has no Manual Trigger: name the trigger to start from');
	return node.name;
}
