/** Runs jobs, at most so many at a time, in the order they were handed in. */
export interface Limiter {
	run<Result>(job: () => Promise<Result>): Promise<Result>;
}

/** A limiter for `most` jobs at a time (a whole number, at least 1). */
export function createLimiter(most: number): Limiter {
	let running = 0;
	const queue: Array<() => void> = [];

	const enter = async (): Promise<void> => {
		if (running < most) {
			running += 1;
			return;
		}
		await new Promise<void>((resolve) => queue.push(resolve));
	};
	const leave = (): void => {
		const next = queue.shift();
		// The place is handed over, not given back: a newcomer can't slip in between.
		if (next) next();
		else running -= 1;
	};

	return {
		async run(job) {
			await enter();
			try {
				return await job();
			} finally {
				leave();
			}
		},
	};
}
