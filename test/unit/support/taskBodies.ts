import { parseTask, type Task, type TaskReading } from '../../../nodes/shared/task/task';

/** The id that all bodies here are about. */
export const TASK_ID = '12a01a5e-ab55-4aa7-b002-7b873546cf76';
export const CREATED_AT = '2026-03-13T01:52:46.000Z';
export const OUTPUT_URL = 'https://cdn.example/output.mp4';

/** Runway's own (bare) shape. */
export function bareBody(fields: object): object {
	return { id: TASK_ID, createdAt: CREATED_AT, ...fields };
}

/** The gateway's (wrapped) shape, as the API notes give it; `inner` are fields of Runway's task inside. */
export function wrappedBody(outer: object, inner: object = {}): object {
	return {
		code: 'success',
		message: '',
		data: {
			task_id: TASK_ID,
			action: 'IMAGE_TO_VIDEO',
			fail_reason: '',
			submit_time: 1773366766,
			start_time: 0,
			finish_time: 0,
			...outer,
			data: { id: TASK_ID, createdAt: '2026-03-13T09:52:46+08:00', ...inner },
		},
	};
}

/** The task in an answer that has to be read as one; fails the test when it is not, or holds an empty value. */
export function parseTaskIn(body: unknown): Task {
	const reading = parseTask(body, TASK_ID);
	if (reading.kind !== 'task') throw new Error(`Read as ${JSON.stringify(reading)}`);
	expectNoEmptyValues(reading);
	return reading.task;
}

/** Fields are absent where there is nothing to say: neither undefined nor null nor an empty text. */
export function expectNoEmptyValues(reading: TaskReading): void {
	if (!('task' in reading)) return;
	const empty = Object.entries(reading.task).filter(
		([, value]) => value === undefined || value === null || value === '',
	);
	expect(empty).toEqual([]);
}
