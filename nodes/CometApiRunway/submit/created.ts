import type { Outcome, OutcomeKind } from '../../shared/http/outcome';
import { parseCreatedTaskId } from '../../shared/task/wireShapes';

/** Codes by which an answer with 200 says in so many words that the create was refused. */
const REFUSALS: Array<[code: RegExp, kind: OutcomeKind]> = [
	[/^invalid_request/i, 'badRequest'],
	[/quota/i, 'forbidden'],
];

/**
 * What the answer to a create says beyond its status. An id makes it a success, whatever stands beside it: the task is
 * paid for. A refusal in an answer with 200 is a refusal. Anything else with 200 stays what it is: a task may have
 * come of it. Pure.
 */
export function parseCreateAnswer(outcome: Outcome): Outcome {
	if (outcome.body === undefined) return outcome;
	if (parseCreatedTaskId(outcome.body) !== undefined) return { ...outcome, kind: 'success' };
	const refusal = REFUSALS.find(([code]) => code.test(outcome.code ?? ''));
	return refusal ? { ...outcome, kind: refusal[1] } : outcome;
}
