import { z } from 'zod';
import {
	DATA_URI_LIMIT_BYTES,
	DataUri,
	dataUriBytes,
	type MediaType,
} from '../../shared/n8n/media/dataUri';
import { withoutUndefined } from '../../shared/withoutUndefined';

/** What a user's input amounts to: the body of a create, or what is wrong with it. */
export type BodyReading = { body: TransformBody } | { problem: InputProblem };

/** One thing wrong with one field; `remedy` is a sentence that says what to do. */
export interface InputProblem {
	field: string;
	problem: string;
	remedy: string;
}

/** The input of one transform, as the node's fields hold it; media as URL, data URI or `DataUri`. */
export interface TransformInput {
	videoUri: unknown;
	promptText: unknown;
	model: unknown;
	ratio: unknown;
	seed?: unknown;
	references?: Array<{ type: 'image'; uri: unknown }>;
	publicFigureThreshold?: unknown;
	/** JSON text or object, merged into the body last. */
	additionalFields?: unknown;
}

/** Runway counts UTF-16 code units, as JavaScript does (API reference, `promptText`). */
const PROMPT_LIMIT = 1000;
const URL_LIMIT = 2048;
const SEED_LIMIT = 4_294_967_295;

const IP_HOST = /^(\d{1,3}(\.\d{1,3}){3}|\[.*\])$/;

/** Runway's rules for media ("Inputs"), so that a wrong source costs no request. */
function findMediaProblem(uri: string, mediaType: MediaType): string | undefined {
	if (uri === '') return 'is empty';
	if (/^data:/i.test(uri)) return findDataUriProblem(uri, mediaType);
	if (!URL.canParse(uri)) return 'is not a URL';
	const { protocol, hostname } = new URL(uri);
	if (protocol !== 'https:')
		return `starts with ${uri.replace(/^([^:]+:\/*).*$/s, '$1')}, not https://`;
	if (IP_HOST.test(hostname))
		return `has the IP address ${hostname} as its host, not a domain name`;
	if (uri.length > URL_LIMIT)
		return `is ${uri.length} characters long; at most ${URL_LIMIT} are allowed`;
	return undefined;
}

function findDataUriProblem(uri: string, mediaType: MediaType): string | undefined {
	const bytes = dataUriBytes(uri);
	if (bytes === undefined) return 'is a data URI without base64 content';
	if (!uri.toLowerCase().startsWith(`data:${mediaType}/`))
		return `is a data URI of another type than ${mediaType}`;
	if (bytes === 0) return 'is a data URI without content';
	const limit = DATA_URI_LIMIT_BYTES[mediaType];
	return bytes > limit
		? `holds ${bytes} bytes as a data URI; at most ${limit} are allowed`
		: undefined;
}

/** What zod says of a field of the wrong type, in the words of our errors: they follow the field's name. */
const wrongType = (what: string) => ({
	required_error: 'is missing',
	invalid_type_error: `is not ${what}`,
});
const text = wrongType('a text');

/** A URL or data URI, checked, or the file itself: that has been checked where it was read. */
const mediaUri = (mediaType: MediaType) => {
	const uri = z
		.string(text)
		.trim()
		.superRefine((value, context) => {
			const message = findMediaProblem(value, mediaType);
			if (message) context.addIssue({ code: 'custom', message });
		});
	return z.unknown().transform((value, context) => {
		if (value instanceof DataUri) return value;
		const parsed = uri.safeParse(value);
		if (parsed.success) return parsed.data;
		parsed.error.issues.forEach((issue) => context.addIssue(issue));
		return z.NEVER;
	});
};

const ratio = z
	.string(text)
	.trim()
	.superRefine((value, context) => {
		if (/^[1-9]\d*:[1-9]\d*$/.test(value)) return;
		const [, width, height] = /^(\d+)\s*[x×*/]\s*(\d+)$/i.exec(value) ?? [];
		const message = width
			? `is "${value}": width and height are separated by a colon, as in "${width}:${height}"`
			: `is "${value}", not width:height`;
		context.addIssue({ code: 'custom', message });
	});

/** A number typed into an expression often arrives as a text. */
const numeric = (value: unknown) =>
	typeof value === 'string' && value.trim() !== '' ? Number(value) : value;

