import { parse } from 'flatted';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IRunExecutionData } from 'n8n-workflow';
import { z } from 'zod';
import { examine } from '../canary';
import type { N8nSession } from './http';
import { n8nMajorVersion } from './version';
import { waitFor } from './waitFor';
import { storedWorkflow, type StoredWorkflow } from './workflow';

const executionStatus = z.enum([
	'new',
	'running',
	'waiting',
	'success',
	'error',
	'canceled',
	'crashed',
	'unknown',
]);

export type Status = z.infer<typeof executionStatus>;

const UNFINISHED: Status[] = ['new', 'running', 'waiting'];

const N8N_1_STORES_WITHIN_MS = 1_000;

/** More than this n8n lists in no answer. */
const PAGE_SIZE = 100;

/** An execution as the list of executions shows it. */
const executionSummary = z.object({
	id: z.string(),
	status: executionStatus,
	/** Null as long as it is queued. */
	startedAt: z.string().nullish(),
	stoppedAt: z.string().nullish(),
	/** When a suspended execution goes on. */
	waitTill: z.string().nullish(),
});

export type ExecutionSummary = z.infer<typeof executionSummary>;

const storedExecution = executionSummary.extend({
	/** Flatted JSON. */
	data: z.string(),
	workflowData: z.object({ nodes: z.array(z.object({ name: z.string() })) }),
});

const item = z.object({
	json: z.record(z.unknown()),
	binary: z.record(z.object({ id: z.string().optional() }).passthrough()).optional(),
});

/** What is read of an execution's data; nodes that are no node's input, such as models, have no `main`. */
const executionData = z.object({
	resultData: z.object({
		runData: z.record(
			z.array(
				z.object({
					data: z.object({ main: z.array(z.array(item).nullable()).optional() }).optional(),
					executionTime: z.number().optional(),
					hints: z.array(z.object({ message: z.string() })).optional(),
				}),
			),
		),
		error: z.object({ message: z.string() }).passthrough().optional(),
		lastNodeExecuted: z.string().optional(),
	}),
	executionData: z
		.object({ contextData: z.record(z.unknown()) })
		.passthrough()
		.optional(),
});

/** Without the data: whether it has any yet is to be seen. */
type Stored = Omit<z.infer<typeof storedExecution>, 'data'> & { data: unknown };

export type Execution = Omit<Stored, 'data'> & { data: IRunExecutionData };

export interface ExecutionFilter {
	workflowId?: string;
	status?: Status[];
}

/** How "Execute workflow" and "Execute step" start a run. */
export interface RunOptions {
	/** Name of the trigger node to start from; default: the workflow's Manual Trigger. */
	trigger?: string;
	/** "Execute step": the node to run, with what it needs before it. */
	destination?: string;
	/** The execution that the editor shows: with a destination, what has run there is not run again. */
	after?: Execution;
}

/** What a production webhook answered, whatever the status. */
export interface WebhookAnswer {
	status: number;
	body: unknown;
}

/** The part of n8n's API that starts executions, looks at them and ends them. */
export class ExecutionApi {
	constructor(
		protected readonly session: N8nSession,
		/** Where the n8n is installed: versions differ in what they take, and in what they answer. */
		protected readonly installation: string,
	) {}

	async getWorkflow({ id }: { id: string }): Promise<StoredWorkflow> {
		return await this.session.rest('GET', `/workflows/${id}`, storedWorkflow);
	}

	/** Runs a saved workflow by hand, as the editor does, and returns the execution's id at once. */
	async run({ id }: { id: string }, options: RunOptions = {}): Promise<string> {
		const path = `/workflows/${id}`;
		const workflowData = await this.session.rest('GET', path, storedWorkflow.passthrough());
		const body = {
			...startOf(workflowData, options),
			// Since n8n 2 it takes the workflow from its database itself.
			...(n8nMajorVersion(this.installation) < 2 ? { workflowData } : {}),
		};
		const started = z.object({ executionId: z.string().optional() });
		const { executionId } = await this.session.rest('POST', `${path}/run`, started, body);
		if (!executionId) throw new Error('It did not start: it waits for a call of its test webhook');
		return executionId;
	}

