import { parseTask, type Task } from '../../../nodes/shared/task/task';
import {
	bareBody,
	CREATED_AT,
	expectNoEmptyValues,
	OUTPUT_URL,
	parseTaskIn,
	TASK_ID,
} from '../support/taskBodies';

const identity = { taskId: TASK_ID, createdAt: CREATED_AT };
const signed = (exp: number) =>
	`${OUTPUT_URL}?_jwt=h.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.s`;

describe("a task in Runway's bare shape is read", () => {
	it.each<[string, object, Omit<Task, 'taskId'>]>([
		['waiting', { status: 'PENDING' }, { status: 'PENDING' }],
		[
			'running, at its very start',
			{ status: 'RUNNING', progress: 0 },
			{ status: 'RUNNING', progress: 0 },
		],
		['running with absurd progress', { status: 'RUNNING', progress: -3 }, { status: 'RUNNING' }],
		[
			'succeeded with several outputs',
			{ status: 'SUCCEEDED', output: [OUTPUT_URL, `${OUTPUT_URL}?2`, OUTPUT_URL] },
			{
				status: 'SUCCEEDED',
				progress: 1,
				outputUrl: OUTPUT_URL,
				outputUrls: [OUTPUT_URL, `${OUTPUT_URL}?2`],
			},
		],
		[
			'succeeded, with progress that has not caught up',
			{ status: 'SUCCEEDED', progress: 0.9, output: [OUTPUT_URL] },
			{ status: 'SUCCEEDED', progress: 1, outputUrl: OUTPUT_URL, outputUrls: [OUTPUT_URL] },
		],
		[
			'succeeded, with the expiry of its first output',
			{ status: 'SUCCEEDED', output: [signed(1773489600), signed(1773576000)] },
			{
				status: 'SUCCEEDED',
				progress: 1,
				outputUrl: signed(1773489600),
				outputUrls: [signed(1773489600), signed(1773576000)],
				outputUrlExpiresAt: '2026-03-14T12:00:00.000Z',
			},
		],
		[
			'failed',
			{ status: 'FAILED', failure: 'Not allowed.', failureCode: 'SAFETY.INPUT.TEXT' },
			{ status: 'FAILED', failure: 'Not allowed.', failureCode: 'SAFETY.INPUT.TEXT' },
		],
		[
			'failed with an empty reason',
			{ status: 'FAILED', failure: ' ', failureCode: '' },
			{ status: 'FAILED' },
		],
		[
			'failed with a reason of another type',
			{ status: 'FAILED', failure: { why: 1 }, failureCode: 7 },
			{ status: 'FAILED' },
		],
		[
			'with a word that is not known and an output, which is no success',
			{ status: 'DONE', output: [OUTPUT_URL] },
			{ status: 'PENDING', rawStatus: 'DONE' },
		],
		[
			'running, without the reason of a failure or an output to come, or fields that are not known',
			{ status: 'RUNNING', failure: 'no', output: [OUTPUT_URL], charged: 5 },
			{ status: 'RUNNING' },
		],
		[
			'succeeded, without a reason of failure',
			{ status: 'SUCCEEDED', output: [OUTPUT_URL], failure: 'no', failureCode: 'INTERNAL' },
			{ status: 'SUCCEEDED', progress: 1, outputUrl: OUTPUT_URL, outputUrls: [OUTPUT_URL] },
		],
	])('%s', (_how, fields, expected) => {
		expect(parseTaskIn(bareBody(fields))).toStrictEqual({ ...identity, ...expected });
	});
});

describe('the date of creation', () => {
	it.each<[string, unknown, string | undefined]>([
		['with an offset is put into UTC', '2026-03-13T09:52:46+08:00', '2026-03-13T01:52:46.000Z'],
		['that is no date is absent', 'yesterday', undefined],
		['of another type is absent', { at: 1 }, undefined],
	])('%s', (_how, createdAt, expected) => {
		const task = parseTaskIn({ id: TASK_ID, status: 'RUNNING', createdAt });
		expect(task).toStrictEqual({
			taskId: TASK_ID,
			status: 'RUNNING',
			...(expected && { createdAt: expected }),
		});
	});
});

describe('SUCCEEDED without any URL is a reading of its own', () => {
	it.each<[string, object]>([
		['without output', {}],
		['with words', { output: ['expired'] }],
	])('%s', (_how, fields) => {
		const reading = parseTask(bareBody({ status: 'SUCCEEDED', ...fields }), TASK_ID);
		expect(reading).toStrictEqual({
			kind: 'succeededWithoutUrl',
			task: { taskId: TASK_ID, status: 'SUCCEEDED', progress: 1, createdAt: CREATED_AT },
		});
		expectNoEmptyValues(reading);
	});
});

describe('whose task it is', () => {
	it('is told by the id', () => {
		expect(
			parseTask({ id: 'other', status: 'SUCCEEDED', output: [OUTPUT_URL] }, TASK_ID),
		).toStrictEqual({
			kind: 'notATask',
			message: 'The answer is about another task, other',
		});
	});

	it.each<[string, object]>([
		['absent', {}],
		['null', { id: null }],
	])('is taken for granted when the id is %s', (_how, fields) => {
		expect(parseTask({ status: 'RUNNING', ...fields }, TASK_ID)).toStrictEqual({
			kind: 'task',
			task: { taskId: TASK_ID, status: 'RUNNING' },
		});
	});
});
