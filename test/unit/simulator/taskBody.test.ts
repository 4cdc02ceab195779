import { z } from 'zod';
import { scenarioOf, type PartialScenario } from '../../../tools/simulator/scenario';
import {
	endShownFromMs,
	existsAt,
	gatewayStatusAt,
	shownAtMs,
	taskAt,
} from '../../../tools/simulator/taskLife';
import { taskBody } from '../../../tools/simulator/wireShapes';

describe('a task in the course of its life', () => {
	const scenario = scenarioOf({ pendingMs: 300, throttledMs: 200, runningMs: 1000 });

	it.each([
		[0, 'PENDING', 'NOT_START'],
		[99, 'PENDING', 'NOT_START'],
		[100, 'PENDING', 'SUBMITTED'],
		[200, 'PENDING', 'QUEUED'],
		[299, 'PENDING', 'QUEUED'],
		[300, 'THROTTLED', 'QUEUED'],
		[499, 'THROTTLED', 'QUEUED'],
		[500, 'RUNNING', 'IN_PROGRESS'],
		[1499, 'RUNNING', 'IN_PROGRESS'],
		[1500, 'SUCCEEDED', 'SUCCESS'],
		[999_999, 'SUCCEEDED', 'SUCCESS'],
	])('is, after %d ms, %s to Runway and %s to the gateway', (elapsedMs, status, gatewayStatus) => {
		expect(taskAt(scenario, elapsedMs).status).toBe(status);
		expect(gatewayStatusAt(scenario, elapsedMs)).toBe(gatewayStatus);
	});

	it('is unknown to reads for as long as notExistMs says, and not longer', () => {
		const late = { ...scenario, notExistMs: 400 };
		const known = [0, 399, 400].map((elapsedMs) => existsAt(late, elapsedMs));
		expect(known).toEqual([false, false, true]);
	});

	it('tells the figure for the queue, where there is one, until it runs', () => {
		const staged = scenarioOf({
			pendingMs: 300,
			throttledMs: 200,
			runningMs: 1000,
			queuedProgress: 0.1,
			progress: [[0, 0.5]],
		});
		const told = [0, 299, 300, 499, 500, 1499].map((at) => taskAt(staged, at).progress);
		expect(told).toEqual([0.1, 0.1, 0.1, 0.1, 0.5, 0.5]);
	});

	it('is shown as it was at the last beat, its end included', () => {
		const beating = { ...scenario, refreshMs: 400 };
		const shown = [0, 399, 400, 799, 800, 1599, 1600].map((at) => shownAtMs(beating, at));
		expect(shown).toEqual([0, 0, 400, 400, 800, 1200, 1600]);
		expect(endShownFromMs(beating)).toBe(1600);
		const later = { ...beating, refreshFromMs: 100 };
		expect([0, 99, 100, 499, 500, 1700].map((at) => shownAtMs(later, at))).toEqual([
			0, 0, 100, 100, 500, 1700,
		]);
		expect(endShownFromMs(later)).toBe(1700);
		expect(shownAtMs(scenario, 399)).toBe(399);
		expect(endShownFromMs(scenario)).toBe(1500);
	});

	it.each<[string, PartialScenario, Array<number | undefined>]>([
		['linear', { progress: 'linear' }, [0, 0.25, 0.5, 0.999]],
		['linear in tenths', { progress: 'linear', progressStep: 0.1 }, [0, 0.2, 0.5, 0.9]],
		['in quarters', { progress: 'steps' }, [0, 0.25, 0.5, 0.75]],
		['untold', { progress: 'none' }, [undefined, undefined, undefined, undefined]],
		[
			'along points',
			{
				progress: [
					[0, 0],
					[0.5, 0.8],
					[1, 1],
				],
			},
			[0, 0.4, 0.8, 0.999],
		],
		[
			'along points in tenths',
			{
				progress: [
					[0, 0.3],
					[0.5, 0.7],
					[1, 1],
				],
				progressStep: 0.1,
			},
			[0.3, 0.5, 0.7, 0.9],
		],
		[
			'flat outside of its points',
			{
				progress: [
					[0.3, 0.3],
					[0.4, 0.5],
				],
			},
			[0.3, 0.3, 0.5, 0.5],
		],
	])('has a progress that is %s', (_how, shape, expected) => {
		const seen = [500, 750, 1000, 1499].map(
			(elapsedMs) => taskAt({ ...scenario, ...shape }, elapsedMs).progress,
		);
		expect(seen).toEqual(expected);
	});
});

