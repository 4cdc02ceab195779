import type { Outcome, OutcomeKind } from './outcome';

/** What may be done after an outcome. */
export type Verdict =
	/** It is answered; nothing to repeat. */
	| 'done'
	/** Ask again after a pause. */
	| 'repeat'
	/** Asking again can't help. */
	| 'giveUp'
	/** The server may have accepted the request, and charged for it: repeating could pay twice. */
	| 'uncertain';

interface Row {
	get: Verdict;
	post: Verdict;
}

/** The whole policy (docs/errors-and-retries.md, "When is a request repeated?"). A POST is repeated only when it surely was not accepted. */
export const POLICY: Record<OutcomeKind, Row> = {
	success: { get: 'done', post: 'done' },
	badRequest: { get: 'giveUp', post: 'giveUp' },
	unauthorized: { get: 'giveUp', post: 'giveUp' },
	forbidden: { get: 'giveUp', post: 'giveUp' },
	tooLarge: { get: 'giveUp', post: 'giveUp' },
	wrongAddress: { get: 'giveUp', post: 'giveUp' },
	insecure: { get: 'giveUp', post: 'giveUp' },
	redirected: { get: 'repeat', post: 'uncertain' },
	webPage: { get: 'repeat', post: 'uncertain' },
	rateLimited: { get: 'repeat', post: 'repeat' },
	overloaded: { get: 'repeat', post: 'repeat' },
	unreachable: { get: 'repeat', post: 'repeat' },
	serverError: { get: 'repeat', post: 'uncertain' },
	connectionLost: { get: 'repeat', post: 'uncertain' },
	unreadable: { get: 'repeat', post: 'uncertain' },
	blocked: { get: 'giveUp', post: 'giveUp' },
	notSent: { get: 'giveUp', post: 'giveUp' },
};

export type Method = 'GET' | 'POST';

/** The verdict on one outcome. `retryUncertain` is the user's word that paying twice is better than missing one. */
export function judge(method: Method, kind: OutcomeKind, retryUncertain = false): Verdict {
	const verdict = method === 'GET' ? POLICY[kind].get : POLICY[kind].post;
	return verdict === 'uncertain' && retryUncertain ? 'repeat' : verdict;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Runway asks for up to 50 % of jitter (API docs, "Rate limits"). */
const JITTER = 0.5;

/** A `Retry-After` beyond this is not waited for in a request; the caller is told instead. */
const LONGEST_RETRY_AFTER_MS = 120_000;

/**
 * The pause after an outcome, in ms: what `Retry-After` asks for, else from 1 s to 30 s, doubling with every round
 * in a row (1, 2, …), with jitter. `random` gives 0…1. Pure.
 */
export function pauseMs({ retryAfterMs }: Outcome, round: number, random: () => number): number {
	const jitter = JITTER * random();
	if (retryAfterMs === undefined) return backoffMs(round) * (1 + jitter);
	// Not fallen short of, and a crowd that was given the same one must not return in step.
	return Math.max(retryAfterMs, FIRST_PAUSE_MS) + FIRST_PAUSE_MS * jitter;
}

/** What an unknown model answers, for ever (with 503): one repeat, then the user is told. */
const NO_SUCH_MODEL = /model_not_found|no available channel/i;

/**
 * The same before attempt number `attempt` + 1; `undefined` when that would pass the budget (`remainingMs`). Pure.
 */
export function pauseBeforeRepeat(
	outcome: Outcome,
	attempt: number,
	remainingMs: number,
	random: () => number,
): number | undefined {
	const { retryAfterMs, code = '', message = '' } = outcome;
	if (retryAfterMs !== undefined && retryAfterMs > LONGEST_RETRY_AFTER_MS) return undefined;
	if (attempt > 1 && NO_SUCH_MODEL.test(`${code} ${message}`)) return undefined;
	const pause = pauseMs(outcome, attempt, random);
	return pause <= remainingMs ? pause : undefined;
}

function backoffMs(attempt: number): number {
	return Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
}
