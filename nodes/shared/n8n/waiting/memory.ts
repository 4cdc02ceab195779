import { z } from 'zod';
import { TASK_STATUSES } from '../../task/status';
import type { Task } from '../../task/task';
import { restoreWatch, startWatch, type Waited, type Watch } from '../../task/watch';
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

const task = z
	.object({ taskId: z.string(), status: z.enum(TASK_STATUSES) })
	.passthrough()
	.transform((known) => known as Task);

const memory = z.object({
	tasks: z.array(
		z.object({
			taskId: z.string(),
			watch: z.unknown(),
			finished: task.optional().catch(undefined),
		}),
	),
	left: z.array(
		z.object({ item: z.number(), taskId: z.string().optional(), task: task.optional() }),
	),
	sleep: z.object({ from: z.number(), until: z.number() }).optional().catch(undefined),
});

/** Reads what an earlier go has kept, perhaps by another version of this package: what can't be read is begun anew. */
export function openMemory(kept: unknown): Memory {
	const { tasks, left, sleep } = memory.partial().catch({}).parse(kept);
	return {
		tasks: (tasks ?? []).map((one) => ({ ...one, watch: restoreWatch(one.watch) })),
		left: left ?? [],
		...(sleep && { sleep }),
	};
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
