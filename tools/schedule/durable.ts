import type { Expectation } from '../../nodes/shared/task/expectation';
import { LONGEST_STAY_MS, type StayRules } from '../../nodes/shared/task/suspension';
import { waitForTasks } from '../../nodes/shared/task/waiter';
import { createFakeClock } from '../clock/fakeClock';
import { beginWait, IN_PROCESS, lookAtVirtual } from './ours';
import type { VirtualTask } from './tasks';

/** How one execution came by the ends of its tasks. Times in ms. */
export interface DurableWait {
	/** How long the task lives that ends last. */
	lifeMs: number;
	/** From the last end until the execution went on. */
	delayMs: number;
	/** How long it held a place in the process. */
	inProcessMs: number;
	suspensions: number;
}

/** An answer over the internet, with what n8n does around it. */
export const LOOK_MS = 200;

const SCAN_MS = 60_000;
const EXACT_WITHIN_MS = 70_000;
const MOST_RUNS = 1_000;

/**
 * When n8n runs a suspended execution again: once a minute it looks for those that are due within 70 s, and sets
 * exact timers for them (n8n's WaitTracker). `phase` (ms) is when it does so for the first time.
 */
export function wakesAt(dueAt: number, now: number, phase: number): number {
	const seen = Math.max(now, dueAt - EXACT_WITHIN_MS);
	const scan = phase + Math.max(0, Math.ceil((seen - phase) / SCAN_MS)) * SCAN_MS;
	return Math.max(dueAt, scan);
}

/** One execution of the Wait node with these tasks, created as it begins, suspended by n8n's rules. */
export async function waitDurably(
	tasks: VirtualTask[],
	random: () => number,
	expectations: Array<Expectation | undefined>,
): Promise<DurableWait> {
	const clock = createFakeClock({ startAt: 0, random });
	const phase = random() * SCAN_MS;
	const look = lookAtVirtual(tasks, clock, LOOK_MS);
	const waited = tasks.map((task, index) => beginWait(task, 0, expectations[index]));
	let inProcessMs = 0;
	for (let suspensions = 0; suspensions < MOST_RUNS; suspensions++) {
		const begunAt = clock.now();
		const rules: StayRules = {
			...IN_PROCESS,
			maySuspend: true,
			stayUntil: begunAt + LONGEST_STAY_MS,
		};
		const rest = await waitForTasks(waited, look, clock, rules);
		inProcessMs += clock.now() - begunAt;
		if (typeof rest === 'object') {
			clock.advance(wakesAt(rest.suspendUntil, clock.now(), phase) - clock.now());
			continue;
		}
		if (waited.some(({ ending }) => ending?.kind !== 'finished'))
			throw new Error(`The wait came to rest: ${rest}`);
		const lifeMs = Math.max(...tasks.map(({ finishedAt }) => finishedAt));
		return { lifeMs, delayMs: clock.now() - lifeMs, inProcessMs, suspensions };
	}
	throw new Error('The execution goes round in circles');
}
