/** What the trigger remembers of a listed task. Times are epoch ms. */
export interface SeenTask {
	taskId: string;
	firstLookAt: number;
	lastLookAt: number;
	/** Since when it is said to have succeeded, without a URL. */
	withoutUrlSince?: number;
	/** Nothing more is to come of it: an execution was started, or the error was reported. */
	done?: true;
}

/** The node's static data: n8n keeps it across polls and restarts. */
export interface SeenTasks {
	tasks?: SeenTask[];
}

/** Forgets what is listed no longer, so that the memory never outgrows the list. */
export function pruneSeenTasks(memory: SeenTasks, listedIds: string[]): void {
	const listed = new Set(listedIds);
	memory.tasks = memory.tasks?.filter(({ taskId }) => listed.has(taskId));
}

/**
 * The tasks to look at in this poll, those that were looked at longest ago first, so that a list too long for one
 * poll is gone through in turn. Left out are those that are done, and those looked at less than `minPollMs` ago.
 */
export function dueTasks(
	memory: SeenTasks,
	listedIds: string[],
	now: number,
	minPollMs: number,
): SeenTask[] {
	return listedIds
		.map((taskId) => seenTask(memory, taskId, now))
		.filter(({ done, lastLookAt }) => !done && Math.abs(now - lastLookAt) >= minPollMs)
		.sort((one, other) => one.lastLookAt - other.lastLookAt);
}

/** The entry of a task; a new one, looked at never, when there is none. */
function seenTask(memory: SeenTasks, taskId: string, now: number): SeenTask {
	memory.tasks ??= [];
	const known = memory.tasks.find((entry) => entry.taskId === taskId);
	if (known) return known;
	const entry: SeenTask = { taskId, firstLookAt: now, lastLookAt: 0 };
	memory.tasks.push(entry);
	return entry;
}
