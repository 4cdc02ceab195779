import { z } from 'zod';
import { KEY } from './answers';
import { must } from './must';
import type { Tally } from './tally';
import type { Create, ExecutionEnd, Submission, SubmissionPlan } from './submission';

/** What the end of an execution tells the user: the tasks by id, and the items whose fate is unknown. */
interface Told {
	taskIds: Set<string>;
	uncertainItems: Set<number>;
}

/** What n8n saves of the node's context. */
const storedContext = z.object({
	ledger: z.object({ entries: z.record(z.record(z.unknown())) }).optional(),
});

/** An item that comes out; an error in it may say that the create's fate is unknown. */
const errorItem = z.object({
	error: z.object({ message: z.string(), submissionUncertain: z.boolean().optional() }).optional(),
});

/** What a batch's error tells programs. */
const batchFacts = z.object({
	acceptedTasks: z.array(z.object({ item: z.number(), taskId: z.string() })),
	failedItems: z.array(
		z.object({
			item: z.number(),
			message: z.string(),
			submissionUncertain: z.literal(true).optional(),
		}),
	),
});

/** Notes what a submission has put to the test. */
export function countSubmission(plan: SubmissionPlan, submission: Submission, tally: Tally): void {
	const { creates, ends } = submission;
	tally.note('creates', creates.length);
	for (const { meets, answer, taskId } of creates) {
		tally.note(meets);
		tally.note(answer);
		if (meets === 'riddle' && taskId) tally.note('riddles that hide a task');
	}
	tally.note('known to a retry', submission.knownAtTry);
	ends.forEach((end, execution) => {
		const { taskIds, uncertainItems } = readEnd(end, plan);
		tally.note('uncertain ends', uncertainItems.size);
		const isOlder = ({ execution: its, taskId = '' }: Create) =>
			its < execution && taskIds.has(taskId);
		tally.note('known to a retried execution', creates.filter(isOlder).length);
	});
	if (submission.storedAtStop !== undefined) tally.note('stopped');
}

/** Throws where a submission has broken one of the promises. */
export function checkSubmission(plan: SubmissionPlan, submission: Submission): void {
	const { creates, ends, complaints } = submission;
	must(complaints.length === 0, () => complaints.join('; '));
	must(
		submission.mostInFlight <= plan.maxConcurrency,
		() => `${submission.mostInFlight} creates were in flight at once`,
	);
	plan.items.forEach((_, item) =>
		checkRepeats(
			plan,
			creates.filter((create) => create.item === item),
		),
	);
	checkSecrecy(submission);
	const tellings = ends.map((end) => readEnd(end, plan));
	const accepted = new Set(creates.flatMap(({ taskId }) => taskId ?? []));
	for (const { taskIds } of tellings) {
		for (const taskId of taskIds)
			must(accepted.has(taskId), () => `${taskId} is told, but was never accepted`);
	}
	for (const create of creates.filter(
		(each) => each.taskId !== undefined && !isReplaced(plan, creates, each),
	)) {
		if (submission.storedAtStop === undefined) checkTold(create, tellings);
		else checkKeptAtStop(create, submission, submission.storedAtStop);
	}
}

/** Nothing is sent again once it was accepted, nor, unless the user asked for that, once it may have been. */
function checkRepeats({ retryUncertain }: SubmissionPlan, ofItem: Create[]): void {
	for (const earlier of ofItem.slice(0, -1)) {
		const mayBePaid =
			earlier.meets === 'acceptance' || (earlier.meets === 'riddle' && !retryUncertain);
		must(!mayBePaid, () => `item ${earlier.item} was sent again after ${earlier.meets}`);
	}
}

/** The price of Retry Uncertain: of several tasks of an item, the last is told. */
function isReplaced(
	{ retryUncertain }: SubmissionPlan,
	creates: Create[],
	{ item, meets }: Create,
): boolean {
	return (
		retryUncertain &&
		meets === 'riddle' &&
		creates.some((other) => other.item === item && other.meets === 'acceptance')
	);
}

/** From the execution on that made it, every end tells of an accepted task. */
function checkTold({ item, execution, meets, taskId = '' }: Create, tellings: Told[]): void {
	tellings.slice(execution).forEach(({ taskIds, uncertainItems }, later) => {
		const isTold = meets === 'acceptance' ? taskIds.has(taskId) : uncertainItems.has(item);
		must(isTold, () => `${taskId} is missing from the end of execution ${execution + later}`);
	});
}

/** A stopped execution shows neither output nor error: what is left is what n8n stored then, and the log. */
function checkKeptAtStop(
	{ item, meets, taskId = '' }: Create,
	{ warnings }: Submission,
	stored: string,
): void {
	const { ledger } = storedContext.parse(JSON.parse(stored));
	const known = Object.entries(ledger?.entries ?? {}).filter(([key]) => key.startsWith(`${item}:`));
	const isKnown = JSON.stringify(known).includes(meets === 'acceptance' ? taskId : 'uncertain');
	const isLogged = warnings.some((text) =>
		text.includes(meets === 'acceptance' ? taskId : `item ${item} `),
	);
	must(isKnown || isLogged, () => `${taskId} is lost by Stop`);
}

function readEnd({ output, error }: ExecutionEnd, plan: SubmissionPlan): Told {
	if (error) return readError(error);
	const items = output ?? [];
	must(items.length === plan.items.length, () => `${items.length} items came out`);
	const told: Told = { taskIds: new Set(), uncertainItems: new Set() };
	items.forEach(({ json, pairedItem }, item) => {
		must(
			JSON.stringify(pairedItem) === JSON.stringify({ item }),
			() => `item ${item} is paired with ${JSON.stringify(pairedItem)}`,
		);
		if (typeof json.taskId === 'string') {
			must(
				json.taskId.endsWith(`-of-item-${item}`),
				() => `item ${item} was given ${String(json.taskId)}`,
			);
			told.taskIds.add(json.taskId);
		}
		const { error } = errorItem.parse(json);
		if (error?.submissionUncertain) told.uncertainItems.add(item);
	});
	return told;
}

/** A program reads the error's context, a human its text: what counts is what both are told. */
function readError(error: NonNullable<ExecutionEnd['error']>): Told {
	const text = `${error.message} ${error.description ?? ''}`;
	must(
		['NodeApiError', 'NodeOperationError'].includes(error.name),
		() => `It failed with ${error.name}: ${text}`,
	);
	const { acceptedTasks, failedItems } = batchFacts.parse(error.context);
	const isUncertain = (message: string) => message.includes('may have been accepted');
	const uncertain = failedItems.filter(
		({ message, submissionUncertain }) =>
			submissionUncertain && isUncertain(message) && text.includes(message),
	);
	return {
		taskIds: new Set(
			acceptedTasks.map(({ taskId }) => taskId).filter((taskId) => text.includes(taskId)),
		),
		uncertainItems: new Set(uncertain.map(({ item }) => item)),
	};
}

function checkSecrecy({ ends, warnings }: Submission): void {
	for (const { output, error } of ends) {
		const shown = JSON.stringify([
			output,
			error,
			error?.message,
			error?.description,
			error?.stack,
			error?.cause,
			warnings,
		]);
		must(!shown.includes(KEY), () => 'The key is in what n8n shows');
	}
}
