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

/** The whole policy (README, "When is a request repeated?"). A POST is repeated only when it surely was not accepted. */
export const POLICY: Record<OutcomeKind, Row> = {
	success: { get: 'done', post: 'done' },
	badRequest: { get: 'giveUp', post: 'giveUp' },
	unauthorized: { get: 'giveUp', post: 'giveUp' },
	forbidden: { get: 'giveUp', post: 'giveUp' },
	tooLarge: { get: 'giveUp', post: 'giveUp' },
	wrongAddress: { get: 'giveUp', post: 'giveUp' },
	insecure: { get: 'giveUp', post: 'giveUp' },
	rateLimited: { get: 'repeat', post: 'repeat' },
	overloaded: { get: 'repeat', post: 'repeat' },
	unreachable: { get: 'repeat', post: 'repeat' },
	serverError: { get: 'repeat', post: 'uncertain' },
	connectionLost: { get: 'repeat', post: 'uncertain' },
	unreadable: { get: 'repeat', post: 'uncertain' },
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
 * How long to pause before attempt number `attempt` + 1, in ms; `undefined` when that would pass the budget
 * (`remainingMs`). Exponential with jitter from 1 s to 30 s; a `Retry-After` wins. `random` gives 0…1. Pure.
 */
export function pauseBeforeRepeat(
	outcome: Outcome,
	attempt: number,
	remainingMs: number,
	random: () => number,
): number | undefined {
	const jitter = 1 + JITTER * random();
	const backoff = backoffMs(attempt) * jitter;
	const { retryAfterMs } = outcome;
	if (retryAfterMs !== undefined && retryAfterMs > LONGEST_RETRY_AFTER_MS) return undefined;
	const pause =
		retryAfterMs === undefined
			? backoff
			: Math.max(retryAfterMs, FIRST_PAUSE_MS) + FIRST_PAUSE_MS * (jitter - 1);
	return pause <= remainingMs ? pause : undefined;
}

/**
 * For how long a 429 holds back everything that shares its key, in ms: what `Retry-After` asks for, else a pause
 * that doubles with every round of them in a row (1, 2, …). Pure.
 */
export function pauseAfterRateLimit({ retryAfterMs }: Outcome, round: number): number {
	return Math.max(retryAfterMs ?? backoffMs(round), FIRST_PAUSE_MS);
}

function backoffMs(attempt: number): number {
	return Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
}
