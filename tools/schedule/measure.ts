import { seededRandom } from '../clock/seededRandom';
import type { Family } from './families';
import { remember, type Remembered } from './histories';
import { waitWithOurs } from './ours';
import { drawTasks, type Wait } from './tasks';

/** What waiting for the tasks of a family comes to. */
export interface Figures {
	medianMs: number;
	p95Ms: number;
	requestsPerTask: number;
}

/** Seeds are fixed: the same code gives the same figures. */
export const TASKS_SEED = 20_260_313;
export const CLIENT_SEED = 1;
export const PAST_SEED = 2;

/** Our waiter on the tasks of a family, with what it remembers of earlier ones. */
export async function measureOurs(
	family: Family,
	count: number,
	remembered: Remembered = 'nothing',
): Promise<Figures> {
	const random = seededRandom(CLIENT_SEED);
	const past = seededRandom(PAST_SEED);
	const waited: Wait[] = [];
	for (const task of drawTasks(family, count, TASKS_SEED))
		waited.push(await waitWithOurs(task, random, remember(remembered, task, past)));
	return summarize(waited);
}

/** The figures of one client's waits. */
export function summarize(waited: Wait[]): Figures {
	const delays = waited.map(({ delayMs }) => delayMs);
	const requests = waited.reduce((sum, wait) => sum + wait.requests, 0);
	return {
		medianMs: quantile(delays, 0.5),
		p95Ms: quantile(delays, 0.95),
		requestsPerTask: requests / waited.length,
	};
}

/** The value below which this share (0…1) of all lies. */
export function quantile(values: number[], share: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)];
}
