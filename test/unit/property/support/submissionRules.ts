import { KEY } from './answers';
import { must } from './must';
import type { Create, ExecutionEnd, Submission, SubmissionPlan } from './submission';

/** What the end of an execution tells the user: the tasks by id, and the items whose fate is unknown. */
interface Told {
	taskIds: Set<string>;
	uncertainItems: Set<number>;
}

/** Throws where a submission has broken one of the promises. */
export function checkSubmission(plan: SubmissionPlan, submission: Submission): void {
	const { creates, ends } = submission;
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
	const { ledger } = JSON.parse(stored) as { ledger?: { entries: Record<string, object> } };
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
		if ((json.error as { submissionUncertain?: boolean } | undefined)?.submissionUncertain)
			told.uncertainItems.add(item);
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
	const { acceptedTasks, failedItems } = error.context as {
		acceptedTasks: Array<{ item: number; taskId: string }>;
		failedItems: Array<{ item: number; message: string }>;
	};
	const isUncertain = (message: string) => message.includes('may have been accepted');
	const uncertain = failedItems.filter(
		({ message }) => isUncertain(message) && text.includes(message),
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
