import { parseTask, type Task } from '../../../nodes/shared/task/task';
import { CREATED_AT, OUTPUT_URL, parseTaskIn, TASK_ID, wrappedBody } from '../support/taskBodies';

const identity = { taskId: TASK_ID, createdAt: CREATED_AT };
const succeeded = {
	status: 'SUCCEEDED',
	progress: 1,
	outputUrl: OUTPUT_URL,
	outputUrls: [OUTPUT_URL],
} as const;

it("reads the documented example of the gateway's shape", () => {
	const body = {
		code: 'success',
		message: '',
		data: {
			task_id: TASK_ID,
			action: 'IMAGE_TO_VIDEO',
			status: 'QUEUED',
			fail_reason: '',
			submit_time: 1773366766,
			start_time: 0,
			finish_time: 0,
			progress: '0%',
			data: { id: TASK_ID, status: 'PENDING', createdAt: '2026-03-13T09:52:46+08:00' },
		},
	};
	expect(parseTaskIn(body)).toStrictEqual({ ...identity, status: 'PENDING', progress: 0 });
});

describe("a task in the gateway's wrapped shape is read", () => {
	it.each<[string, object, object, Omit<Task, 'taskId'>]>([
		[
			'held back, as only the inside says',
			{ status: 'QUEUED' },
			{ status: 'THROTTLED' },
			{ status: 'THROTTLED' },
		],
		[
			'running, with the percent text',
			{ status: 'IN_PROGRESS', progress: '40%' },
			{},
			{ status: 'RUNNING', progress: 0.4 },
		],
		[
			"running, with Runway's finer progress where there are both",
			{ status: 'IN_PROGRESS', progress: '40%' },
			{ status: 'RUNNING', progress: 0.437 },
			{ status: 'RUNNING', progress: 0.437 },
		],
		[
			"running, with the percent text where Runway's progress is absurd",
			{ status: 'IN_PROGRESS', progress: '40%' },
			{ status: 'RUNNING', progress: 'NaN' },
			{ status: 'RUNNING', progress: 0.4 },
		],
		[
			'unknown on both levels',
			{ status: 'UNKNOWN' },
			{},
			{ status: 'PENDING', rawStatus: 'UNKNOWN' },
		],
		[
			'failed, with the reason of the gateway',
			{ status: 'FAILURE', fail_reason: 'no channel', progress: 'n/a' },
			{},
			{ status: 'FAILED', failure: 'no channel' },
		],
		[
			"failed, with Runway's reason and code rather than the gateway's",
			{ status: 'FAILURE', fail_reason: 'task failed' },
			{ status: 'FAILED', failure: 'Not allowed.', failureCode: 'SAFETY.INPUT.TEXT' },
			{ status: 'FAILED', failure: 'Not allowed.', failureCode: 'SAFETY.INPUT.TEXT' },
		],
		[
			"failed, with Runway's fields on the gateway's level",
			{ status: 'FAILURE', failure: 'Broke.', failureCode: 'INTERNAL' },
			{},
			{ status: 'FAILED', failure: 'Broke.', failureCode: 'INTERNAL' },
		],
		['failed without saying why', { status: 'FAILURE' }, {}, { status: 'FAILED' }],
		[
			'cancelled, as only the inside says',
			{ status: 'FAILURE' },
			{ status: 'CANCELLED' },
			{ status: 'CANCELLED' },
		],
	])('%s', (_how, outer, inner, expected) => {
		expect(parseTaskIn(wrappedBody(outer, inner))).toStrictEqual({ ...identity, ...expected });
	});
});

