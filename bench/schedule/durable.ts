import { seededRandom } from '../../tools/clock/seededRandom';
import { LOOK_MS, VirtualN8n, waitDurably, type DurableWait } from '../../tools/schedule/durable';
import type { Family } from '../../tools/schedule/families';
import { remember, type Remembered } from '../../tools/schedule/histories';
import { CLIENT_SEED, PAST_SEED, quantile, TASKS_SEED } from '../../tools/schedule/measure';
import { waitWithOurs } from '../../tools/schedule/ours';
import { drawTasks, type VirtualTask } from '../../tools/schedule/tasks';

/** What is waited for, and with which knowledge. */
export interface DurableCase {
	family: Family;
	remembered: Remembered;
	/** How many tasks an execution waits for together. */
	together: number;
	/** Executions that live shorter than this do not count. */
	fromMs: number;
}

export interface DurableFigures {
	medianMs: number;
	p95Ms: number;
	/** Mean of an execution, and as a share of the life of its last task. */
	inProcessMs: number;
	inProcessShare: number;
	suspensions: number;
}

export interface DurableComparison {
	ours: DurableFigures;
	byHand: DurableFigures;
	inProcess: DurableFigures;
}

/** All ways to wait, for the same tasks. */
export async function measureDurable(
	{ family, remembered, together, fromMs }: DurableCase,
	count: number,
): Promise<DurableComparison> {
	const tasks = drawTasks(family, count, TASKS_SEED);
	const past = seededRandom(PAST_SEED);
	const expectations = tasks.map((task) => remember(remembered, task, past));
	const [random, otherRandom] = [seededRandom(CLIENT_SEED), seededRandom(CLIENT_SEED)];
	const n8n = new VirtualN8n(random);
	const ways: Record<keyof DurableComparison, DurableWait[]> = {
		ours: [],
		byHand: [],
		inProcess: [],
	};
	for (let from = 0; from < count; from += together) {
		const batch = tasks.slice(from, from + together);
		if (Math.max(...batch.map(({ finishedAt }) => finishedAt)) < fromMs) continue;
		const known = expectations.slice(from, from + together);
		ways.ours.push(await waitDurably(batch, random, known, n8n));
		ways.byHand.push(waitByHand(batch));
		ways.inProcess.push(await waitInProcess(batch, known, otherRandom));
	}
	return {
		ours: summarizeDurable(ways.ours),
		byHand: summarizeDurable(ways.byHand),
		inProcess: summarizeDurable(ways.inProcess),
	};
}

/** n8n keeps waits below 65 s in the process. */
const BY_HAND_WAIT_MS = 60_000;

/** HTTP Request → IF → Wait (60 s) → HTTP Request …, all items in step. */
function waitByHand(batch: VirtualTask[]): DurableWait {
	const lifeMs = Math.max(...batch.map(({ finishedAt }) => finishedAt));
	let answeredAt = LOOK_MS;
	while (answeredAt < lifeMs) answeredAt += BY_HAND_WAIT_MS + LOOK_MS;
	return { lifeMs, delayMs: answeredAt - lifeMs, inProcessMs: answeredAt, suspensions: 0 };
}

async function waitInProcess(
	batch: VirtualTask[],
	expectations: Array<ReturnType<typeof remember>>,
	random: () => number,
): Promise<DurableWait> {
	const lifeMs = Math.max(...batch.map(({ finishedAt }) => finishedAt));
	let endedAt = 0;
	for (const [index, task] of batch.entries()) {
		const { delayMs } = await waitWithOurs(task, random, expectations[index]);
		endedAt = Math.max(endedAt, task.finishedAt + delayMs);
	}
	return { lifeMs, delayMs: endedAt - lifeMs, inProcessMs: endedAt, suspensions: 0 };
}

function summarizeDurable(waits: DurableWait[]): DurableFigures {
	const delays = waits.map(({ delayMs }) => delayMs);
	const sum = (value: (wait: DurableWait) => number) =>
		waits.reduce((total, wait) => total + value(wait), 0);
	const inProcessMs = sum((wait) => wait.inProcessMs);
	return {
		medianMs: quantile(delays, 0.5),
		p95Ms: quantile(delays, 0.95),
		inProcessMs: inProcessMs / waits.length,
		inProcessShare: inProcessMs / sum(({ lifeMs }) => lifeMs),
		suspensions: sum(({ suspensions }) => suspensions) / waits.length,
	};
}
