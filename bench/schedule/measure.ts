import { waitByHand } from './byHand';
import type { Family } from './families';
import { waitWithOurs } from './ours';
import { waitWithSdk } from './sdk';
import { drawTasks, type Waited } from './tasks';
import { seededRandom } from '../../test/unit/support/seededRandom';

/** What waiting for the tasks of a family comes to. */
export interface Figures {
	medianMs: number;
	p95Ms: number;
	requestsPerTask: number;
}

export interface FamilyFigures {
	family: Family;
	ours: Figures;
	sdk: Figures;
	byHand: Figures;
}

/** Seeds are fixed: the same code gives the same figures. */
const TASKS_SEED = 20_260_313;
const CLIENT_SEED = 1;

/** Our waiter on the tasks of a family. */
export async function measureOurs(family: Family, count: number): Promise<Figures> {
	const random = seededRandom(CLIENT_SEED);
	const waited: Waited[] = [];
	for (const task of drawTasks(family, count, TASKS_SEED))
		waited.push(await waitWithOurs(task, random));
	return summarize(waited);
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

function summarize(waited: Waited[]): Figures {
	const delays = waited.map(({ delayMs }) => delayMs).sort((one, other) => one - other);
	const at = (share: number) =>
		delays[Math.min(Math.floor(share * delays.length), delays.length - 1)];
	const requests = waited.reduce((sum, wait) => sum + wait.requests, 0);
	return { medianMs: at(0.5), p95Ms: at(0.95), requestsPerTask: requests / waited.length };
}
