import type { IExecuteFunctions } from 'n8n-workflow';
import { startWatch, type Watch } from '../shared/task/watch';

/**
 * What the node remembers across suspensions and restarts, in its context, which n8n saves with the execution.
 * A list, not an object: a task id may be any text.
 */
export interface WaitState {
	watches?: Array<{ taskId: string; watch: Watch }>;
	/** See `letOthersGoFirst`. */
	wentLast?: boolean;
}

/** The node's memory in this execution. */
export function openState(context: IExecuteFunctions): WaitState {
	return context.getContext('node') as WaitState;
}

/** The watch over a task, begun now unless the task is being waited for already. */
export function watchOf(state: WaitState, taskId: string, now: number): Watch {
	state.watches ??= [];
	const known = state.watches.find((entry) => entry.taskId === taskId);
	if (known) return known.watch;
	const watch = startWatch(now);
	state.watches.push({ taskId, watch });
	return watch;
}

/** Forgets a task that leaves the node: should it come again, its wait starts afresh. */
export function forget(state: WaitState, taskId: string): void {
	state.watches = state.watches?.filter((entry) => entry.taskId !== taskId);
}
