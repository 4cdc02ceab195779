import { z } from 'zod';
import type { RecordedRequest, SimulatedTask } from '../../../tools/simulator';
import type { Kill } from './field';
import { WAYS, type Way } from './plan';
import type { Delivery } from './store';

/** An execution that has not succeeded, as n8n has stored it. */
export interface Ended {
	id: string;
	status: string;
	/** All of its data, as JSON. */
	data: string;
}

/** What there is to judge by when all is over. */
export interface Evidence {
	kills: Kill[];
	requests: RecordedRequest[];
	tasks: SimulatedTask[];
	deliveries: Delivery[];
}

/** A task that n8n knows nothing of: a person looks into the usage log, since no node can know. */
export const GIVEN_UP = {
	inFlight: 'n8n ended while the create was in flight',
	unsaved: 'n8n ended within 5 s of the answer, and had saved nothing yet',
	staying: 'n8n ended before the first suspension, which the end of the task was too near for',
};

/**
 * What n8n cannot go on with although it knows the tasks, not by *Retry execution* either: a person takes the ids from the
 * execution, and waits for them with *Task ID*.
 */
export const STUCK = {
	unresumed:
		'n8n failed to resume it while it started (OTel settings not yet initialized), and dropped what earlier nodes had put out; the execution names the task',
	emptied:
		'n8n ended while it was storing the suspension, after Save execution progress: a retry has nothing to run; the execution names the task',
};

/**
 * How much of an execution's tasks n8n knows: all; all, and is stuck; or one may have been accepted, and it says so; or
 * less, and why.
 */
export type Knowledge = 'all' | 'uncertain' | keyof typeof STUCK | keyof typeof GIVEN_UP | 'lost';

/** From the last answer to the first look, and the suspension that follows. */
const SAVING_TAKES_MS = 5_000;

/** So long a run stays in the process at most (LONGEST_STAY_MS), after that. */
const STAY_MS = 25_000;

const SAYS_UNCERTAIN = /submissionUncertain\W+true/;

/** The prompts of a text, each once. */
export function promptsIn(text: string): string[] {
	return [...new Set(text.match(/<[a-z]+ \d+\.\d+>/gi))];
}

/**
 * The prompts of an execution's clips: those in its data, and those of the tasks that are. Where n8n has dropped what earlier
 * nodes had put out, the ids alone are left.
 */
export function clipsNamedIn(data: string, tasks: Evidence['tasks']): string[] {
	const named = tasks.filter(({ id }) => data.includes(id)).map(({ promptText }) => promptText);
	return [...new Set([...promptsIn(data), ...named])];
}

/** What n8n knows of the tasks of an execution that has not succeeded. */
export function knowledgeOf(ended: Ended, evidence: Evidence): Knowledge {
	const prompts = clipsNamedIn(ended.data, evidence.tasks);
	const tasks = evidence.tasks.filter(({ promptText }) => prompts.includes(promptText));
	if (SAYS_UNCERTAIN.test(ended.data)) return 'uncertain';
	if (tasks.every(({ id }) => ended.data.includes(id))) {
		const stuck = stuckBy(ended);
		// Nobody could wait for the tasks of an execution that names none.
		return stuck && tasks.length === 0 ? 'lost' : (stuck ?? 'all');
	}
	return ended.status === 'crashed' ? reasonOf(ended, prompts, tasks, evidence) : 'lost';
}

const stored = z.object({
	resultData: z.object({
		runData: z.record(z.array(z.object({ executionStatus: z.string().optional() }))).optional(),
		error: z.object({ message: z.string() }).optional(),
	}),
	executionData: z.object({ nodeExecutionStack: z.array(z.unknown()) }).optional(),
});

/** Why n8n cannot go on with an execution, if it can't. */
function stuckBy({ status, data }: Ended): keyof typeof STUCK | undefined {
	const { resultData, executionData } = stored.parse(JSON.parse(data));
	const { runData = {}, error } = resultData;
	if (status === 'error' && error?.message.startsWith('OTel settings')) return 'unresumed';
	const isSuspending = Object.values(runData).some(
		(runs) => runs[runs.length - 1]?.executionStatus === 'waiting',
	);
	const isEmpty = executionData?.nodeExecutionStack.length === 0;
	return status === 'crashed' && isSuspending && isEmpty ? 'emptied' : undefined;
}

/** Why n8n may know nothing of a task; `lost` where it ought to. */
function reasonOf(
	{ id }: Ended,
	prompts: string[],
	tasks: SimulatedTask[],
	{ kills, requests }: Evidence,
): Knowledge {
	const creates = requests.filter(
		({ operation, promptText = '' }) => operation === 'create' && prompts.includes(promptText),
	);
	const begun = Math.min(...creates.map(({ at }) => at));
	const kill = kills.find(({ endedAt }) => endedAt >= begun);
	if (!kill || kill.suspended.includes(id)) return 'lost';
	const isLooked = requests.some(
		({ operation, taskId = '', at }) =>
			operation === 'read' && at < kill.signalAt && tasks.some((task) => task.id === taskId),
	);
	if (WAYS[wayOf(prompts[0])].savesProgress && isLooked) return 'lost';
	const answeredAt = Math.max(...creates.map(({ closedAt = Infinity }) => closedAt));
	const since = kill.signalAt - answeredAt;
	if (since <= 0) return 'inFlight';
	if (since <= SAVING_TAKES_MS) return 'unsaved';
	return since <= SAVING_TAKES_MS + STAY_MS ? 'staying' : 'lost';
}

/** The way of the execution that a prompt belongs to. */
export function wayOf(prompt: string): Way {
	return prompt.slice(1, prompt.indexOf(' ')) as Way;
}
