import { z } from 'zod';

/** The requests a fault can hit: the API's endpoints and the download of an output. */
const operations = z.enum([
	'create',
	'read',
	'download',
	'models',
	'catalogue',
	// What the gateway tells of a key: usage, log, billing.
	'account',
]);

export type Operation = z.output<typeof operations>;

const fault = z
	.object({
		on: operations,
		/** How many matching requests it hits. */
		times: z.number().int().positive().default(1),
		/** How many matching requests pass first. */
		skip: z.number().int().min(0).default(0),
		promptIncludes: z.string().min(1).optional(),
		taskId: z.string().min(1).optional(),
	})
	.strict();

const maybeAccepted = fault.extend({
	/** For a create: whether the task is really accepted before the fault shows. */
	accepted: z.boolean().optional(),
});

const status = z.number().int().min(200).max(599);
/** Seconds, or an HTTP date; sent as it is. */
const retryAfter = z.union([z.number().min(0), z.string()]).optional();
/** Spoils JSON, which downloads are not. */
const onJson = { on: operations.exclude(['download']) };

const kinds = z.discriminatedUnion('kind', [
	maybeAccepted.extend({
		kind: z.literal('status'),
		status: status.default(500),
		retryAfter,
		/** The error envelope's message and code. */
		message: z.string().default('Simulated fault'),
		code: z.string().default(''),
	}),
	maybeAccepted.extend({
		kind: z.enum(['html', 'emptyBody']),
		status: status.default(200),
		retryAfter,
	}),
	maybeAccepted.extend({
		kind: z.literal('redirect'),
		status: z.number().int().min(300).max(399).default(302),
	}),
	maybeAccepted.extend({
		...onJson,
		kind: z.literal('otherJson'),
		status: status.default(200),
		// z.unknown() alone lets the field be missing.
		json: z.unknown().refine((json) => json !== undefined, 'Required'),
	}),
	maybeAccepted.extend({ ...onJson, kind: z.enum(['truncatedJson', 'brokenJson']) }),
	maybeAccepted.extend({
		...onJson,
		kind: z.literal('hugeJson'),
		/** How long the answer is, unpacked. */
		bytes: z
			.number()
			.int()
			.positive()
			.default(300 * 1024 * 1024),
		/** Sent with gzip, which makes next to nothing of it. */
		packed: z.boolean().default(false),
	}),
	maybeAccepted.extend({ kind: z.enum(['reset', 'close', 'garbage', 'hang']) }),
	maybeAccepted.extend({ kind: z.literal('hangAfterHead') }),
	fault.extend({ kind: z.literal('resetBeforeRead') }),
	fault.extend({ kind: z.literal('slowBody') }),
	fault.extend({ on: z.literal('download'), kind: z.literal('truncatedDownload') }),
]);

/** Which operations know what a field is about; the fields of the kinds themselves are on any. */
const OPERATIONS_OF_FIELD: Partial<Record<string, Operation[]>> = {
	accepted: ['create'],
	promptIncludes: ['create', 'read', 'download'],
	taskId: ['read', 'download'],
};

/** One thing that goes wrong, for requests that would have been answered well. */
export const faultSchema = kinds.superRefine((given, context) => {
	const { on, kind, promptIncludes } = given;
	const refuse = (field: string, message: string) =>
		context.addIssue({ code: 'custom', path: [field], message });
	for (const [field, value] of Object.entries(given)) {
		const isKnown = OPERATIONS_OF_FIELD[field]?.includes(on) ?? true;
		if (value !== undefined && !isKnown) refuse(field, `has no meaning on ${on}`);
	}
	if (on === 'create' && kind === 'resetBeforeRead' && promptIncludes !== undefined) {
		refuse('promptIncludes', 'resetBeforeRead never sees the prompt of a create');
	}
});

/** A fault with its defaults filled in. */
export type Fault = z.output<typeof faultSchema>;

type AnyKind = z.input<typeof faultSchema>;
type FieldsOf<Kind> = Kind extends unknown ? Exclude<keyof Kind, 'on' | 'kind'> : never;
type ValueOf<Kind, Field> = Kind extends unknown
	? Field extends keyof Kind
		? Kind[Field]
		: never
	: never;

/**
 * A fault as it is handed in: the fields of all kinds side by side, so that tests can lay one together from
 * parts. Which of them fit its kind is checked when it is added.
 */
export type FaultInput = Pick<AnyKind, 'on' | 'kind'> & {
	[Field in FieldsOf<AnyKind>]?: ValueOf<AnyKind, Field>;
};
