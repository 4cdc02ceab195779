import type { Outcome, OutcomeKind } from '../../shared/http/outcome';
import { parseCreatedTaskId } from '../../shared/task/wireShapes';

/** Codes by which an answer with 200 says in so many words that the create was refused. */
const REFUSALS: Array<[code: RegExp, kind: OutcomeKind]> = [
	[/^invalid_request/i, 'badRequest'],
	[/quota/i, 'forbidden'],
];

/**
 * What the answer to a create says beyond its status. With a 2xx, an id makes it a success, whatever stands beside it: the
 * task is paid for; a refusal is a refusal; anything else stays what it is: a task may have come of it. With another
 * status, an id is for the user's eye (the error quotes the answer), since it may be anything's. Pure.
 */
export function parseCreateAnswer(outcome: Outcome): Outcome {
	if (outcome.body === undefined || Number(outcome.statusCode) >= 300) return outcome;
	if (parseCreatedTaskId(outcome.body) !== undefined) return { ...outcome, kind: 'success' };
	const refusal = REFUSALS.find(([code]) => code.test(outcome.code ?? ''));
	return refusal ? { ...outcome, kind: refusal[1] } : outcome;
}
