import type { Clock } from '../../nodes/shared/http/clock';

/** A clock without real time: `sleep` moves the clock at once, and every sleep is noted. */
export interface FakeClock extends Clock {
	/** The sleeps asked for so far, in ms. */
	readonly sleeps: number[];
	/** Lets time pass that nobody sleeps through, such as a request's. */
	advance(ms: number): void;
	/** The user's Stop, now. */
	stop(): void;
}

export interface FakeClockSettings {
	/** Epoch ms. */
	startAt?: number;
	/** 0…1; 0 where nothing is given, so that pauses come without jitter. */
	random?: () => number;
	/** When the user presses Stop, in ms after the start; it ends a sleep early. */
	stopAfterMs?: number;
}

/** A clock that starts at `startAt` and moves only by `sleep` and `advance`. */
export function createFakeClock(settings: FakeClockSettings = {}): FakeClock {
	const { startAt = Date.UTC(2026, 2, 13), random = () => 0 } = settings;
	let stopAt = startAt + (settings.stopAfterMs ?? Number.POSITIVE_INFINITY);
	let now = startAt;
	const sleeps: number[] = [];
	return {
		sleeps,
		now: () => now,
		random,
		stopped: () => now >= stopAt,
		advance: (ms) => {
			now += ms;
		},
		stop: () => {
			stopAt = now;
		},
		async sleep(ms) {
			sleeps.push(ms);
			now = Math.max(now, Math.min(now + ms, stopAt));
		},
	};
}
