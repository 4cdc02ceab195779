import { scenarioOf, type PartialScenario } from '../../../tools/simulator/scenario';
import { taskBody } from '../../../tools/simulator/wireShapes';

const CREATED_AT = Date.parse('2026-03-13T01:52:46.500Z');
const TIMES = { pendingMs: 1000, throttledMs: 0, runningMs: 4000 };
const URLS = ['https://cdn.example/0.mp4', 'https://cdn.example/1.mp4'];

function bodyAt(elapsedMs: number, fields: PartialScenario) {
	return taskBody({
		id: 'task-1',
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
			const { data } = bodyAt(5000, { shape: 'wrapped', outputUrlIn }) as {
				data: Record<string, unknown> & { data: Record<string, unknown> };
			};
			const seen = {
				output: (data.data.output as string[] | undefined)?.[0],
				result_url: data.result_url,
				video_url: data.video_url,
				fail_reason: data.fail_reason || undefined,
			};
			const nowhere = {
				output: undefined,
				result_url: undefined,
				video_url: undefined,
				fail_reason: undefined,
			};
			expect(seen).toEqual({ ...nowhere, [outputUrlIn]: URLS[0] });
		},
	);
});
