import {
	LONGEST_STAY_MS,
	planNextStep,
	type NextStep,
	type StayRules,
} from '../../../nodes/shared/task/suspension';
import { rememberLook, type Look } from '../../../nodes/shared/task/schedule';
import { startWatch, type Waited } from '../../../nodes/shared/task/watch';

const NOW = 1_000_000_000;
const S = 1_000;
const MIN = 60_000;

interface TaskSeen {
	/** ms ago */
	watchedFor?: number;
	/** [ms ago, progress] */
	seen?: Array<[number, number]>;
	/** Equally likely lives of other tasks, in ms. */
	lives?: number[];
	/** No look has found it yet. */
	isUnknown?: true;
	/** ms ahead */
	nextLookIn?: number;
	deadlineIn?: number;
}

/** A task that was queued when its watch began. */
function task({
	watchedFor = 0,
	seen = [],
	lives,
	isUnknown,
	nextLookIn = 5 * S,
	deadlineIn = 60 * MIN,
}: TaskSeen): Waited {
	const watch = startWatch(NOW - watchedFor);
	const figures = seen.map(([ago, progress]) => ({ at: NOW - ago, progress }));
	watch.answered = isUnknown ? [] : [{ at: watch.startedAt, queued: true }, ...figures];
	watch.nextLookAt = NOW + nextLookIn;
	const order = { taskId: 'task-1', timeoutMs: watchedFor + deadlineIn, minPollMs: 5 * S };
	return { order, watch, ...(lives && { expectation: { livesMs: lives } }) };
}

/** A task whose progress leads to an end so many ms ahead. */
const endingIn = (ms: number, more: TaskSeen = {}) => {
	const levelAt = (ago: number) =>
		Math.round(1_000 - (1_000 * (ms + ago)) / (200 * S + ms)) / 1_000;
	const seen = [150 * S, 100 * S, 50 * S, 0].map((ago): [number, number] => [ago, levelAt(ago)]);
	return task({ watchedFor: 200 * S, seen, ...more });
};

/** A task as old as the watch, of a kind that lives so long, give or take 5 %. */
const expectedIn = (ms: number, watchedFor: number, more: TaskSeen = {}) => {
	const lives = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((n) => (watchedFor + ms) * (1 + n / 80));
	return task({ watchedFor, lives, ...more });
};

const RULES: StayRules = {
	together: true,
	maySuspend: true,
	watchedUntil: 0,
	stayUntil: NOW + LONGEST_STAY_MS,
	scans: {},
};
const plan = (tasks: Waited[], rules: Partial<StayRules> = {}, random = 0): NextStep =>
	planNextStep(tasks, NOW, { ...RULES, ...rules }, () => random);

const stay = (ms: number): NextStep => ({ kind: 'stay', until: NOW + ms });

describe('with no end in sight, the node suspends for a minute', () => {
	it.each<[string, TaskSeen]>([
		['when nothing is known', {}],
		['when CometAPI does not know the task yet', { isUnknown: true, lives: [60 * S, 90 * S] }],
		['when it has not known it for long', { isUnknown: true, watchedFor: 8 * MIN }],
		['when nothing was shown for long', { watchedFor: 15 * MIN }],
		['when one figure could be a stage', { watchedFor: 60 * S, seen: [[0, 0.5]] }],
		[
			'when figures stand still',
			{
				watchedFor: 180 * S,
				seen: [
					[120 * S, 0.3],
					[60 * S, 0.3],
					[0, 0.3],
				],
			},
		],
		['when it lives longer than all others', { watchedFor: 300 * S, lives: [60 * S, 90 * S] }],
		[
			'when it lives as long as the very last of them',
			{ watchedFor: 120 * S, lives: [60 * S, 70 * S, 125 * S] },
		],
	])('%s', (_what, seen) => {
		expect(plan([task(seen)])).toEqual({ kind: 'suspend', until: NOW + 59.5 * S });
	});

	it('on the beat of the watch, whatever look came in between', () => {
		expect(plan([task({ watchedFor: 145 * S })]).until).toBe(NOW + 34.5 * S);
		expect(plan([task({ watchedFor: 179.6 * S })]).until).toBe(NOW + 59.9 * S);
	});

	it('and a little longer after half an hour', () => {
		const { until } = plan([task({ watchedFor: 40 * MIN })]);
		expect(until - NOW).toBe(2 * MIN);
	});
});

