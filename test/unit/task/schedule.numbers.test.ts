import { FAMILIES } from '../../../tools/schedule/families';
import { measureOurs, type Figures } from '../../../tools/schedule/measure';
import { SCHEDULE } from '../../../nodes/shared/task/schedule';

const TASKS = 200;
const original = { ...SCHEDULE };
const figures = new Map<string, Promise<Figures>>();
const familyOf = (name: string) => FAMILIES.find((family) => family.name === name)!;

afterEach(() => Object.assign(SCHEDULE, original));

/** The family with the policy as it is; measured once. */
async function asShipped(name: string): Promise<Figures> {
	const known = figures.get(name) ?? measureOurs(familyOf(name), TASKS);
	figures.set(name, known);
	return await known;
}

describe('the waiter on the simulated tasks of a family', () => {
	it.each<[string, { medianMs: number; requestsPerTask: number }]>([
		// Runway's SDK: 3.0 s, and 27 requests for each of these tasks.
		['linear', { medianMs: 1_000, requestsPerTask: 13.5 }],
		['linear, whole percents', { medianMs: 1_000, requestsPerTask: 13.5 }],
		['steps of 5 %', { medianMs: 1_000, requestsPerTask: 13.5 }],
		['steps of 10 %', { medianMs: 1_000, requestsPerTask: 13.5 }],
		['front-loaded', { medianMs: 1_000, requestsPerTask: 13.5 }],
		['ever slower', { medianMs: 1_100, requestsPerTask: 13.5 }],
		['back-loaded', { medianMs: 1_000, requestsPerTask: 13.5 }],
		['two speeds', { medianMs: 1_000, requestsPerTask: 13.5 }],
		['no progress', { medianMs: 3_100, requestsPerTask: 27 }],
	])('finds the ends in time: %s', async (name, goal) => {
		const { medianMs, requestsPerTask } = await asShipped(name);
		expect(medianMs).toBeLessThanOrEqual(goal.medianMs);
		expect(requestsPerTask).toBeLessThanOrEqual(goal.requestsPerTask);
	});
});

type Direction = Partial<Record<keyof Figures, 'more' | 'less'>>;

describe('each number of the policy moves the figures the way its comment says', () => {
	it.each<[keyof typeof SCHEDULE, number, string, Direction]>([
		['firstGap', 6, 'no progress', { requestsPerTask: 'less' }],
		['queuedGap', 4, 'queue, then a run without', { requestsPerTask: 'less' }],
		['steadyGap', 2, 'no progress', { requestsPerTask: 'less', medianMs: 'more' }],
		['stalledGap', 1.5, 'stalls near the end', { requestsPerTask: 'less', medianMs: 'more' }],
		['queuedWidening', 0.02, 'queue, then a run without', { requestsPerTask: 'more' }],
		['runWidening', 0.1, 'no progress', { requestsPerTask: 'less', medianMs: 'more' }],
		['far', 4, 'front-loaded', { requestsPerTask: 'less', medianMs: 'more' }],
		['approach', 0.8, 'front-loaded', { requestsPerTask: 'less', medianMs: 'more' }],
		['sure', 1.5, 'steps of 5 %', { requestsPerTask: 'less', medianMs: 'more' }],
		['skippedSteps', 0.8, 'linear, whole percents', { requestsPerTask: 'less' }],
		['lastSteps', 4, 'steps of 10 %', { requestsPerTask: 'less', medianMs: 'more' }],
		['leftOut', 0.4, 'steps of 10 %', { medianMs: 'less', p95Ms: 'more' }],
		['margin', 0.2, 'front-loaded', { medianMs: 'more', p95Ms: 'less' }],
	])('%s to %d', async (name, value, family, direction) => {
		const before = await asShipped(family);
		SCHEDULE[name] = value;
		const after = await measureOurs(familyOf(family), TASKS);
		for (const [figure, moves] of Object.entries(direction) as Array<
			[keyof Figures, 'more' | 'less']
		>) {
			const difference = after[figure] - before[figure];
			expect(Math.sign(difference)).toBe(moves === 'more' ? 1 : -1);
		}
	});
});