const CREATED_AT = Date.parse('2026-03-13T01:52:46.500Z');
const TIMES = { pendingMs: 500, throttledMs: 500, runningMs: 4000 };
const URLS = ['https://cdn.example/0.mp4', 'https://cdn.example/1.mp4'];

function bodyAt(elapsedMs: number, fields: PartialScenario) {
	return taskBody({
		id: 'task-1',
		route: 'video_to_video',
		scenario: scenarioOf(TIMES, fields),
		elapsedMs,
		createdAt: CREATED_AT,
		speed: 1,
		signOutputUrls: () => URLS.slice(0, fields.outputCount ?? 1),
	});
}

describe("the bare shape is Runway's", () => {
	const identity = { id: 'task-1', createdAt: '2026-03-13T01:52:46.500Z' };

	it.each<[string, number, PartialScenario, object]>([
		['waiting, status alone', 0, {}, { status: 'PENDING' }],
		['throttled, status alone', 500, {}, { status: 'THROTTLED' }],
		['running, the progress', 3000, {}, { status: 'RUNNING', progress: 0.5 }],
		['running without progress, status alone', 3000, { progress: 'none' }, { status: 'RUNNING' }],
		['succeeded, the output', 5000, { outputCount: 2 }, { status: 'SUCCEEDED', output: URLS }],
		[
			'succeeded without URLs, an empty output',
			5000,
			{ outputCount: 0 },
			{ status: 'SUCCEEDED', output: [] },
		],
		[
			'failed, failure and failureCode',
			5000,
			{ outcome: 'FAILED', failure: 'No.', failureCode: 'SAFETY.INPUT.TEXT' },
			{ status: 'FAILED', failure: 'No.', failureCode: 'SAFETY.INPUT.TEXT' },
		],
		['cancelled, status alone', 5000, { outcome: 'CANCELLED' }, { status: 'CANCELLED' }],
	])('and has, when %s', (_case, elapsedMs, fields, expected) => {
		expect(bodyAt(elapsedMs, fields)).toEqual({ ...identity, ...expected });
	});
});

describe("the wrapped shape is the gateway's around Runway's", () => {
	const submit = Date.parse('2026-03-13T01:52:46Z') / 1000;
	const url = z.string().optional();
	const finishedWrapped = z.object({
		data: z.object({
			result_url: url,
			video_url: url,
			fail_reason: url,
			data: z.object({ output: z.array(z.string()).optional() }),
		}),
	});

	it('carries percent strings and epoch seconds outside, the bare task inside', () => {
		expect(bodyAt(3000, { shape: 'wrapped' })).toEqual({
			code: 'success',
			message: '',
			data: {
				task_id: 'task-1',
				action: 'VIDEO_TO_VIDEO',
				status: 'IN_PROGRESS',
				fail_reason: '',
				submit_time: submit,
				start_time: submit + 1,
				finish_time: 0,
				progress: '50%',
				data: {
					id: 'task-1',
					status: 'RUNNING',
					progress: 0.5,
					createdAt: '2026-03-13T09:52:46+08:00',
				},
			},
		});
	});

	it('gives the reason of a failure, and its end', () => {
		const { data } = bodyAt(5000, { shape: 'wrapped', outcome: 'FAILED', failure: 'No.' });
		expect(data).toMatchObject({
			status: 'FAILURE',
			fail_reason: 'No.',
			progress: '100%',
			finish_time: submit + 5,
			data: { status: 'FAILED', failure: 'No.' },
		});
	});

	it('calls a cancelled task a failure outside and CANCELLED inside', () => {
		const { data } = bodyAt(5000, { shape: 'wrapped', outcome: 'CANCELLED' });
		expect(data).toMatchObject({ status: 'FAILURE', data: { status: 'CANCELLED' } });
	});

	it.each(['output', 'result_url', 'video_url', 'fail_reason'] as const)(
		'puts the finished URL into %s and nowhere else',
		(outputUrlIn) => {
			const body = bodyAt(5000, { shape: 'wrapped', outputUrlIn });
			const { data } = finishedWrapped.parse(body);
			const places = {
				output: data.data.output?.[0],
				result_url: data.result_url,
				video_url: data.video_url,
				fail_reason: data.fail_reason || undefined,
			};
			expect(Object.entries(places).filter(([, url]) => url !== undefined)).toEqual([
				[outputUrlIn, URLS[0]],
			]);
		},
	);
});
