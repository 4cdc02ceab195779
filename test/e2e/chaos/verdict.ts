import type { SimulatedTask } from '../../../tools/simulator';
import { type Evidence, GIVEN_UP, type Knowledge, STUCK } from './exposure';
import type { Delivery } from './store';

/** What has become of one clip. The first ones are as they must be. */
export const VERDICTS = {
	delivered: 'delivered to the store',
	uncertain: 'may have been accepted, and the error says so',
	...STUCK,
	...GIVEN_UP,
	leftAlone: 'not submitted: beside one of those, in an execution that a person must look at',
	createdTwice: 'CREATED TWICE',
	mixedUp: "DELIVERED WITH ANOTHER CLIP'S TASK",
	lost: 'LOST',
};

export type Verdict = keyof typeof VERDICTS;

export const VIOLATIONS: Verdict[] = ['createdTwice', 'mixedUp', 'lost'];

/** What is known of one clip when all is over. */
export interface Clip {
	prompt: string;
	tasks: SimulatedTask[];
	deliveries: Delivery[];
	/** Of the executions that were not retried, since n8n does not know all of their tasks. */
	knowledge?: Knowledge;
}

const SAYS_UNCERTAIN = /may (exist|have been accepted)/;

/** What has become of a clip. Pure. */
export function verdictOf({ tasks, deliveries, knowledge }: Clip): Verdict {
	const outputs = deliveries.filter(({ taskId, error }) => taskId && !error);
	if (tasks.length > 1) return 'createdTwice';
	if (outputs.some(({ taskId }) => taskId !== tasks[0]?.id)) return 'mixedUp';
	if (outputs.length > 0) return 'delivered';
	if (deliveries.some(({ error = '' }) => SAYS_UNCERTAIN.test(error))) return 'uncertain';
	if (!knowledge || knowledge === 'all') return 'lost';
	return tasks.length === 0 && knowledge in GIVEN_UP ? 'leftAlone' : knowledge;
}

/** Why something was delivered once more. */
export const REPEATS = {
	retry: 'by Retry execution: n8n ended between the delivery and the saving of it',
	kill: 'by n8n, which took up the execution again that was delivering when it ended',
	unasked: 'THOUGH NOTHING RAN TWICE',
};

export type Repeat = keyof typeof REPEATS;

/**
 * Why each delivery of a clip after its first one came.
 *
 * @param retries ids of executions, and of those that they were retried as
 */
export function repeatsOf(
	{ deliveries }: Pick<Clip, 'deliveries'>,
	{ kills }: Pick<Evidence, 'kills'>,
	retries: ReadonlyMap<string, string>,
): Repeat[] {
	return deliveries.slice(1).map((delivery, index): Repeat => {
		const before = deliveries[index];
		if (retries.get(before.execution) === delivery.execution) return 'retry';
		const isCut = kills.some(({ endedAt }) => endedAt >= before.at && endedAt <= delivery.at);
		return isCut && before.execution === delivery.execution ? 'kill' : 'unasked';
	});
}
