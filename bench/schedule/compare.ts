import { seededRandom } from '../../tools/clock/seededRandom';
import type { Family } from '../../tools/schedule/families';
import {
	CLIENT_SEED,
	measureOurs,
	summarize,
	TASKS_SEED,
	type Figures,
} from '../../tools/schedule/measure';
import { drawTasks } from '../../tools/schedule/tasks';
import { waitByHand } from './byHand';
import { waitWithSdk } from './sdk';

export interface FamilyFigures {
	family: Family;
	ours: Figures;
	sdk: Figures;
	byHand: Figures;
}

/** All clients on the same tasks of a family. */
export async function measureFamily(family: Family, count: number): Promise<FamilyFigures> {
	const tasks = drawTasks(family, count, TASKS_SEED);
	return {
		family,
		ours: await measureOurs(family, count),
		sdk: summarize(await waitWithSdk(tasks, seededRandom(CLIENT_SEED))),
		byHand: summarize(tasks.map(waitByHand)),
	};
}
