import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { WorkflowRun } from '../../../tools/engine';
import { told } from '../../../tools/engine/runway';
import type { Simulator } from '../../../tools/simulator';

/** What the user gets to know of creates. */
export interface Account {
	/** The ids of tasks, from items and errors. */
	taskIds: Set<string>;
	/** The items that may have been accepted, as `run of the node/item`. */
	uncertain: Set<string>;
}

const task = z.object({ taskId: z.string() });
const errorFacts = z.object({
	acceptedTasks: z.array(task).default([]),
	failedItems: z
		.array(z.object({ item: z.number(), submissionUncertain: z.literal(true).optional() }))
		.default([]),
});
const errorItem = z.object({ error: z.object({ submissionUncertain: z.literal(true) }) });

/** What the runs of a create in one execution, and in the retries of it, tell: in items, in error items, in the error. */
export function accountOf(nodeName: string, executions: WorkflowRun[]): Account {
	const account: Account = { taskIds: new Set(), uncertain: new Set() };
	for (const execution of executions) {
		const runs = execution.run.data.resultData.runData[nodeName] ?? [];
		for (const runIndex of runs.keys()) {
			for (const output of [0, 1]) {
				for (const { json, pairedItem } of execution.output(nodeName, output, runIndex)) {
					const item = z.object({ item: z.number() }).parse(pairedItem).item;
					noteItem(account, json, `${runIndex}/${item}`);
				}
			}
		}
		noteError(account, execution, runs.length - 1);
	}
	return account;
}

function noteItem({ taskIds, uncertain }: Account, json: IDataObject, place: string): void {
	const told = task.safeParse(json);
	if (told.success) taskIds.add(told.data.taskId);
	else if (errorItem.safeParse(json).success) uncertain.add(place);
}

/** A program reads the error's context, a human its text: what counts is what both are told. */
function noteError({ taskIds, uncertain }: Account, run: WorkflowRun, runIndex: number): void {
	if (!run.error) return;
	const { message, description, context } = told(run);
	const { acceptedTasks, failedItems } = errorFacts.parse(context);
	const text = `${message} ${description}`;
	for (const { taskId } of acceptedTasks) if (text.includes(taskId)) taskIds.add(taskId);
	for (const { item, submissionUncertain } of failedItems) {
		if (submissionUncertain && text.includes('may have been accepted'))
			uncertain.add(`${runIndex}/${item}`);
	}
}

/** The sum that must always be right: each task at the server is reported, or its item is told as uncertain. */
export function expectSumToBeRight(simulator: Simulator, account: Account): void {
	const atServer = simulator.tasks();
	const unreported = atServer.filter(({ id }) => !account.taskIds.has(id));
	expect(unreported).toHaveLength(account.uncertain.size);
	expect(account.taskIds.size).toBe(atServer.length - unreported.length);
	const promptsPaidFor = atServer.map(({ promptText }) => promptText);
	expect(new Set(promptsPaidFor).size).toBe(promptsPaidFor.length);
}
