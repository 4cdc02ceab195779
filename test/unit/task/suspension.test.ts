import { planNextStep, type NextStep } from '../../../nodes/shared/task/suspension';
import { rememberLook, type Look } from '../../../nodes/shared/task/schedule';
import { startWatch, type Watch } from '../../../nodes/shared/task/watch';

const NOW = 1_000_000_000;
const S = 1_000;
const MIN = 60_000;

interface TaskSeen {
	/** ms ago */
	watchedFor?: number;
	/** [ms ago, progress] */
	seen?: Array<[number, number]>;
	/** ms ahead */
	nextLookIn?: number;
	deadlineIn?: number;
}

function task({ watchedFor = 0, seen = [], nextLookIn = 5 * S, deadlineIn = 60 * MIN }: TaskSeen) {
	const watch: Watch = startWatch(NOW - watchedFor);
	watch.answered = seen.map(([ago, progress]) => ({ at: NOW - ago, progress }));
	watch.nextLookAt = NOW + nextLookIn;
	return { watch, deadline: NOW + deadlineIn };
}

/** A task seen twice, whose progress leads to an end so many ms ahead (or, negative, past). */
const endingIn = (ms: number, more: TaskSeen = {}) => {
	const gained = (100 * S) / (100 * S + ms);
	return task({
		watchedFor: 100 * S,
		seen: [
			[100 * S, 0],
			[0, gained],
		],
		...more,
	});
};

const plan = (tasks: Array<ReturnType<typeof task>>, stayed = 0): NextStep =>
	planNextStep(tasks, NOW, NOW + 90 * S - stayed, () => 0);

const stay = (ms: number): NextStep => ({ kind: 'stay', until: NOW + ms });
const suspend = (ms: number): NextStep => ({ kind: 'suspend', until: NOW + ms });

describe('with none of the tasks finished, the node', () => {
	it.each<[string, Array<ReturnType<typeof task>>, NextStep]>([
		['suspends for 65 s when nothing is known yet', [task({})], suspend(65 * S)],
		[
			'suspends for half of the time watched, without progress',
			[task({ watchedFor: 400 * S })],
			suspend(200 * S),
		],
		['suspends for 10 min at most', [task({ watchedFor: 50 * MIN })], suspend(10 * MIN)],
		['suspends until the predicted end', [endingIn(200 * S)], suspend(200 * S)],
		[
			'suspends for 10 min when the predicted end is further off',
			[endingIn(30 * MIN)],
			suspend(10 * MIN),
		],
		[
			'suspends until the first of several ends',
			[endingIn(300 * S), endingIn(120 * S), task({ watchedFor: 400 * S })],
			suspend(120 * S),
		],
		[
			'stays when an end is within 65 s, until its next look',
			[endingIn(64 * S, { nextLookIn: 30 * S }), endingIn(500 * S)],
			stay(30 * S),
		],
		['suspends when the end is a little over 65 s off', [endingIn(66 * S)], suspend(66 * S)],
		[
			'stays for an end that is a little overdue',
			[
				task({
					watchedFor: 150 * S,
					seen: [
						[150 * S, 0],
						[50 * S, 0.9],
					],
				}),
			],
			stay(5 * S),
		],
		[
			'takes an end that is long overdue for no prediction',
			[
				task({
					watchedFor: 400 * S,
					seen: [
						[400 * S, 0],
						[300 * S, 0.9],
					],
				}),
			],
			suspend(200 * S),
		],
		[
			'stays when the deadline is near, and is there at the deadline',
			[task({ deadlineIn: 20 * S, nextLookIn: 30 * S })],
			stay(20 * S),
		],
		['looks at once when that is due', [endingIn(10 * S, { nextLookIn: -3 * S })], stay(0)],
	])('%s', (_what, tasks, expected) => {
		const step = plan(tasks);
		expect(step.kind).toBe(expected.kind);
		// Figures in thousandths tell an end to about a thousandth.
		expect(Math.abs(step.until - expected.until)).toBeLessThan(500);
	});

	it('stays for 90 s in one go at most, then suspends even though an end is near', () => {
		expect(plan([endingIn(30 * S, { nextLookIn: 20 * S })], 80 * S)).toEqual(stay(10 * S));
		expect(plan([endingIn(30 * S)], 90 * S)).toEqual(suspend(65 * S));
	});

	it('wakes up to a second later by chance, never earlier', () => {
		const { until } = planNextStep([task({})], NOW, NOW, () => 1);
		expect(until).toBe(NOW + 66 * S);
	});
});

describe('of many looks', () => {
	const remember = (count: number, show: (at: number) => Partial<Look>): Look[] => {
		let looks: Look[] = [];
		for (let at = 0; at < count; at++) looks = rememberLook(looks, { at, ...show(at) });
		return looks;
	};
	const latest = (count: number) =>
		Array.from({ length: count }, (_, index) => 100 - count + index);

	it.each<[string, (at: number) => Partial<Look>, number[]]>([
		['the very first and the latest', () => ({}), [0, ...latest(15)]],
		[
			'the first figure as well',
			(at) => (at >= 3 ? { progress: at / 100 } : {}),
			[0, 3, ...latest(14)],
		],
		[
			'the last in the queue as well',
			(at) => (at <= 5 ? { queued: true } : at >= 8 ? { progress: at / 100 } : {}),
			[0, 5, 8, ...latest(13)],
		],
	])('%s are kept', (_what, show, expected) => {
		expect(remember(100, show).map(({ at }) => at)).toEqual(expected);
	});
});
