import { createLimiter } from './limiter';
import type { Outcome } from './outcome';
import { pauseAfterRateLimit } from './policy';
import type { World } from './clock';

/** CometAPI's own example caps concurrency at 5. */
export const MOST_REQUESTS_IN_FLIGHT = 5;

/** How fast the requests of one run of a node may leave, all items together. */
export interface Pace {
	/**
	 * Makes one attempt when its turn comes. Nothing is sent, and the answer that closed the gate is handed out
	 * again with what is left of its pause, when the gate stays closed beyond `latestStart` (epoch ms); nor is
	 * anything sent once the user has stopped (`notSent`).
	 */
	run(send: () => Promise<Outcome>, latestStart: number): Promise<Outcome>;
}

/** How things stand between the requests of a run. */
interface PaceState {
	/** Requests that may be in flight. */
	allowed: number;
	/** In a row, since `allowed` last changed. */
	successes: number;
	/** Times the API has said 429 to a request that knew of all earlier times. */
	rounds: number;
	roundsInARow: number;
	/** Epoch ms. */
	closedUntil: number;
	closedBy: Outcome;
}

/**
 * A pace that starts with `most` requests at a time.
 *
 * A 429 is about the key, not about the item that met it: it closes the gate for all of them as long as
 * `Retry-After` asks for, or else for a pause that doubles with each such round, and halves how many may be in
 * flight (CometAPI and Runway both ask for fewer requests at a time after a 429). Answers to requests that left
 * before the last halving say nothing new and change nothing but the pause. As many successes in a row as are
 * allowed at a time allow one more.
 */
export function createPace(most: number, world: Pick<World, 'now' | 'sleep' | 'stopped'>): Pace {
	const limiter = createLimiter(most);
	let state: PaceState = {
		allowed: most,
		successes: 0,
		rounds: 0,
		roundsInARow: 0,
		closedUntil: Number.NEGATIVE_INFINITY,
		closedBy: { kind: 'rateLimited' },
	};
	return {
		run: async (send, latestStart) =>
			await limiter.run(async () => {
				while (world.now() < state.closedUntil && !world.stopped()) {
					const { closedUntil, closedBy } = state;
					const retryAfterMs = closedUntil - world.now();
					if (closedUntil > latestStart) return { ...closedBy, retryAfterMs };
					await world.sleep(retryAfterMs);
				}
				if (world.stopped()) return { kind: 'notSent' };
				const roundAtStart = state.rounds;
				const outcome = await send();
				const isNews = roundAtStart === state.rounds;
				if (outcome.kind === 'rateLimited') state = slowDown(state, outcome, isNews, world.now());
				if (outcome.kind === 'success' && isNews) state = speedUp(state, most);
				limiter.setMost(state.allowed);
				return outcome;
			}),
	};
}

function slowDown(state: PaceState, outcome: Outcome, isNews: boolean, now: number): PaceState {
	const rounds = state.rounds + (isNews ? 1 : 0);
	const roundsInARow = state.roundsInARow + (isNews ? 1 : 0);
	const allowed = isNews ? Math.max(1, Math.floor(state.allowed / 2)) : state.allowed;
	const until = now + pauseAfterRateLimit(outcome, roundsInARow);
	const closed = until > state.closedUntil ? { closedUntil: until, closedBy: outcome } : {};
	return { ...state, ...closed, rounds, roundsInARow, allowed, successes: 0 };
}

function speedUp(state: PaceState, most: number): PaceState {
	const successes = state.successes + 1;
	const isEnough = successes >= state.allowed && state.allowed < most;
	return {
		...state,
		roundsInARow: 0,
		...(isEnough ? { allowed: state.allowed + 1, successes: 0 } : { successes }),
	};
}
