import { judge, pauseBeforeRepeat, type Method } from './policy';
import type { Outcome } from './outcome';
import type { World } from './clock';

/** How a call went after all its attempts. */
export interface CallResult {
	outcome: Outcome;
	attempts: number;
	/** Whether one of the attempts may have been accepted by the server without our having its answer. */
	maybeAccepted: boolean;
}

export interface CallOptions {
	method: Method;
	/** Total time for attempts and pauses, in ms; no attempt starts after it. */
	budgetMs: number;
	retryUncertain?: boolean;
}

/** Patience with a server in trouble, for calls that are not part of a wait: two minutes in all. */
export const DEFAULT_BUDGET_MS = 120_000;

/**
 * Makes a call and repeats it as the policy allows. `send` makes one attempt, which it starts no later than it is
 * told (epoch ms), and never rejects. Ends at the first verdict that forbids repeating, when the next pause would
 * pass the budget, or when the user stops.
 */
export async function callWithPolicy(
	send: (latestStart: number) => Promise<Outcome>,
	options: CallOptions,
	world: World,
): Promise<CallResult> {
	const deadline = world.now() + options.budgetMs;
	let maybeAccepted = false;
	for (let attempts = 1; ; attempts++) {
		const outcome = await send(deadline);
		if (judge(options.method, outcome.kind) === 'uncertain') maybeAccepted = true;
		const result = { outcome, attempts, maybeAccepted };
		if (judge(options.method, outcome.kind, options.retryUncertain) !== 'repeat') return result;
		const pauseMs = pauseBeforeRepeat(outcome, attempts, deadline - world.now(), () =>
			world.random(),
		);
		if (pauseMs === undefined) return result;
		await world.sleep(pauseMs);
		if (world.stopped()) return result;
	}
}
