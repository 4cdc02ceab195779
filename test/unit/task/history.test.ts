import {
	expectationOf,
	noteLife,
	parseHistory,
	type History,
} from '../../../nodes/shared/task/history';
import { creationOf } from '../../../nodes/shared/task/expectation';
import type { TaskStatus } from '../../../nodes/shared/task/status';
import { startWatch, type Waited } from '../../../nodes/shared/task/watch';
import { seededRandom } from '../../../tools/clock/seededRandom';

const NOW = Date.UTC(2026, 2, 13);
const S = 1_000;
const MODEL = 'gen4_aleph';

/** A task that was seen unfinished, then finished, so many seconds after its creation. */
function lived(
	least: number,
	most: number,
	{ status = 'SUCCEEDED' as TaskStatus, createdAt = NOW, queued = true } = {},
): Waited {
	const watch = startWatch(NOW);
	watch.answered = [
		{ at: NOW, ...(queued && { queued: true as const }) },
		{ at: NOW + least * S },
		{ at: NOW + most * S },
	];
	const task = { taskId: 'task-1', status, createdAt: new Date(createdAt).toISOString() };
	const order = { taskId: 'task-1', timeoutMs: 3_600 * S, minPollMs: 5 * S };
	return { order, watch, ending: { kind: 'finished', task } };
}

const learn = (waits: Waited[], history: History = []): History =>
	waits.reduce((known, waited) => noteLife(known, MODEL, waited), history);
const quantileOf = (history: History, share: number): number => {
	const { livesMs } = expectationOf(history, MODEL)!;
	return livesMs[Math.floor(share * livesMs.length)] / S;
};

describe('a life is noted', () => {
	it('as the seconds between which it ended', () => {
		expect(learn([lived(60, 121)])).toEqual([{ model: MODEL, lives: [[60, 121]] }]);
	});

	it.each<[string, Waited]>([
		['of a task that failed', lived(60, 65, { status: 'FAILED' })],
		['whose creation nobody knows', lived(60, 65, { createdAt: NOW - 1e9 * S, queued: false })],
		['that has not ended', { ...lived(60, 65), ending: undefined }],
		['whose clock was set back', lived(60, 10)],
		['that had ended when it was first seen', seenOnce()],
	])('but not that %s', (_what, waited) => {
		expect(learn([waited])).toEqual([]);
	});

	it('of the last twelve tasks of the last six models', () => {
		let history: History = [];
		for (let model = 0; model < 9; model++)
			for (let life = 0; life < 15; life++)
				history = noteLife(history, `model-${model}`, lived(life, life + 5));
		expect(history.map(({ model }) => model)).toEqual([3, 4, 5, 6, 7, 8].map((n) => `model-${n}`));
		expect(history[0].lives).toHaveLength(12);
		expect(history[0].lives[11]).toEqual([14, 19]);
		expect(parseHistory(JSON.parse(JSON.stringify(history)))).toEqual(history);
	});
});

function seenOnce(): Waited {
	const waited = lived(60, 65);
	waited.watch.answered = waited.watch.answered.slice(-1);
	return waited;
}

it.each<[string, unknown]>([
	['nothing', undefined],
	['another shape', { [MODEL]: [60] }],
	['lives the wrong way round', [{ model: MODEL, lives: [[90, 60]] }]],
	['negative lives', [{ model: MODEL, lives: [[-5, 60]] }]],
	['endless lives', [{ model: MODEL, lives: [[5, 1e12]] }]],
	['no numbers', [{ model: MODEL, lives: [['5', null]] }]],
	['far too many lives', [{ model: MODEL, lives: Array.from({ length: 1e5 }, () => [1, 2]) }]],
	['far too many models', Array.from({ length: 1e5 }, () => ({ model: MODEL, lives: [] }))],
])('a store that holds %s is no history', (_what, stored) => {
	expect(parseHistory(stored)).toEqual([]);
});

describe('the creation', () => {
	const queued = [{ at: NOW, queued: true as const }];
	const iso = (ms: number) => new Date(ms).toISOString();
	it.each<[string, Parameters<typeof creationOf>, number | undefined]>([
		['is what the API says', [queued, iso(NOW - 90 * S)], NOW - 90 * S],
		[
			'is the first look where that saw the queue and the API says nothing',
			[queued, undefined],
			NOW,
		],
		['is the first look where the server lives in the future', [queued, iso(NOW + 90 * S)], NOW],
		['is unknown of a task that was running already', [[{ at: NOW }], undefined], undefined],
		['is unknown before the first look', [[], iso(NOW)], undefined],
		['is no nonsense', [queued, 'yesterday'], NOW],
	])('%s', (_what, [looks, createdAt], expected) => {
		expect(creationOf(looks, createdAt)).toBe(expected);
	});
});

describe('what earlier tasks lead one to expect', () => {
	it('is nothing after two of them, nor of another model', () => {
		expect(expectationOf(learn([lived(60, 65), lived(60, 65)]), MODEL)).toBeUndefined();
		const history = learn([lived(60, 65), lived(60, 65), lived(60, 65)]);
		expect(expectationOf(history, MODEL)).toBeDefined();
		expect(expectationOf(history, 'gen4_turbo')).toBeUndefined();
	});

	it('is the time at which ends were seen, not the time at which we woke', () => {
		const wide = Array.from({ length: 9 }, () => lived(60, 121));
		const narrow = [lived(95, 100), lived(97, 102), lived(93, 98)];
		const middleOfWide = quantileOf(learn(wide), 0.5);
		expect(middleOfWide).toBeGreaterThan(80);
		expect(middleOfWide).toBeLessThan(100);
		expect(quantileOf(learn([...wide, ...narrow]), 0.2)).toBeGreaterThan(80);
		expect(quantileOf(learn([...wide, ...narrow]), 0.8)).toBeLessThan(110);
	});

	it('comes to the true time, whatever it believed, when each wait wakes by what it expects', () => {
		const random = seededRandom(5);
		for (const believed of [110, 60, 200]) {
			let history = learn(Array.from({ length: 12 }, () => lived(believed - 50, believed)));
			for (let task = 0; task < 40; task++) {
				const life = 85 + 30 * random();
				const wakes = quantileOf(history, 0.35);
				// Woken too late: known from the wake alone. Else looked at every 5 s from then on.
				const seen = wakes >= life ? lived(0, wakes) : lived(life - 5 * random(), life + 0.5);
				history = learn([seen], history);
			}
			expect(Math.abs(quantileOf(history, 0.5) - 100)).toBeLessThan(13);
		}
	});

	it('stays of two kinds where tasks are', () => {
		const history = learn([40, 41, 42, 43, 200, 202, 204, 206].map((at) => lived(at - 5, at)));
		expect(quantileOf(history, 0.25)).toBeLessThan(50);
		expect(quantileOf(history, 0.75)).toBeGreaterThan(180);
	});
});
