import { setTimeout as sleep } from 'node:timers/promises';

const POLL_INTERVAL_MS = 100;

/** Anything but undefined, null and false is what was waited for. */
type Found<T> = Exclude<T, undefined | null | false>;

/**
 * Asks until the condition holds, and returns what it gave. An error that it throws is not swallowed.
 *
 * @param what completes the sentence "Timed out after … s waiting for …"
 * @param pollMs between two questions; what takes minutes need not be asked for ten times a second
 */
export async function waitFor<T>(
	condition: () => T | Promise<T>,
	timeoutMs: number,
	what: string | (() => string),
	pollMs = POLL_INTERVAL_MS,
): Promise<Found<T>> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const outcome = await condition();
		if (outcome !== undefined && outcome !== null && outcome !== false) return outcome as Found<T>;
		if (Date.now() >= deadline) {
			const description = typeof what === 'string' ? what : what();
			throw new Error(`Timed out after ${timeoutMs / 1000} s waiting for ${description}`);
		}
		await sleep(pollMs);
	}
}