describe('with an end in sight, the node', () => {
	it.each<[string, Waited[], [number, number]]>([
		['suspends until the end that figures tell', [endingIn(90 * S)], [89, 92]],
		['looks once more a minute before an end further off', [endingIn(150 * S)], [88, 93]],
		['looks on the way to a far end', [endingIn(20 * MIN)], [60, 101]],
		[
			'looks a minute before an end that two figures tell, since runs may start slowly',
			[
				task({
					watchedFor: 120 * S,
					seen: [
						[60 * S, 0.02],
						[0, 0.05],
					],
				}),
			],
			[59, 61],
		],
		['suspends until other tasks have ended', [expectedIn(75 * S, 0)], [73, 80]],
		['looks on the way there, since they may mislead', [expectedIn(170 * S, 0)], [59, 61]],
		['sleeps until a nearer end than a minute', [endingIn(47 * S)], [46, 49]],
	])('%s', (_what, tasks, [least, most]) => {
		const { kind, until } = plan(tasks);
		expect(kind).toBe('suspend');
		expect((until - NOW) / S).toBeGreaterThanOrEqual(least);
		expect((until - NOW) / S).toBeLessThanOrEqual(most);
	});

	it('stays where the end is near, until its next look', () => {
		expect(plan([endingIn(8 * S, { nextLookIn: 6 * S })])).toEqual(stay(6 * S));
		expect(plan([expectedIn(6 * S, 60 * S)])).toEqual(stay(5 * S));
	});

	it('looks at once when that is due', () => {
		expect(plan([endingIn(8 * S, { nextLookIn: -3 * S })])).toEqual(stay(0));
	});

	it('suspends although the end is near when no look is left before the stay is over', () => {
		const rules = { stayUntil: NOW + 4 * S };
		expect(plan([endingIn(8 * S)], rules).kind).toBe('suspend');
		expect(plan([endingIn(8 * S)], { stayUntil: NOW - 1 }).kind).toBe('suspend');
		expect(plan([endingIn(2 * S)], { stayUntil: NOW - 1 }).kind).toBe('suspend');
	});

	it('wakes up to half a second later by chance, never earlier', () => {
		expect(plan([endingIn(90 * S)], {}, 1).until - plan([endingIn(90 * S)]).until).toBe(S / 2);
	});
});

describe('where it is known when n8n scans, the node', () => {
	const scanning = (inMs: number, ...tasks: Waited[]) => {
		const { kind, until } = plan(tasks, { scans: { seenAt: NOW + inMs - 60 * S } });
		return [kind, (until - NOW) / S];
	};

	it('sleeps shortly past a scan rather than stay', () => {
		const [kind, seconds] = scanning(10 * S, endingIn(15 * S));
		expect(kind).toBe('suspend');
		expect(seconds).toBeCloseTo(15.3, 0);
	});

	it('stays where the scan would find it late', () => {
		expect(scanning(40 * S, endingIn(15 * S))).toEqual(['stay', 5]);
	});

	it('looks on the way right before the last scan before the end', () => {
		expect(scanning(10 * S, endingIn(100 * S))).toEqual(['suspend', 67]);
	});

	it('sleeps through where no look fits in', () => {
		const [kind, seconds] = scanning(50 * S, endingIn(100 * S));
		expect(kind).toBe('suspend');
		expect(seconds).toBeCloseTo(100.5, 0);
	});
});

describe('of several tasks', () => {
	const near = endingIn(70 * S);
	const far = endingIn(100 * S);

	it('the last end counts, or the first where each leaves by itself', () => {
		expect(plan([near, far]).until).toBe(plan([far]).until);
		expect(plan([near, far], { together: false }).until).toBe(plan([near]).until);
	});

	it('the node does not stay for one that ends while nobody knows of another', () => {
		const known = endingIn(8 * S);
		expect(plan([known, task({})]).kind).toBe('suspend');
		expect(plan([known, task({})], { together: false }).kind).toBe('stay');
	});

	it('one that nobody knows of is looked at every minute where each leaves by itself', () => {
		expect(plan([far, task({})], { together: false }).until).toBe(NOW + 39.5 * S);
	});
});

describe('the deadline', () => {
	it.each<[string, Waited, number]>([
		['bounds a sleep in the dark', task({ deadlineIn: 40 * S }), 41],
		['bounds a sleep until a later end', endingIn(100 * S, { deadlineIn: 70 * S }), 71],
		['bounds a sleep until other tasks ended', expectedIn(80 * S, 0, { deadlineIn: 65 * S }), 66],
	])('%s', (_what, waited, most) => {
		const { kind, until } = plan([waited]);
		expect(kind).toBe('suspend');
		expect((until - NOW) / S).toBeLessThanOrEqual(most);
	});

	it('is awaited in the process when it is near', () => {
		const tasks = [task({ deadlineIn: 8 * S, nextLookIn: 30 * S })];
		expect(plan(tasks)).toEqual(stay(8 * S));
	});
});

describe('the node stays, whatever is known,', () => {
	it('where it may not suspend', () => {
		expect(plan([task({})], { maySuspend: false }).kind).toBe('stay');
	});

	it('while somebody is watching', () => {
		expect(plan([task({})], { watchedUntil: NOW + 1 })).toEqual(stay(5 * S));
		expect(plan([task({})], { watchedUntil: NOW }).kind).toBe('suspend');
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
