import type { Clock } from '../../nodes/shared/http/clock';

const START = Date.UTC(2026, 2, 13);
const LONGEST_RUN_MS = 30 * 24 * 3_600_000;
const MOST_STEPS = 30_000;

interface Timer {
	at: number;
	ring(): void;
}

/**
 * Time that passes only while everybody waits: hours of a node's work take milliseconds. When nobody is left who
 * could go on, the work takes a month, or it goes round in circles, the run fails instead of hanging.
 */
export class VirtualTime {
	private moment = START;
	private timers: Timer[] = [];

	now(): number {
		return this.moment;
	}

	async sleep(ms: number): Promise<void> {
		await new Promise<void>((ring) => this.at(this.moment + Math.max(0, ms), ring));
	}

	/** Calls `ring` at a moment (epoch ms); those of the same moment in the order they were set. */
	at(moment: number, ring: () => void): void {
		let place = this.timers.length;
		while (place > 0 && this.timers[place - 1].at > moment) place -= 1;
		this.timers.splice(place, 0, { at: moment, ring });
	}

	/** Goes on with everything that is under way until the work is done. */
	async run<Result>(work: () => Promise<Result>): Promise<Result> {
		let isDone = false;
		const done = () => {
			isDone = true;
		};
		const working = work();
		working.then(done, done);
		for (let steps = 0; ; steps++) {
			await new Promise((resolve) => setImmediate(resolve));
			if (isDone) return await working;
			const next = this.timers.shift();
			if (steps > MOST_STEPS) throw new Error('The run does not end: it goes round in circles');
			if (!next) throw new Error('The run does not end: everybody waits for nothing');
			if (next.at > START + LONGEST_RUN_MS)
				throw new Error('The run does not end: a month has passed');
			this.moment = Math.max(this.moment, next.at);
			next.ring();
		}
	}
}

/** The time, and the chance, of the run under way; the nodes' `sleep` and `clockOf` are led here. */
export const current = { time: new VirtualTime(), random: (): number => 0 };

/** Stands in for the nodes' clock. */
export function virtualClockOf(context: {
	getExecutionCancelSignal(): AbortSignal | undefined;
}): Clock {
	const signal = context.getExecutionCancelSignal();
	const { time, random } = current;
	const stopped = () => signal?.aborted === true;
	return {
		now: () => time.now(),
		random,
		stopped,
		async sleep(ms) {
			if (stopped()) return;
			await new Promise<void>((wake) => {
				time.at(time.now() + ms, wake);
				signal?.addEventListener('abort', () => wake());
			});
		},
	};
}
