import type { Clock } from './clock';
import { createLimiter } from './limiter';
import type { Outcome } from './outcome';
import { pauseMs } from './policy';

/** CometAPI's own example caps concurrency at 5. */
export const MOST_REQUESTS_IN_FLIGHT = 5;

/** Of these, so many may be downloads, which take long: they must not occupy every place. */
const MOST_DOWNLOADS_IN_FLIGHT = 3;

/** How many requests of one run of a node may be in flight, all items together, and how fast they may leave. */
export interface Pace {
	/**
	 * Makes one attempt when its turn comes. A 429 is handed out with the pause that the gate makes of it, and again,
	 * without anything being sent, when the gate stays closed beyond `latestStart` (epoch ms). Nor is anything sent
	 * once the user has stopped (`notSent`).
	 */
	run(send: () => Promise<Outcome>, latestStart: number): Promise<Outcome>;
	/** Makes a download when there is a place for it. The gate is not its business: it goes to another host. */
	download<Result>(job: () => Promise<Result>): Promise<Result>;
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
 * A pace that starts with `most` requests at a time. It is the one cap, the one gate, and the one look at Stop that
 * a request crosses.
 *
 * A 429 is about the key, not about the item that met it: it closes the gate for all of them as long as
 * `Retry-After` asks for, or else for a pause that doubles with each such round, and halves how many may be in
 * flight (CometAPI and Runway both ask for fewer requests at a time after a 429). Answers to requests that left
 * before the last halving say nothing new and change nothing but the pause. As many successes in a row as are
 * allowed at a time allow one more.
 *
 * A pause that is asked for is kept for `longestPauseMs` at most; then one request at a time looks whether it still
 * holds.
 */
export function createPace(
	most: number,
	clock: Clock,
	longestPauseMs = Number.POSITIVE_INFINITY,
): Pace {
	const limiter = createLimiter(most);
	const requests = limiter.lane(most);
	const downloads = limiter.lane(MOST_DOWNLOADS_IN_FLIGHT);
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
			await requests.run(async () => {
				while (clock.now() < state.closedUntil && !clock.stopped()) {
					if (state.closedUntil > latestStart) return closedGate(state, clock);
					await clock.sleep(state.closedUntil - clock.now());
				}
				if (clock.stopped()) return { kind: 'notSent' };
				const roundAtStart = state.rounds;
				const outcome = await send();
				const isNews = roundAtStart === state.rounds;
				if (outcome.kind === 'rateLimited') {
					state = slowDown(state, { outcome, isNews, clock, longestPauseMs });
				}
				if (outcome.kind === 'success' && isNews) state = speedUp(state, most);
				requests.setMost(state.allowed);
				return outcome.kind === 'rateLimited' ? closedGate(state, clock) : outcome;
			}),
		download: async (job) => await downloads.run(job),
	};
}

/** A 429, and whether its request knew of all earlier ones. */
interface RateLimit {
	outcome: Outcome;
	isNews: boolean;
	clock: Clock;
	longestPauseMs: number;
}

/** The 429 that closed the gate, with what is left of the pause: whoever asks again then finds it open. */
function closedGate({ closedBy, closedUntil }: PaceState, clock: Clock): Outcome {
	return { ...closedBy, retryAfterMs: closedUntil - clock.now() };
}

function slowDown(
	state: PaceState,
	{ outcome, isNews, clock, longestPauseMs }: RateLimit,
): PaceState {
	const rounds = state.rounds + (isNews ? 1 : 0);
	const roundsInARow = state.roundsInARow + (isNews ? 1 : 0);
	const asked = pauseMs(outcome, roundsInARow, () => clock.random());
	const until = clock.now() + Math.min(asked, longestPauseMs);
	const halved = isNews ? Math.max(1, Math.floor(state.allowed / 2)) : state.allowed;
	const allowed = asked > longestPauseMs ? 1 : halved;
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
