import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { KEY } from './answers';
import { must } from './must';
import { outputUrlOf } from './taskServer';
import type { Tally } from './tally';
import type { Waiting, WaitPlan } from './waiting';

/** The last look may begin at the deadline, behind others that hang. */
const LAST_LOOKS_MS = 6 * 60_000;
const LONGEST_SUSPENSION_MS = 12 * 60_000;

/** The error that an item carries. */
const itemError = z.object({
	taskId: z.string(),
	message: z.string(),
	status: z.string().optional(),
	timedOut: z.boolean().optional(),
});

const paired = z.object({ item: z.number() }).strict();

/** What the error of a whole run tells programs. */
const runFacts = z.object({
	tasks: z.array(z.object({ item: z.number(), taskId: z.string(), status: z.string() })),
});

/** Notes what a wait has put to the test. */
export function countWaiting(plan: WaitPlan, waiting: Waiting, tally: Tally): void {
	const { server, outputs, error, suspensions, afterStopMs } = waiting;
	tally.note('looks', server.looks);
	tally.note('looks at the cap', server.atTheCap);
	tally.note('Retry-After', server.retryAfters);
	tally.note('suspensions', suspensions);
	if (afterStopMs !== undefined) tally.note('stopped');
	if (error) tally.note('runs that failed');
	if (outputs.length > 1) tally.note('early outputs', outputs.length - 1);
	if (plan.hidden !== 'nothing') tally.note(`without ${plan.hidden}`);
	for (const { json } of outputs.flat()) {
		const late = json.error && itemError.parse(json.error).timedOut;
		tally.note(late ? 'late' : json.error ? 'item errors' : 'successes');
		if (late || !json.error) tally.note(`${late ? 'late' : 'successes'} in mode ${plan.mode}`);
	}
}

/** Throws where a wait has broken one of the promises. */
export function checkWaiting(plan: WaitPlan, waiting: Waiting): void {
	const { asked, outputs, error, server, tookMs, afterStopMs } = waiting;
	const shown = JSON.stringify([
		outputs,
		error,
		error?.message,
		error?.description,
		error?.stack,
		error?.cause,
	]);
	must(!shown.includes(KEY), () => 'The key is in what n8n shows');
	must(server.complaints.length === 0, () => server.complaints.join('; '));
	if (afterStopMs !== undefined) {
		// A suspended execution is not running: n8n stops it without the node.
		must(
			afterStopMs < 1_000 || plan.mode === 'suspend',
			() => `The node went on for ${afterStopMs} ms after Stop`,
		);
		return;
	}
	const longest = Math.max(...plan.tasks.map(({ timeoutMinutes }) => timeoutMinutes)) * 60_000;
	const most =
		longest + LAST_LOOKS_MS + (plan.mode === 'suspend' ? LONGEST_SUSPENSION_MS + plan.lateMs : 0);
	must(tookMs <= most, () => `The wait took ${tookMs} ms, with a timeout of ${longest} ms`);
	checkPairing(waiting);
	const emitted = outputs.flat().map(({ json }) => readItem(json, waiting));
	const goes = error ? 0 : 1;
	must(
		plan.passOnEarly || outputs.length === goes,
		() => `The items left in ${outputs.length} goes, not in ${goes}`,
	);
	if (!error) {
		must(
			emitted.length === asked.length,
			() => `Of ${asked.join()} only ${emitted.join()} came out`,
		);
		return;
	}
	must(!plan.continueOnFail, () => `It failed although it should go on: ${error.message}`);
	const told = readTasksOf(error);
	must(told.join() === asked.join(), () => `Of ${asked.join()} the error names ${told.join()}`);
}

/** Each item leaves once, in input order within a go, with its own task. */
function checkPairing({ outputs, asked }: Waiting): void {
	const left = outputs.map((output) =>
		output.map(({ json, pairedItem }) => {
			const { item } = paired.parse(pairedItem);
			const taskId = json.taskId ?? itemError.parse(json.error).taskId;
			must(taskId === asked[item], () => `Item ${item} came out as ${String(taskId)}`);
			return item;
		}),
	);
	for (const items of left)
		must(
			items.every((item, index) => index === 0 || item > items[index - 1]),
			() => `The items left in the order ${items.join()}`,
		);
	const all = left.flat();
	must(new Set(all).size === all.length, () => `Items left twice: ${all.join()}`);
}

/** The task id of an item that came out; a success has to be one. */
function readItem(json: IDataObject, waiting: Waiting): string {
	const { server } = waiting;
	if (json.error) return readErrorItem(itemError.parse(json.error), waiting);
	const taskId = String(json.taskId);
	must(
		json.status === 'SUCCEEDED' && json.outputUrl === outputUrlOf(taskId),
		() => `${JSON.stringify(json)} came out as a success`,
	);
	must(server.hasSucceeded(taskId), () => `${taskId} came out before it had succeeded`);
	return taskId;
}

/** What passes by itself is no end of a wait: the task has to have ended, or to be late. */
function readErrorItem(
	{ taskId, timedOut, status, message }: z.infer<typeof itemError>,
	{ server, tookMs }: Waiting,
): string {
	must(
		timedOut !== true || tookMs >= server.timeoutMsOf(taskId),
		() => `${taskId} is called late after ${tookMs} ms`,
	);
	const isOver = timedOut === true || ['FAILED', 'CANCELLED', 'SUCCEEDED'].includes(String(status));
	must(
		isOver || server.inLastingTrouble.has(taskId),
		() => `The wait for ${taskId} was given up: ${message}`,
	);
	return taskId;
}

/** The tasks an error names to programs, and to people where there are several. */
function readTasksOf(error: NonNullable<Waiting['error']>): string[] {
	const text = `${error.message} ${error.description ?? ''}`;
	must(
		['NodeApiError', 'NodeOperationError'].includes(error.name),
		() => `It failed with ${error.name}: ${text}`,
	);
	const { tasks } = runFacts.parse(error.context);
	for (const { taskId, status } of tasks) {
		const isSaid = tasks.length === 1 || text.includes(`${taskId} ${status}`);
		must(isSaid, () => `${taskId} is missing from "${text}"`);
	}
	return tasks.map(({ taskId }) => taskId);
}
