import { z } from 'zod';
import { storedEnd, storedList, storedMoment, storedTask } from '../../task/stored';
import { restoreWatch } from '../../task/storedWatch';
import type { Task } from '../../task/task';
import { startWatch, type Waited, type Watch } from '../../task/watch';
import type { Underway } from './deliver';
import type { WaitSettings } from './entries';

/**
 * What a wait keeps across suspensions, restarts and updates. Of the ends only finished tasks are kept: whatever else ended
 * a wait is found again by one look, and may have passed meanwhile.
 */
export interface Memory {
	/** A list, not an object: a task id may be any text. */
	tasks: Array<{ taskId: string; watch?: Watch; finished?: Task }>;
	/** Items that have left already, with the tasks that they left with. */
	left: Underway[];
	/** The suspension that this go comes back from, epoch ms. */
	sleep?: { from: number; until: number };
}

const memory = z.object({
	tasks: storedList(
		z.object({
			taskId: z.string(),
			watch: z.unknown().transform(restoreWatch),
			finished: storedEnd.optional().catch(undefined),
		}),
	),
	left: storedList(
		z.object({
			item: z.number(),
			taskId: z.string().optional().catch(undefined),
			task: storedTask.optional().catch(undefined),
		}),
	),
	sleep: z.object({ from: storedMoment, until: storedMoment }).optional().catch(undefined),
});

/** Reads what an earlier go has kept, perhaps by another version of this package: what can't be read is begun anew. */
export function openMemory(kept: unknown): Memory {
	const { sleep, ...known } = memory.catch({ tasks: [], left: [] }).parse(kept);
	return { ...known, ...(sleep && { sleep }) };
}

/** The tasks to wait for, with what earlier goes have seen of them; a wait begins with the first look. */
export function recallTasks(
	orders: WaitSettings[],
	{ tasks }: Memory,
	now: number,
): Array<Waited<WaitSettings>> {
	const known = new Map(tasks.map((task) => [task.taskId, task]));
	return orders.map((order) => {
		const { watch, finished: task } = known.get(order.taskId) ?? {};
		return {
			order,
			watch: watch ?? startWatch(now),
			...(task && { ending: { kind: 'finished' as const, task } }),
		};
	});
}

/** What to keep of tasks for the next go. */
export function memoryOf(tasks: Waited[], left: Underway[]): Memory {
	return {
		tasks: tasks.map(({ order: { taskId }, watch, ending }) => ({
			taskId,
			watch,
			...(ending?.kind === 'finished' && { finished: ending.task }),
		})),
		left,
	};
}
