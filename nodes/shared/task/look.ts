import { parseTask, saysNotFound } from './task';
import type { LookProblem, TaskLook } from './watch';
import type { Outcome, OutcomeKind } from '../http/outcome';
import { judge } from '../http/policy';

/**
 * Wrong addresses do not get better by waiting, however often the request could be repeated; an answer that is
 * no task may be an outage of the gateway. Anything else that the policy repeats is put up with to the deadline.
 */
const SHORT_PATIENCE = new Set<OutcomeKind>(['unreachable', 'unreadable', 'webPage', 'redirected']);

/** What the outcome of reading a task says about the task. */
export function parseLook(outcome: Outcome, taskId: string): TaskLook {
	if (outcome.kind !== 'success') {
		return isNotFound(outcome) ? { kind: 'notFound' } : problem(outcome);
	}
	const reading = parseTask(outcome.body, taskId);
	if (reading.kind !== 'notATask') return reading;
	const { code, message } = reading;
	return problem({ kind: 'unreadable', statusCode: outcome.statusCode, code, message });
}

/** Whether asking again can't help, about this task or any other: the key or the address is wrong. */
export function isRefusal(outcome: Outcome): boolean {
	return judge('GET', outcome.kind) === 'giveUp' && !isNotFound(outcome);
}

/** Whether CometAPI does not know the task, or not yet. */
export function isNotFound(outcome: Outcome): boolean {
	// Runway itself says 404; a wrong path answers so with a web page, which is another kind of outcome.
	return saysNotFound(outcome) || (outcome.kind === 'badRequest' && outcome.statusCode === 404);
}

function problem(outcome: Outcome): LookProblem {
	const { kind, retryAfterMs } = outcome;
	const patience = isRefusal(outcome)
		? 'none'
		: SHORT_PATIENCE.has(kind)
			? 'minute'
			: 'untilDeadline';
	return {
		kind: 'problem',
		patience,
		problem: outcome,
		...(retryAfterMs === undefined ? {} : { retryAfterMs }),
	};
}
