import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { Clock } from '../shared/http/clock';
import { clockOf } from '../shared/n8n/context';
import type { NodeError } from '../shared/n8n/errors';
import { openTaskClient, type TaskClient, type Turn } from '../shared/n8n/taskClient';
import { isRefusal } from '../shared/task/look';
import { readFields, type Asked } from './asked';
import { deskOf, type Desk } from './desk';
import { downloadAndHandOver } from './downloads';
import { findingOf, type Finding } from './finding';
import { findTask } from './findTask';
import { handOver } from './handOver';
import { wrongWordsError } from './listedIds';
import { SeenTasks, type SeenTask } from './seenTasks';
import { showTasks } from './showTasks';

/** Runway asks not to read a task more often. Polls may overlap. */
const MIN_POLL_MS = 5_000;

/** n8n polls once a minute: no look starts later than this, in ms, so that polls seldom overlap. */
const POLL_BUDGET_MS = 40_000;

/** What a poll works with. */
interface Poll {
	context: IPollFunctions;
	asked: Asked;
	clock: Clock;
	client: TaskClient;
	desk: Desk;
	seen: SeenTasks;
}

/**
 * One poll. Starts one execution for every listed task that has finished since, and returns nothing of its own:
 * what a poll returns would become one execution for all. In the editor ('Fetch Test Event') shows all tasks as they
 * are.
 *
 * All tasks are looked at first, then all that has become of them is noted in one assignment of the static data, and
 * only then is the first execution started. n8n saves the static data with each execution, whole, and does not wait
 * until it is saved: when each task was noted by itself, so many different states were on their way to the database,
 * and polls of n8n's scheduler, each of which reads it anew, started 23 executions for 12 tasks. Outputs to be
 * downloaded come later, see downloadAndHandOver.
 *
 * @throws when CometAPI refuses the key or the address is wrong, after what has finished was handed over: n8n
 * shows it as a failed execution
 */
export async function pollTasks(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const asked = readFields(context);
	const clock = clockOf(context);
	const client = await openTaskClient(context, clock);
	if (context.getMode() === 'manual') return await showTasks(context.getNode(), client, asked);

	const desk = deskOf(context);
	const seen = new SeenTasks(
		context.getWorkflowStaticData('global'),
		context.getNode().id,
		desk.noted,
	);
	const now = clock.now();
	seen.prune([...asked.ids, ...asked.wrongWords], now);
	const due = seen
		.due(asked.ids, now, MIN_POLL_MS)
		.filter(({ taskId }) => !desk.atWork.has(taskId));
	for (const { taskId } of due) desk.atWork.add(taskId);
	const poll = { context, asked, clock, client, desk, seen };
	const { findings, refusal } = await lookAtAll(poll, due);
	try {
		noteAndHandOver(poll, findings);
	} finally {
		for (const { taskId } of due) desk.atWork.delete(taskId);
	}
	download(poll, findings);
	if (refusal) throw refusal;
	return null;
}

/** Looks at tasks until the poll's time is over, or the key is refused. Never rejects. */
async function lookAtAll(
	{ context, asked, clock, client }: Poll,
	due: SeenTask[],
): Promise<{ findings: Finding[]; refusal?: NodeError }> {
	const startedAt = clock.now();
	let isRefused = false;
	const turn: Turn = {
		isWanted: () => !isRefused && clock.now() - startedAt <= POLL_BUDGET_MS,
		onAnswer: (outcome) => (isRefused ||= isRefusal(outcome)),
	};
	let refusal: NodeError | undefined;
	const findings: Finding[] = [];
	const look = async (entry: SeenTask) => {
		const request = { ...asked.options, taskId: entry.taskId };
		const found = await findTask(context.getNode(), client, request, turn);
		if (found.kind === 'refused') refusal = found.error;
		else if (found.kind !== 'skipped') findings.push(findingOf(found, entry, asked, clock.now()));
	};
	await Promise.all(due.map(look));
	return { findings, refusal };
}

/** Words that can be no ids are noted as done, too: they are told once. */
function noteAndHandOver({ context, asked, clock, seen }: Poll, findings: Finding[]): void {
	const now = clock.now();
	const words = seen.unseen(asked.wrongWords);
	const told = words.map<SeenTask>((taskId) => ({
		taskId,
		lastLookAt: now,
		done: true,
	}));
	seen.note(...findings.map(({ noted }) => noted), ...told);
	if (words.length > 0) context.__emitError(wrongWordsError(context.getNode(), words));
	for (const finding of findings) handOver(context, finding);
}

/** Begins the downloads; nobody waits for them. */
function download({ context, asked, clock, client, desk, seen }: Poll, findings: Finding[]): void {
	const { downloadInto, maxBytes } = asked.options;
	if (downloadInto === undefined) return;
	for (const { toDownload, noted } of findings) {
		if (!toDownload) continue;
		desk.atWork.add(toDownload.taskId);
		void downloadAndHandOver(
			{ context, clock, desk, seen, reach: client.reach, downloadInto, maxBytes },
			toDownload,
			noted,
		);
	}
}
