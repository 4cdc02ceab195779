/** Runs jobs, at most so many at a time, in the order they were handed in. */
export interface Limiter {
	run<Result>(job: () => Promise<Result>): Promise<Result>;
	/** Lets this many run at a time from now on (a whole number, at least 1); those that run already go on. */
	setMost(most: number): void;
}

/** A limiter for `most` jobs at a time (a whole number, at least 1). */
export function createLimiter(most: number): Limiter {
	let running = 0;
	const queue: Array<() => void> = [];

	const letIn = (): void => {
		// The place is taken here, not by who wakes up: a newcomer can't slip in between.
		for (; running < most && queue.length > 0; running += 1) queue.shift()?.();
	};
	const enter = async (): Promise<void> =>
		await new Promise<void>((resolve) => {
			queue.push(resolve);
			letIn();
		});
	const leave = (): void => {
		running -= 1;
		letIn();
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
		setMost(changed) {
			most = changed;
			letIn();
		},
	};
}
