import { seededRandom } from '../clock/seededRandom';
import type { Family } from './families';
import { waitWithOurs } from './ours';
import { drawTasks, type Waited } from './tasks';

/** What waiting for the tasks of a family comes to. */
export interface Figures {
	medianMs: number;
	p95Ms: number;
	requestsPerTask: number;
}

/** Seeds are fixed: the same code gives the same figures. */
export const TASKS_SEED = 20_260_313;
export const CLIENT_SEED = 1;

/** Our waiter on the tasks of a family. */
export async function measureOurs(family: Family, count: number): Promise<Figures> {
	const random = seededRandom(CLIENT_SEED);
	const waited: Waited[] = [];
	for (const task of drawTasks(family, count, TASKS_SEED))
		waited.push(await waitWithOurs(task, random));
	return summarize(waited);
}

/** The figures of one client's waits. */
export function summarize(waited: Waited[]): Figures {
	const delays = waited.map(({ delayMs }) => delayMs).sort((one, other) => one - other);
	const at = (share: number) =>
		delays[Math.min(Math.floor(share * delays.length), delays.length - 1)];
	const requests = waited.reduce((sum, wait) => sum + wait.requests, 0);
	return { medianMs: at(0.5), p95Ms: at(0.95), requestsPerTask: requests / waited.length };
}
