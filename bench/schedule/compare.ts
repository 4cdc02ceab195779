import { seededRandom } from '../../tools/clock/seededRandom';
import type { Family } from '../../tools/schedule/families';
import type { Remembered } from '../../tools/schedule/histories';
import {
	CLIENT_SEED,
	measureOurs,
	summarize,
	TASKS_SEED,
	type Figures,
} from '../../tools/schedule/measure';
import { drawTasks, type VirtualTask, type Wait } from '../../tools/schedule/tasks';
import { waitWithSdk } from './sdk';

export interface FamilyFigures {
	family: Family;
	ours: Figures;
	sdk: Figures;
	byHand: Figures;
}

/** All clients on the same tasks of a family. */
export async function measureFamily(
	family: Family,
	count: number,
	remembered: Remembered = 'nothing',
): Promise<FamilyFigures> {
	const tasks = drawTasks(family, count, TASKS_SEED);
	return {
		family,
		ours: await measureOurs(family, count, remembered),
		sdk: summarize(await waitWithSdk(tasks, seededRandom(CLIENT_SEED))),
		byHand: summarize(tasks.map(waitByHand)),
	};
}

/** The Wait node of the loop that people build; 10 s is at the quick end of what is shared. */
const BY_HAND_WAIT_MS = 10_000;

/** HTTP Request → IF → Wait (10 s) → HTTP Request …: a look right after the creation, then one every 10 s. */
function waitByHand(task: VirtualTask): Wait {
	const looks = Math.max(0, Math.ceil(task.finishedAt / BY_HAND_WAIT_MS));
	return { delayMs: looks * BY_HAND_WAIT_MS - task.finishedAt, requests: looks + 1 };
}
