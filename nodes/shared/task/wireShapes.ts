import { z } from 'zod';
import { parseErrorEnvelope } from '../http/errorEnvelope';

/**
 * The wire shapes of a task, as lenient as can be: what a field holds is decided where it is read, so that a
 * field of an unexpected type costs that field and not the task. Unknown fields are ignored.
 */

/** An optional text; any other type counts as absent. */
const text = z.string().trim().min(1).optional().catch(undefined);

/** An amount of credits: Runway says `{"credits": 84}`. Anything but a number counts as absent. */
const costCredits = z
	.object({ credits: z.number().min(0).finite() })
	.transform(({ credits }) => credits)
	.optional()
	.catch(undefined);

/** Runway's own (bare) shape; also found inside the wrapped one. */
const bareTask = z.object({
	id: text,
	status: z.unknown(),
	createdAt: text,
	progress: z.unknown(),
	output: z.unknown(),
	failure: text,
	failureCode: text,
	/** Of a task that is not finished. */
	estimatedCost: costCredits,
	/** Of one that is, failed or not; 0 when it was paid back. */
	cost: costCredits,
});

/**
 * The gateway's task, inside the envelope's `data`; Runway's task sits in a `data` of its own. Fields of
 * Runway's are accepted on both levels.
 */
const gatewayTask = bareTask.extend({
	task_id: text,
	fail_reason: text,
	submit_time: z.unknown(),
	result_url: z.unknown(),
	video_url: z.unknown(),
	data: bareTask.optional().catch(undefined),
});

/** The gateway's envelope around a task that exists. */
export const wrappedTaskSchema = z
	.object({ data: gatewayTask })
	.refine(({ data }) => typeof data.status === 'string' || typeof data.data?.status === 'string');

export const bareTaskSchema = bareTask.extend({ status: z.string() });

export type BareTask = z.infer<typeof bareTask>;
export type GatewayTask = z.infer<typeof gatewayTask>;

/** A task's id: a text, or a whole number that JSON has not rounded. */
const taskId = z.union([
	z.string().trim().min(1),
	z.number().int().positive().max(Number.MAX_SAFE_INTEGER).transform(String),
]);

/**
 * Where the id of a created task can sit, the surest place first: an `id` beside a `task_id` is the request's. Runway
 * says `{"id"}`; the gateway family puts an envelope around an id or a task; clients in the wild read all of these.
 */
const createdSchema = z.union([
	z.object({ data: z.object({ task_id: taskId }) }).transform((body) => body.data.task_id),
	z.object({ task_id: taskId }).transform((body) => body.task_id),
	z.object({ taskId }).transform((body) => body.taskId),
	z.object({ data: z.object({ taskId }) }).transform((body) => body.data.taskId),
	z.object({ id: taskId }).transform((body) => body.id),
	z.object({ data: z.object({ id: taskId }) }).transform((body) => body.data.id),
	z.object({ data: taskId }).transform((body) => body.data),
]);

const createdCostSchema = z.object({
	estimatedCost: costCredits,
	data: z.object({ estimatedCost: costCredits }).optional().catch(undefined),
});

/** What a created task will cost, in credits, where the answer to its create tells. */
export function parseCreatedCost(body: unknown): number | undefined {
	const { data: created } = createdCostSchema.safeParse(body);
	return created?.data?.estimatedCost ?? created?.estimatedCost;
}

/** Words beside an id that are no error. */
const WARNING = /\b(warning|deprecat)/i;

/**
 * The task id in the answer to a create; `undefined` when there is none, or when the answer says that something went
 * wrong: then an `id` may be the request's.
 */
export function parseCreatedTaskId(body: unknown): string | undefined {
	const created = createdSchema.safeParse(body);
	const error = parseErrorEnvelope(body);
	const isError = error && !(error.code === undefined && WARNING.test(error.message ?? ''));
	return created.success && !isError ? created.data : undefined;
}
