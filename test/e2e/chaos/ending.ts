import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ExecutionSummary, waitFor } from '../../../tools/n8n';
import { countsOf } from '../counts';
import { sha256OfFile, TRANSFORMED_SHA256 } from '../stage';
import {
	clipsNamedIn,
	type Ended,
	type Evidence,
	knowledgeOf,
	type Knowledge,
	promptsIn,
	wayOf,
} from './exposure';
import type { Field } from './field';
import { ALL_WAYS, promptsOf, WAYS } from './plan';
import type { Clip } from './verdict';

/** The longest task, looked at every minute or two, on a busy machine. */
const DRAIN_MS = 10 * 60_000;
const POLL_MS = 1_000;

/** Were anything to come twice, it would come within this time. */
const SETTLE_MS = 2_000;

const UNFINISHED = ['new', 'running', 'waiting', 'unknown'] as const;
const NOT_SUCCEEDED = ['crashed', 'error', 'canceled'] as const;

/** How the chaos has ended. */
export interface Ending {
	evidence: Evidence;
	clips: Clip[];
	/** How many executions have ended otherwise than in success, by what n8n knows of their tasks. */
	failed: Map<Knowledge, number>;
	/** Ids of executions, and of those that they were retried as. */
	retries: Map<string, string>;
	/** What has not succeeded of those, and how it ended. */
	failedRetries: string[];
}

/**
 * Waits until all executions have ended, and retries those that have not succeeded, as a person does: but where n8n
 * does not know all tasks of one, the person looks into the usage log first, finds the task there, and does not pay
 * for it again.
 */
export async function endChaos(field: Field, rounds: number): Promise<Ending> {
	field.stage.simulator.clearFaults();
	await drain(field);
	const failed = await failedOf(field);
	const evidence = evidenceOf(field);
	const known = new Map(failed.map((each) => [each, knowledgeOf(each, evidence)]));
	// What is submitted now is not there to be waited for.
	field.stage.simulator.addRule({ promptIncludes: '<', scenario: { runningMs: 0 } });
	const retries = await retryAll(
		field,
		failed.filter((each) => known.get(each) === 'all'),
	);
	await drain(field);
	return {
		evidence: evidenceOf(field),
		clips: clipsOf(field, rounds, known),
		failed: countsOf(known.values()),
		retries,
		failedRetries: await failedAmong(field, [...retries.values()]),
	};
}

async function drain(field: Field): Promise<void> {
	let left: ExecutionSummary[] = [];
	await waitFor(
		async () => {
			left = await ofWays(field, UNFINISHED);
			return left.length === 0;
		},
		DRAIN_MS,
		() => `all executions to end: ${JSON.stringify(left)}`,
		POLL_MS,
	);
	await sleep(SETTLE_MS);
}

/** Executions of the ways' workflows; the render queue's are its own matter. */
async function ofWays(
	{ stage: { api }, workflowIds }: Field,
	status: ReadonlyArray<ExecutionSummary['status']>,
): Promise<ExecutionSummary[]> {
	const lists = workflowIds.map(
		async (workflowId) => await api.allExecutions({ workflowId, status: [...status] }),
	);
	return (await Promise.all(lists)).flat();
}

async function failedOf(field: Field): Promise<Ended[]> {
	const failed: Ended[] = [];
	for (const { id, status } of await ofWays(field, NOT_SUCCEEDED)) {
		const { data } = await field.stage.api.getExecution(id);
		failed.push({ id, status, data: JSON.stringify(data) });
	}
	return failed;
}

/** One after the other, with the original and with the current workflow in turn. */
async function retryAll({ stage: { api } }: Field, failed: Ended[]): Promise<Map<string, string>> {
	const retries = new Map<string, string>();
	for (const [index, { id }] of failed.entries())
		retries.set(id, (await api.retryExecution(id, { loadWorkflow: index % 2 === 1 })).id);
	return retries;
}

async function failedAmong({ stage: { api } }: Field, ids: string[]): Promise<string[]> {
	const failed: string[] = [];
	for (const id of ids) {
		const { status, data } = await api.getExecution(id);
		if (status !== 'success')
			failed.push(
				`${id} ${status}: ${promptsIn(JSON.stringify(data)).join()} ${data.resultData.error?.message}`,
			);
	}
	return failed;
}

function evidenceOf({ stage: { simulator }, store, kills }: Field): Evidence {
	const { deliveries } = store;
	return { kills, deliveries, requests: simulator.requests(), tasks: simulator.tasks() };
}

function clipsOf(field: Field, rounds: number, known: Map<Ended, Knowledge>): Clip[] {
	const { tasks, deliveries } = evidenceOf(field);
	const knowledge = new Map(
		[...known].flatMap(([{ data }, what]) =>
			clipsNamedIn(data, tasks).map((prompt) => [prompt, what]),
		),
	);
	const prompts = Array.from({ length: rounds }, (_, round) =>
		ALL_WAYS.flatMap((way) => promptsOf(way, round)),
	).flat();
	return prompts.map((prompt) => ({
		prompt,
		tasks: tasks.filter(({ promptText }) => promptText === prompt),
		deliveries: deliveries.filter((delivery) => delivery.prompt === prompt),
		knowledge: knowledge.get(prompt),
	}));
}

/** Prompts of what was delivered, whose file on disk is not the output. */
export function brokenFiles({ stage: { n8n } }: Field, clips: Clip[]): string[] {
	const isBroken = (taskId: string) =>
		sha256OfFile(join(n8n.filesFolder, `${taskId}.mp4`)) !== TRANSFORMED_SHA256;
	return clips
		.filter(({ prompt }) => WAYS[wayOf(prompt)].downloads)
		.filter(({ deliveries }) =>
			deliveries.some(({ taskId, error }) => taskId && !error && isBroken(taskId)),
		)
		.map(({ prompt }) => prompt);
}