describe('the output URL of a success is found', () => {
	const elsewhere = `${OUTPUT_URL}?elsewhere`;

	it.each<[string, object, object]>([
		['in data.data.output', {}, { output: [OUTPUT_URL] }],
		['in data.output', { output: [OUTPUT_URL] }, {}],
		['in result_url', { result_url: OUTPUT_URL }, {}],
		['in video_url', { video_url: OUTPUT_URL }, {}],
		['in fail_reason', { fail_reason: OUTPUT_URL }, {}],
		[
			'once, when it is in all of them',
			{
				output: OUTPUT_URL,
				result_url: OUTPUT_URL,
				video_url: OUTPUT_URL,
				fail_reason: OUTPUT_URL,
			},
			{ output: [OUTPUT_URL] },
		],
	])('%s', (_where, outer, inner) => {
		expect(parseTaskIn(wrappedBody({ status: 'SUCCESS', ...outer }, inner))).toStrictEqual({
			...identity,
			...succeeded,
		});
	});

	it("first in Runway's own output, then in the gateway's places", () => {
		const task = parseTaskIn(
			wrappedBody({ status: 'SUCCESS', result_url: elsewhere }, { output: [OUTPUT_URL] }),
		);
		expect(task).toStrictEqual({ ...identity, ...succeeded, outputUrls: [OUTPUT_URL, elsewhere] });
	});

	it('but not in fail_reason of a failure, where it is the reason', () => {
		const task = parseTaskIn(wrappedBody({ status: 'FAILURE', fail_reason: OUTPUT_URL }));
		expect(task).toStrictEqual({ ...identity, status: 'FAILED', failure: OUTPUT_URL });
	});

	it('nowhere, which is a reading of its own', () => {
		expect(
			parseTask(wrappedBody({ status: 'SUCCESS', result_url: '', fail_reason: 'none' }), TASK_ID),
		).toStrictEqual({
			kind: 'succeededWithoutUrl',
			task: { ...identity, status: 'SUCCEEDED', progress: 1 },
		});
	});
});

describe('the date of creation comes', () => {
	it.each<[string, object, object, string | undefined]>([
		[
			"from Runway's task, put into UTC",
			{},
			{ createdAt: '2026-03-13T09:52:46+08:00' },
			CREATED_AT,
		],
		[
			"from the gateway's level",
			{ createdAt: '2026-03-13T09:52:47+08:00' },
			{ createdAt: undefined },
			'2026-03-13T01:52:47.000Z',
		],
		[
			'from submit_time when the date is garbage',
			{ submit_time: 1773366768 },
			{ createdAt: 'then' },
			'2026-03-13T01:52:48.000Z',
		],
		['from nowhere when submit_time is 0', { submit_time: 0 }, { createdAt: undefined }, undefined],
		[
			'from nowhere when submit_time is no number',
			{ submit_time: 'now' },
			{ createdAt: undefined },
			undefined,
		],
		[
			'from nowhere when submit_time is in ms',
			{ submit_time: 1773366766000 },
			{ createdAt: undefined },
			undefined,
		],
		[
			'from nowhere when the date is but a number',
			{ submit_time: 0 },
			{ createdAt: '12' },
			undefined,
		],
	])('%s', (_where, outer, inner, expected) => {
		const task = parseTaskIn(wrappedBody({ status: 'IN_PROGRESS', ...outer }, inner));
		expect(task).toStrictEqual({
			taskId: TASK_ID,
			status: 'RUNNING',
			...(expected && { createdAt: expected }),
		});
	});
});

describe('what is inside may be', () => {
	it.each<[string, unknown]>([
		['absent', undefined],
		['a text', 'pending'],
		[
			'of wrong types',
			{ id: 7, status: 7, progress: {}, output: 7, failure: [], failureCode: 1, createdAt: 3 },
		],
	])('%s; the gateway speaks for itself', (_how, data) => {
		const body = {
			code: 'success',
			data: { task_id: TASK_ID, status: 'SUCCESS', video_url: OUTPUT_URL, data },
		};
		expect(parseTaskIn(body)).toStrictEqual({ taskId: TASK_ID, ...succeeded });
	});
});

describe('whose task it is', () => {
	it.each<[string, object, object]>([
		['the gateway', {}, { id: 'upstream-7' }],
		["Runway's task inside", { task_id: 'gateway-7' }, {}],
		["Runway's field outside", { task_id: 'gateway-7', id: TASK_ID }, { id: 'upstream-7' }],
	])('may be named by %s alone', (_who, outer, inner) => {
		expect(parseTaskIn(wrappedBody({ status: 'QUEUED', ...outer }, inner)).taskId).toBe(TASK_ID);
	});

	it('is another when no level names the id that was asked for', () => {
		const body = wrappedBody(
			{ status: 'SUCCESS', task_id: 'gateway-7', video_url: OUTPUT_URL },
			{ id: 'upstream-7' },
		);
		expect(parseTask(body, TASK_ID)).toStrictEqual({
			kind: 'notATask',
			message: 'The answer is about another task, gateway-7',
		});
	});

	it('is taken for granted when no level names any', () => {
		expect(parseTask({ data: { status: 'IN_PROGRESS' } }, TASK_ID)).toStrictEqual({
			kind: 'task',
			task: { taskId: TASK_ID, status: 'RUNNING' },
		});
	});
});
