import { LONGEST_STAY_MS } from '../../../nodes/shared/task/suspension';
import { seededRandom } from '../../../tools/clock/seededRandom';
import {
	LOOK_MS,
	VirtualN8n,
	waitDurably,
	wakesAt,
	type DurableWait,
} from '../../../tools/schedule/durable';
import { FAMILIES } from '../../../tools/schedule/families';
import { remember, type Remembered } from '../../../tools/schedule/histories';
import { measureOurs, quantile, TASKS_SEED } from '../../../tools/schedule/measure';
import { drawTasks } from '../../../tools/schedule/tasks';

const S = 1_000;
const TASKS = 100;
const familyOf = (name: string) => FAMILIES.find((family) => family.name === name)!;

async function waits(name: string, remembered: Remembered = 'nothing'): Promise<DurableWait[]> {
	const [random, past] = [seededRandom(1), seededRandom(2)];
	const n8n = new VirtualN8n(random);
	const all: DurableWait[] = [];
	for (const task of drawTasks(familyOf(name), TASKS, TASKS_SEED))
		all.push(await waitDurably([task], random, [remember(remembered, task, past)], n8n));
	return all;
}

const delays = (all: DurableWait[]) => all.map(({ delayMs }) => delayMs);
const median = (all: DurableWait[]) => quantile(delays(all), 0.5);
const shareInProcess = (all: DurableWait[]) =>
	all.reduce((sum, { inProcessMs }) => sum + inProcessMs, 0) /
	all.reduce((sum, { lifeMs }) => sum + lifeMs, 0);
const lasting = (all: DurableWait[]) => all.filter(({ lifeMs }) => lifeMs >= 75 * S);

describe("n8n's rules", () => {
	it.each<[string, number, number, number]>([
		['a suspension of more than a minute ends when it is due', 61, 59, 61],
		['… whenever the scan comes', 61, 1, 61],
		['a shorter one ends when it is due, where the scan comes first', 30, 20, 30],
		['… or with the scan', 30, 50, 50],
		['a long one is found by a later scan', 600, 10, 600],
	])('%s', (_what, due, phase, expected) => {
		expect(wakesAt(due * S, 0, phase * S)).toBe(expected * S);
	});
});

describe('the durable wait', () => {
	it.each(FAMILIES.map(({ name }) => name))(
		'is in the process for a small part of the life, and hardly later than the loop by hand: %s',
		async (name) => {
			const all = await waits(name);
			expect(shareInProcess(all)).toBeLessThanOrEqual(0.09);
			expect(median(all)).toBeLessThanOrEqual(37 * S);
		},
	);

	it.each<[string, Remembered, number]>([
		['linear', 'nothing', 2],
		['linear, whole percents', 'nothing', 3.5],
		['two speeds', 'nothing', 6],
		// Not knowing when n8n scans: 23 s.
		['steps of 25 %', 'nothing', 18],
		['front-loaded', 'nothing', 4.5],
		['no progress', '± 15 %', 7],
		['stages of 10 and 50 %', '± 15 %', 7],
	])('finds what is told: %s, history: %s', async (name, remembered, most) => {
		expect(median(lasting(await waits(name, remembered)))).toBeLessThanOrEqual(most * S);
	});

	it.each(['stuck at 30 %', 'stages of 10 and 50 %', 'no progress'])(
		'does not sleep past the end by more than a minute: %s',
		async (name) => {
			expect(Math.max(...delays(await waits(name)))).toBeLessThanOrEqual(60 * S + 2 * LOOK_MS);
		},
	);

	it.each(['slow start', 'back-loaded', 'stalls near the end'])(
		'sleeps no longer past an end that comes sooner than figures told: %s',
		async (name) => {
			expect(quantile(delays(await waits(name)), 0.99)).toBeLessThanOrEqual(75 * S);
		},
	);

	it.each<Remembered>(['half', 'twice'])(
		'finds the end hardly later by a wrong history than by none: %s',
		async (remembered) => {
			const [wrong, none] = [await waits('no progress', remembered), await waits('no progress')];
			expect(median(wrong)).toBeLessThanOrEqual(1.2 * median(none));
		},
	);

	it('profits from a history of two kinds of tasks', async () => {
		const two = await waits('no progress', 'of two kinds');
		expect(median(two)).toBeLessThan(median(await waits('no progress')));
	});

	it('never stays for longer than the limit in one go', async () => {
		for (const { inProcessMs, suspensions } of await waits('ever slower'))
			expect(inProcessMs).toBeLessThanOrEqual((suspensions + 1) * LONGEST_STAY_MS);
	});
});

describe('the wait in the process', () => {
	it.each(['no progress', 'stuck at 30 %', 'stages of 10 and 50 %'])(
		"asks half as often as Runway's SDK with a history, and finds the end no later: %s",
		async (name) => {
			const { medianMs, requestsPerTask } = await measureOurs(familyOf(name), TASKS, '± 15 %');
			expect(requestsPerTask).toBeLessThanOrEqual(13.5);
			expect(medianMs).toBeLessThanOrEqual(3_000);
		},
	);

	it.each<[Remembered, number]>([
		['half', 3_800],
		// Whoever asks less often before the expected end finds one that comes long before it later.
		['twice', 11_000],
	])('asks no more often with a wrong history: %s', async (remembered, most) => {
		const none = await measureOurs(familyOf('no progress'), TASKS);
		const wrong = await measureOurs(familyOf('no progress'), TASKS, remembered);
		expect(wrong.requestsPerTask).toBeLessThanOrEqual(none.requestsPerTask);
		expect(wrong.medianMs).toBeLessThanOrEqual(most);
	});
});
