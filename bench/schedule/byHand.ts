import type { VirtualTask, Waited } from '../../tools/schedule/tasks';

/** The Wait node of the loop that people build; 10 s is at the quick end of what is shared. */
export const BY_HAND_WAIT_MS = 10_000;

/** HTTP Request → IF → Wait (10 s) → HTTP Request …: a look right after the creation, then one every 10 s. */
export function waitByHand(task: VirtualTask): Waited {
	const looks = Math.max(0, Math.ceil(task.finishedAt / BY_HAND_WAIT_MS));
	return { delayMs: looks * BY_HAND_WAIT_MS - task.finishedAt, requests: looks + 1 };
}
