import { z } from 'zod';

/** An optional text; any other type counts as absent. */
const text = z.string().trim().min(1).optional().catch(undefined);

/** What the gateway family puts into `code` when all is well. */
const GOOD_CODES = new Set(['', 'success', 'ok', '0', '200']);

/** A code, which some gateways send as a number. */
const code = z
	.union([z.string().trim().min(1), z.number().transform(String)])
	.optional()
	.catch(undefined);

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

/** The API's words in the body of an error; `undefined` where the body is none, or has no words. */
export function parseErrorEnvelope(body: unknown): z.infer<typeof errorSchema> | undefined {
	// zod makes an error, with its stack, for every shape that does not fit: too dear for each good answer.
	if (typeof body !== 'object' || body === null || !('error' in body || 'code' in body))
		return undefined;
	const words = errorSchema.safeParse(body).data;
	return words?.code === undefined && words?.message === undefined ? undefined : words;
}
