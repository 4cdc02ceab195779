import { z } from 'zod';

/** The requests a fault can hit: the API's four endpoints and the download of an output. */
const operations = ['create', 'read', 'download', 'models', 'catalogue'] as const;

export type Operation = (typeof operations)[number];

const kinds = [
	'status',
	'html',
	'resetBeforeRead',
	'reset',
	'close',
	'garbage',
	'hang',
	'hangAfterHead',
	'truncatedJson',
	'brokenJson',
	'emptyBody',
	'otherJson',
	'slowBody',
	'redirect',
	'truncatedDownload',
] as const;

const faultFields = z
	.object({
		on: z.enum(operations),
		kind: z.enum(kinds),
		/** Default: 500 for `status`, 302 for `redirect`, 200 for `html`, `emptyBody` and `otherJson`. */
		status: z.number().int().min(200).max(599).optional(),
		/** Seconds, or an HTTP date; sent as it is. */
		retryAfter: z.union([z.number().min(0), z.string()]).optional(),
		/** The error envelope's message and code. */
		message: z.string().optional(),
		code: z.string().optional(),
		/** What `otherJson` answers. */
		json: z.unknown(),
		/** For a create: whether the task is really accepted before the fault shows. */
		accepted: z.boolean().optional(),
		/** How many matching requests it hits. */
		times: z.number().int().positive().default(1),
		/** How many matching requests pass first. */
		skip: z.number().int().min(0).default(0),
		promptIncludes: z.string().min(1).optional(),
		taskId: z.string().min(1).optional(),
	})
	.strict();

type FaultFields = z.output<typeof faultFields>;

/** Fields that some kinds or operations have no use for; given to one of those, they are a mistake. */
const choosyFields = [
	'status',
	'retryAfter',
	'message',
	'code',
	'json',
	'accepted',
	'promptIncludes',
	'taskId',
] as const;

type ChoosyField = (typeof choosyFields)[number];

const FIELDS_OF_OPERATION: Record<Operation, ChoosyField[]> = {
	create: ['status', 'retryAfter', 'message', 'code', 'json', 'accepted', 'promptIncludes'],
	read: ['status', 'retryAfter', 'message', 'code', 'json', 'promptIncludes', 'taskId'],
	download: ['status', 'retryAfter', 'message', 'code', 'promptIncludes', 'taskId'],
	models: ['status', 'retryAfter', 'message', 'code', 'json'],
	catalogue: ['status', 'retryAfter', 'message', 'code', 'json'],
};

const FIELDS_OF_KIND: Record<(typeof kinds)[number], ChoosyField[]> = {
	status: ['status', 'retryAfter', 'message', 'code', 'accepted', 'promptIncludes', 'taskId'],
	html: ['status', 'retryAfter', 'accepted', 'promptIncludes', 'taskId'],
	emptyBody: ['status', 'retryAfter', 'accepted', 'promptIncludes', 'taskId'],
	redirect: ['status', 'accepted', 'promptIncludes', 'taskId'],
	otherJson: ['status', 'json', 'accepted', 'promptIncludes', 'taskId'],
	reset: ['accepted', 'promptIncludes', 'taskId'],
	close: ['accepted', 'promptIncludes', 'taskId'],
	garbage: ['accepted', 'promptIncludes', 'taskId'],
	hangAfterHead: ['accepted', 'promptIncludes', 'taskId'],
	brokenJson: ['accepted', 'promptIncludes', 'taskId'],
	hang: ['accepted', 'promptIncludes', 'taskId'],
	truncatedJson: ['accepted', 'promptIncludes', 'taskId'],
	resetBeforeRead: ['promptIncludes', 'taskId'],
	slowBody: ['promptIncludes', 'taskId'],
	truncatedDownload: ['promptIncludes', 'taskId'],
};

/** One thing that goes wrong, for requests that would have been answered well. */
export const faultSchema = faultFields.superRefine((fault, context) => {
	for (const [field, message] of findMisfits(fault)) {
		context.addIssue({ code: 'custom', path: [field], message });
	}
});

/** A fault as it is handed in. */
export type FaultInput = z.input<typeof faultSchema>;

/** A fault with its defaults filled in. */
export type Fault = z.output<typeof faultSchema>;

/** Combinations that could never do what they say, as [field, what is wrong]. */
function findMisfits(fault: FaultFields): Array<[string, string]> {
	const { on, kind, status } = fault;
	const misfits: Array<[string, string]> = [];
	for (const field of choosyFields.filter((name) => fault[name] !== undefined)) {
		if (!FIELDS_OF_OPERATION[on].includes(field)) misfits.push([field, `has no meaning on ${on}`]);
		if (!FIELDS_OF_KIND[kind].includes(field)) misfits.push([field, `has no meaning for ${kind}`]);
	}
	if (kind === 'truncatedDownload' && on !== 'download') {
		misfits.push(['kind', 'truncatedDownload is for downloads']);
	}
	if ((kind === 'truncatedJson' || kind === 'brokenJson') && on === 'download') {
		misfits.push(['kind', `${kind} is not for downloads`]);
	}
	if (kind === 'otherJson' && fault.json === undefined) {
		misfits.push(['json', 'otherJson needs something to answer']);
	}
	if (kind === 'redirect' && status !== undefined && (status < 300 || status > 399)) {
		misfits.push(['status', 'a redirect has a status from 300 to 399']);
	}
	if (kind === 'resetBeforeRead' && on === 'create' && fault.promptIncludes) {
		misfits.push(['promptIncludes', 'resetBeforeRead never sees the prompt of a create']);
	}
	return misfits;
}
