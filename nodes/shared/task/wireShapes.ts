import { z } from 'zod';

/**
 * The wire shapes of a task, as lenient as can be: what a field holds is decided where it is read, so that a
 * field of an unexpected type costs that field and not the task. Unknown fields are ignored.
 */

/** An optional text; any other type counts as absent. */
const text = z.string().trim().min(1).optional().catch(undefined);

/** Runway's own (bare) shape; also found inside the wrapped one. */
const bareTask = z.object({
	id: text,
	status: z.unknown(),
	createdAt: text,
	progress: z.unknown(),
	output: z.unknown(),
	failure: text,
	failureCode: text,
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

/** What the gateway family puts into `code` when all is well. */
const GOOD_CODES = new Set(['success', 'ok', '0', '200']);

/** A code, which some gateways send as a number. */
const code = z.union([text, z.number().transform(String)]).catch(undefined);

/** CometAPI's error envelope, and the gateway's `{code, message}` for everything but success. */
const errorSchema = z.union([
	z
		.object({ error: z.object({ code, message: text }) })
		.transform(({ error }) => ({ code: error.code, message: error.message })),
	z
		.object({ code: z.union([z.string(), z.number().transform(String)]), message: text })
		.refine((body) => !GOOD_CODES.has(body.code.toLowerCase())),
	z
		.object({ error: z.string().min(1) })
		.transform(({ error }) => ({ code: undefined, message: error })),
]);

/** The API's words in the body of an error; `undefined` where the body is none. */
export function readErrorEnvelope(body: unknown): z.infer<typeof errorSchema> | undefined {
	// zod makes an error, with its stack, for every shape that does not fit: too dear for each good answer.
	if (typeof body !== 'object' || body === null || !('error' in body || 'code' in body))
		return undefined;
	return errorSchema.safeParse(body).data;
}

export type BareTask = z.infer<typeof bareTask>;
export type GatewayTask = z.infer<typeof gatewayTask>;