const seed = z.preprocess(
	numeric,
	z
		.number({ message: 'is not a number' })
		.int({ message: 'is not a whole number' })
		.min(0, { message: 'is below 0' })
		.max(SEED_LIMIT, { message: `is above ${SEED_LIMIT}` }),
);

/** Fields of new models pass through untouched: they need no release of this package. */
const bodySchema = z
	.object({
		videoUri: mediaUri('video'),
		promptText: z
			.string(text)
			.refine((text) => text.trim() !== '', { message: 'is empty' })
			.superRefine((text, context) => {
				const message = `is ${text.length} characters long; at most ${PROMPT_LIMIT} are allowed`;
				if (text.length > PROMPT_LIMIT) context.addIssue({ code: 'custom', message });
			}),
		model: z.string(text).trim().min(1, { message: 'is empty' }),
		ratio,
		seed: seed.optional(),
		references: z
			.array(
				z.object({ uri: mediaUri('image') }, wrongType('an object')).passthrough(),
				wrongType('a list'),
			)
			.optional(),
		contentModeration: z
			.object(
				{
					publicFigureThreshold: z.enum(['auto', 'low'], {
						message: 'is neither "auto" nor "low"',
					}),
				},
				wrongType('an object'),
			)
			.passthrough()
			.optional(),
	})
	.passthrough();

export type TransformBody = z.infer<typeof bodySchema>;

const FIELDS: Record<string, { field: string; remedy: string }> = {
	videoUri: {
		field: 'Video URL',
		remedy: 'Give an https:// URL with a domain name, or set Video Source to Binary Data.',
	},
	promptText: {
		field: 'Prompt',
		remedy: `Say what the output should show, in 1 to ${PROMPT_LIMIT} characters.`,
	},
	model: {
		field: 'Model',
		remedy: 'Choose a model from the list, or enter its id, for example gen4_aleph.',
	},
	ratio: {
		field: 'Ratio',
		remedy: 'Give width and height with a colon between, for example 1280:720.',
	},
	seed: {
		field: 'Seed',
		remedy: `Give a whole number from 0 to ${SEED_LIMIT}, or remove the option.`,
	},
	references: {
		field: 'Reference',
		remedy:
			'Give each reference an https:// URL with a domain name, or a binary image, or remove it.',
	},
	contentModeration: {
		field: 'Public Figure Threshold',
		remedy: 'Choose Auto or Low, or remove the option.',
	},
};

const ADDITIONAL_FIELDS_REMEDY =
	'Give one JSON object, for example {"targetAspectRatio": "16:9"}, or remove the option.';

/**
 * Builds and checks the body of a create. Optional fields are sent only when they were set: the API documents
 * them as required, but its own example leaves them out. Never throws; the first problem found is told.
 */
export function readTransformBody(input: TransformInput): BodyReading {
	const additional = parseAdditionalFields(input.additionalFields);
	if (typeof additional === 'string') {
		return {
			problem: {
				field: 'Additional Fields',
				problem: additional,
				remedy: ADDITIONAL_FIELDS_REMEDY,
			},
		};
	}
	const {
		videoUri,
		promptText,
		model,
		ratio: size,
		seed: number,
		references,
		publicFigureThreshold,
	} = input;
	const contentModeration =
		publicFigureThreshold === undefined ? undefined : { publicFigureThreshold };
	const fields = {
		videoUri,
		promptText,
		model,
		ratio: size,
		seed: number,
		references,
		contentModeration,
	};
	const parsed = bodySchema.safeParse({ ...withoutUndefined(fields), ...additional });
	return parsed.success ? { body: parsed.data } : { problem: toProblem(parsed.error.issues[0]) };
}

function toProblem({ path, message }: z.ZodIssue): InputProblem {
	const [key, index] = path;
	const { field, remedy } = FIELDS[String(key)];
	const label = typeof index === 'number' ? `${field} ${index + 1}` : field;
	return { field: label, problem: message, remedy };
}

/** The object, an empty one where nothing is given, or what is wrong as a text. */
function parseAdditionalFields(value: unknown): Record<string, unknown> | string {
	if (value === undefined || value === null || value === '') return {};
	let parsed = value;
	if (typeof value === 'string') {
		try {
			parsed = JSON.parse(value);
		} catch (error) {
			return `is not valid JSON (${(error as Error).message})`;
		}
	}
	const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
	return isObject ? (parsed as Record<string, unknown>) : 'is not a JSON object';
}
