import type { Expectation } from '../../nodes/shared/task/expectation';
import { noteSleep, SCAN_MS, type ScanRhythm } from '../../nodes/shared/task/scan';
import { LONGEST_STAY_MS, type StayRules } from '../../nodes/shared/task/suspension';
import { waitForTasks } from '../../nodes/shared/task/waiter';
import { createFakeClock, type FakeClock } from '../clock/fakeClock';
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

/**
 * An n8n process as far as suspended executions go. Its scans come every minute after its start, by `setInterval`, hence
 * a little later each time; after a restart they come at other moments, and what the node knew of them is gone.
 */
export class VirtualN8n {
	private upMs = 0;
	private scans: ScanRhythm = {};

	constructor(private readonly random: () => number) {}

	/** Some time passes between two executions; now and then n8n is restarted. */
	beginExecution(): void {
		if (this.upMs > RESTARTS_AFTER_MS) [this.upMs, this.scans] = [0, {}];
		this.upMs += 2 * SCAN_MS * this.random();
	}

	endExecution(tookMs: number): void {
		this.upMs += tookMs;
	}

	/** What the node knows of scans, on the clock of an execution that began at 0. */
	known(): ScanRhythm {
		const { seenAt } = this.scans;
		return seenAt === undefined ? {} : { seenAt: seenAt - this.upMs };
	}

	/** Suspends an execution that began at 0 of its clock, and resumes it when n8n does. */
	suspend(until: number, clock: FakeClock): void {
		const from = clock.now();
		const phase = SCAN_DRIFTING_MS - (this.upMs % SCAN_DRIFTING_MS);
		clock.advance(wakesAt(until, from, phase) - from);
		const [fromUp, untilUp, wokenUp] = [from, until, clock.now()].map((at) => at + this.upMs);
		const wokenAt = wokenUp + RESUMES_WITHIN_MS * this.random();
		this.scans = noteSleep(this.scans, { from: fromUp, until: untilUp, wokenAt });
	}
}

const RESTARTS_AFTER_MS = 2 * 3_600_000;
const SCAN_DRIFTING_MS = SCAN_MS + 2;
/** How soon after its timer an execution runs again. */
const RESUMES_WITHIN_MS = 200;

/** One execution of the Wait node with these tasks, created as it begins, suspended by n8n's rules. */
export async function waitDurably(
	tasks: VirtualTask[],
	random: () => number,
	expectations: Array<Expectation | undefined>,
	n8n: VirtualN8n,
): Promise<DurableWait> {
	n8n.beginExecution();
	const clock = createFakeClock({ startAt: 0, random });
	const look = lookAtVirtual(tasks, clock, LOOK_MS);
	const waited = tasks.map((task, index) => beginWait(task, 0, expectations[index]));
	let inProcessMs = 0;
	for (let suspensions = 0; suspensions < MOST_RUNS; suspensions++) {
		const begunAt = clock.now();
		const rules: StayRules = {
			...IN_PROCESS,
			maySuspend: true,
			stayUntil: begunAt + LONGEST_STAY_MS,
			scans: n8n.known(),
		};
		const rest = await waitForTasks(waited, look, clock, rules);
		inProcessMs += clock.now() - begunAt;
		if (typeof rest === 'object') {
			n8n.suspend(rest.suspendUntil, clock);
			continue;
		}
		if (waited.some(({ ending }) => ending?.kind !== 'finished'))
			throw new Error(`The wait came to rest: ${rest}`);
		n8n.endExecution(clock.now());
		const lifeMs = Math.max(...tasks.map(({ finishedAt }) => finishedAt));
		return { lifeMs, delayMs: clock.now() - lifeMs, inProcessMs, suspensions };
	}
	throw new Error('The execution goes round in circles');
}
