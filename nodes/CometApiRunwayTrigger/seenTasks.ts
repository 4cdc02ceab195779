/** What the trigger remembers of a listed task. Times are epoch ms. */
export interface Remembered {
	taskId: string;
	firstLookAt: number;
	lastLookAt: number;
	/** Nothing more is to come of it: an execution was started, or the error was reported. */
	done?: true;
}

/** The node's static data: n8n keeps it across polls and restarts. */
export interface TriggerMemory {
	tasks?: Remembered[];
}

/** Forgets what is listed no longer, so that the memory never outgrows the list. */
export function pruneMemory(memory: TriggerMemory, listedIds: string[]): void {
	const listed = new Set(listedIds);
	memory.tasks = memory.tasks?.filter(({ taskId }) => listed.has(taskId));
}

/** The entry of a task; a new one, looked at never, when there is none. */
export function remembered(memory: TriggerMemory, taskId: string, now: number): Remembered {
	memory.tasks ??= [];
	const known = memory.tasks.find((entry) => entry.taskId === taskId);
	if (known) return known;
	const entry: Remembered = { taskId, firstLookAt: now, lastLookAt: 0 };
	memory.tasks.push(entry);
	return entry;
}

/**
 * The ids to look at in this poll, those that were looked at longest ago first, so that a list too long for one
 * poll is gone through in turn. Left out are those that are done, and those looked at less than `minPollMs` ago.
 */
export function dueIds(
	memory: TriggerMemory,
	listedIds: string[],
	now: number,
	minPollMs: number,
): string[] {
	return listedIds
		.map((taskId) => remembered(memory, taskId, now))
		.filter(({ done, lastLookAt }) => !done && Math.abs(now - lastLookAt) >= minPollMs)
		.sort((one, other) => one.lastLookAt - other.lastLookAt)
		.map(({ taskId }) => taskId);
}
