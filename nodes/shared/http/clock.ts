/** Time, chance, and the user's Stop: passed in, so that every policy can be tested on a clock of its own. */
export interface Clock {
	/** Epoch ms. */
	now(): number;
	/** Resolves after `ms`, or early when the user stops the execution. */
	sleep(ms: number): Promise<void>;
	/** 0…1 */
	random(): number;
	/** Whether the user has stopped the execution. */
	stopped(): boolean;
}

/** Stop has to work within a second: a long sleep is cut into slices, with a look at the signal between them. */
const SLICE_MS = 200;

/** The real clock of an execution. `sleep` is deaf to Stop, as timers are; `signal` is that of the execution. */
export function createClock(
	sleep: (ms: number) => Promise<void>,
	signal: AbortSignal | undefined,
): Clock {
	const stopped = () => signal?.aborted === true;
	return {
		now: () => Date.now(),
		random: () => Math.random(),
		stopped,
		async sleep(ms) {
			for (let left = ms; left > 0 && !stopped(); ) {
				const slice = Math.min(left, SLICE_MS);
				const startedAt = Date.now();
				await sleep(slice);
				// A clock that is set back must not prolong the sleep; a machine that slept meanwhile has slept for us.
				left -= Math.max(slice, Date.now() - startedAt);
			}
		},
	};
}
