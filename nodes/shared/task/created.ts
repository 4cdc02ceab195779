import { z } from 'zod';
import { readErrorEnvelope } from './wireShapes';

const id = z.string().trim().min(1);

/**
 * Where the id of a created task can sit: Runway's `{"id"}`, or the gateway's envelope around an id or a task.
 */
const createdSchema = z.union([
	z.object({ id }).transform((body) => body.id),
	z.object({ task_id: id }).transform((body) => body.task_id),
	z.object({ data: id }).transform((body) => body.data),
	z.object({ data: z.object({ task_id: id }) }).transform((body) => body.data.task_id),
	z.object({ data: z.object({ id }) }).transform((body) => body.data.id),
]);

/** The task id in the answer to a create; `undefined` when there is none, or when the answer is an error. */
export function readCreatedTaskId(body: unknown): string | undefined {
	const created = createdSchema.safeParse(body);
	return created.success && !readErrorEnvelope(body) ? created.data : undefined;
}
