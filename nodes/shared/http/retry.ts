import type { Clock } from './clock';
import type { Outcome } from './outcome';
import type { Pace } from './pace';
import { judge, pauseBeforeRepeat, type Method } from './policy';

/** How a request went after all its attempts. */
export interface RetryResult {
	outcome: Outcome;
	/** Whether one of the attempts may have been accepted by the server without our having its answer. */
	maybeAccepted: boolean;
}

export interface RetryOptions {
	method: Method;
	/** Total time for attempts and pauses, in ms; no attempt starts after it. */
	budgetMs: number;
	retryUncertain?: boolean;
	/** What may pass by itself although the policy gives it up. */
	mayPass?(outcome: Outcome): boolean;
}

/** Patience with a server in trouble, for requests that are not part of a wait: two minutes in all. */
export const DEFAULT_BUDGET_MS = 120_000;

/**
 * Makes a request and repeats it as the policy allows. `send` makes one attempt and never rejects; each waits for
 * its turn in the `pace`, which also keeps the pause after a 429. Ends at the first verdict that forbids repeating,
 * when the next pause would pass the budget, or when the user stops.
 */
export async function retry(
	pace: Pace,
	send: () => Promise<Outcome>,
	{ method, budgetMs, retryUncertain, mayPass }: RetryOptions,
	clock: Clock,
): Promise<RetryResult> {
	const deadline = clock.now() + budgetMs;
	let maybeAccepted = false;
	for (let attempt = 1; ; attempt++) {
		const outcome = await pace.run(send, deadline);
		if (judge(method, outcome.kind) === 'uncertain') maybeAccepted = true;
		const result = { outcome, maybeAccepted };
		const isWorthIt = judge(method, outcome.kind, retryUncertain) === 'repeat';
		if (!isWorthIt && !mayPass?.(outcome)) return result;
		const pauseMs = pauseBeforeRepeat(outcome, attempt, deadline - clock.now(), () =>
			clock.random(),
		);
		if (pauseMs === undefined) return result;
		if (outcome.kind !== 'rateLimited') await clock.sleep(pauseMs);
		if (clock.stopped()) return result;
	}
}
