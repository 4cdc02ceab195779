/** Runs jobs, at most so many at a time, in the order they were handed in. */
export interface Lane {
	run<Result>(job: () => Promise<Result>): Promise<Result>;
	/** Lets this many run at a time from now on (a whole number, at least 1); those that run already go on. */
	setMost(most: number): void;
}

/** A cap that several kinds of jobs share, each in a lane with a cap of its own. */
export interface Limiter {
	/** A lane for `most` of the jobs at a time (a whole number, at least 1). */
	lane(most: number): Lane;
}

interface Count {
	most: number;
	running: number;
}

/**
 * A limiter for `most` jobs at a time in all lanes together (a whole number, at least 1). A job that its own lane
 * holds back lets those of other lanes pass.
 */
export function createLimiter(most: number): Limiter {
	const all: Count = { most, running: 0 };
	const queue: Array<{ lane: Count; enter(): void }> = [];

	const letIn = (): void => {
		for (let at = 0; at < queue.length && all.running < all.most; ) {
			const { lane, enter } = queue[at];
			if (lane.running >= lane.most) {
				at += 1;
				continue;
			}
			queue.splice(at, 1);
			// The place is taken here, not by who wakes up: a newcomer can't slip in between.
			for (const count of [all, lane]) count.running += 1;
			enter();
		}
	};

	return {
		lane(mostInLane) {
			const lane: Count = { most: mostInLane, running: 0 };
			return {
				async run(job) {
					await new Promise<void>((enter) => {
						queue.push({ lane, enter });
						letIn();
					});
					try {
						return await job();
					} finally {
						for (const count of [all, lane]) count.running -= 1;
						letIn();
					}
				},
				setMost(changed) {
					lane.most = changed;
					letIn();
				},
			};
		},
	};
}