	/** Calls the production webhook of an active workflow (POST, with a JSON body), and answers whatever came. */
	async callWebhook(path: string, body: unknown = {}): Promise<WebhookAnswer> {
		const headers = { 'content-type': 'application/json' };
		const response = await fetch(`${this.session.baseUrl}/webhook/${path}`, {
			method: 'POST',
			headers,
			body: JSON.stringify(body),
		});
		const text = await response.text();
		examine(`what the webhook ${path} answered`, text);
		const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
		return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text };
	}

	/** The latest executions first, those that are running included. It looks at the last 100 at most. */
	async listExecutions(filter: ExecutionFilter = {}): Promise<ExecutionSummary[]> {
		return await this.pageOfExecutions(filter);
	}

	/** All executions of these statuses, the latest first, however many there are. */
	async allExecutions(filter: ExecutionFilter & { status: Status[] }): Promise<ExecutionSummary[]> {
		const all: ExecutionSummary[] = [];
		for (;;) {
			const page = await this.pageOfExecutions(filter, all.at(-1)?.id);
			all.push(...page);
			if (page.length < PAGE_SIZE) return all;
		}
	}

	private async pageOfExecutions(
		filter: ExecutionFilter,
		before?: string,
	): Promise<ExecutionSummary[]> {
		const query = new URLSearchParams({
			filter: JSON.stringify(filter),
			limit: String(PAGE_SIZE),
			...(before ? { lastId: before } : {}),
		});
		const list = z.object({ results: z.array(executionSummary) });
		const { results } = await this.session.rest('GET', `/executions?${query.toString()}`, list);
		return results;
	}

	/** One execution with the data of its runs, as far as n8n has saved them. */
	async getExecution(id: string): Promise<Execution> {
		return withCheckedData(await this.readExecution(id));
	}

	private async readExecution(id: string): Promise<Stored> {
		const stored = await this.session.rest('GET', `/executions/${id}`, storedExecution);
		return { ...stored, data: parse(stored.data) as unknown };
	}

	/** Waits until the execution has the status; by default until it has ended, in whatever way. */
	async waitForExecution(id: string, timeoutMs: number, status?: Status): Promise<Execution> {
		let last: Stored | undefined;
		const found = await waitFor(
			async () => {
				last = await this.readExecution(id);
				const isThere = status ? last.status === status : !UNFINISHED.includes(last.status);
				return isThere && last;
			},
			timeoutMs,
			() => `execution ${id} to be ${status ?? 'finished'}; it is ${last?.status}`,
		);
		// n8n 1 tells the status of an execution a moment before it has stored the data that belongs to it.
		if (n8nMajorVersion(this.installation) >= 2) return withCheckedData(found);
		await sleep(N8N_1_STORES_WITHIN_MS);
		return await this.getExecution(id);
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
	): Promise<{ id: string; status: Status }> {
		const started = executionSummary.pick({ id: true, status: true });
		return await this.session.rest('POST', `/executions/${id}/retry`, started, { loadWorkflow });
	}

	/** "Stop": ends an execution that is running or suspended. */
	async stopExecution(id: string): Promise<void> {
		await this.session.rest('POST', `/executions/${id}/stop`, z.unknown());
	}

	/** The content of a binary field, by the `id` it has in the item. */
	async binaryData(id: string): Promise<Buffer> {
		const query = new URLSearchParams({ id, action: 'download' });
		const response = await this.session.send('GET', `/rest/binary-data?${query.toString()}`);
		return Buffer.from(await response.arrayBuffer());
	}
}

/** The editor's choice between a whole run and one that goes on from what it shows. */
function startOf(workflow: StoredWorkflow, { trigger, destination, after }: RunOptions): object {
	const destinationNode = destination && { nodeName: destination, mode: 'inclusive' };
	const { runData } = after?.data.resultData ?? {};
	if (destinationNode && runData) return { destinationNode, runData, dirtyNodeNames: [] };
	return { triggerToStartFrom: { name: trigger ?? manualTriggerOf(workflow) }, destinationNode };
}

function manualTriggerOf({ nodes }: StoredWorkflow): string {
	const node = nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	if (!node) throw new Error('The workflow has no Manual Trigger: name the trigger to start from');
	return node.name;
}

/** @throws when the data is not as n8n's types say, as far as it is read */
function withCheckedData({ data, ...stored }: Stored): Execution {
	executionData.parse(data);
	return { ...stored, data: data as IRunExecutionData };
}
