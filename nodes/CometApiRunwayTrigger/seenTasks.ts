import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { storedList, storedMoment } from '../shared/task/stored';

const moment = storedMoment.optional().catch(undefined);
const flag = z.literal(true).optional().catch(undefined);

const seenTask = z.object({
	taskId: z.string(),
	/** What can't be read is looked at soon. */
	lastLookAt: storedMoment.catch(0),
	/** Since when it is said not to exist. */
	unknownSince: moment,
	/** Since when it is said to have succeeded, without a URL. */
	withoutUrlSince: moment,
	/** The host of its output took its URL for an expired one, once. */
	urlExpired: flag,
	/** Nothing more is to come of it: an execution was started, or the error was reported. */
	done: flag,
});

/** What the trigger remembers of a task, or of a word in its list that can be no id. Times are epoch ms. */
export type SeenTask = z.infer<typeof seenTask>;

const stored = z.object({ tasks: storedList(seenTask) });

/** What is done is remembered for so long after it has left the list: it may be put back. */
const KEPT_MS = 30 * 24 * 3_600_000;
const MOST_KEPT = 1_000;

/**
 * The memory of one trigger node, in its workflow's static data: n8n keeps that across polls and restarts, and saves
 * it with each execution that is started, but only where a key of its own was assigned since: a change further down
 * goes unseen. So every change assigns. It is kept under the node's id, since its name may be changed, and read anew
 * for every change, since polls may overlap.
 *
 * `noted` is what the process remembers of the same node (see Desk). All of it goes into each change, so that static
 * data which n8n saves later never knows less than what it has saved before.
 */
export class SeenTasks {
	private readonly key: string;

	constructor(
		private readonly staticData: IDataObject,
		nodeId: string,
		private readonly noted: Map<string, SeenTask>,
	) {
		this.key = `cometApiRunwayTrigger:${nodeId}`;
	}

	private read(): readonly SeenTask[] {
		const inStaticData = stored.safeParse(this.staticData[this.key]).data?.tasks ?? [];
		const tasks = new Map(inStaticData.map((task) => [task.taskId, task]));
		for (const task of this.noted.values()) {
			if (!tasks.get(task.taskId)?.done) tasks.set(task.taskId, task);
		}
		return [...tasks.values()];
	}

	private write(tasks: SeenTask[]): void {
		this.staticData[this.key] = { tasks };
		this.noted.clear();
		for (const task of tasks) this.noted.set(task.taskId, task);
	}

	/**
	 * Notes what has become of tasks, in one assignment. What is done stays done, whatever an overlapping poll has seen
	 * before.
	 */
	note(...tasks: SeenTask[]): void {
		const known = this.read();
		const doneIds = new Set(known.filter(({ done }) => done).map(({ taskId }) => taskId));
		const news = tasks.filter(({ taskId }) => !doneIds.has(taskId));
		const changed = new Set(news.map(({ taskId }) => taskId));
		this.write([...known.filter(({ taskId }) => !changed.has(taskId)), ...news]);
	}

	/** Forgets what is listed no longer, but for what was done not long ago: the memory does not grow for ever. */
	prune(listed: string[], now: number): void {
		const wanted = new Set(listed);
		const all = this.read();
		const unlisted = all
			.filter(
				({ taskId, done, lastLookAt }) => !wanted.has(taskId) && done && now - lastLookAt < KEPT_MS,
			)
			.slice(-MOST_KEPT);
		const kept = all.filter((task) => wanted.has(task.taskId) || unlisted.includes(task));
		if (kept.length < all.length) this.write(kept);
	}

	/** The words of a list that nothing has been made of yet. */
	unseen(words: string[]): string[] {
		const known = new Set(this.read().map(({ taskId }) => taskId));
		return words.filter((word) => !known.has(word));
	}

	/**
	 * The tasks to look at in this poll, those that were looked at longest ago first, so that a list too long for one
	 * poll is gone through in turn. Left out are those that are done, and those looked at less than `minPollMs` ago.
	 */
	due(listedIds: string[], now: number, minPollMs: number): SeenTask[] {
		const known = new Map(this.read().map((task) => [task.taskId, task]));
		return listedIds
			.map((taskId) => known.get(taskId) ?? { taskId, lastLookAt: 0 })
			.filter(({ done, lastLookAt }) => !done && Math.abs(now - lastLookAt) >= minPollMs)
			.sort((one, other) => one.lastLookAt - other.lastLookAt);
	}
}
