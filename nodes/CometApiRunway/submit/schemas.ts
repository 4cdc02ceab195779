import { z } from 'zod';
import { numeric, wrongType } from '../../shared/n8n/input';
import {
	DATA_URI_LIMIT_BYTES,
	DataUri,
	dataUriBytes,
	type MediaType,
} from '../../shared/n8n/media/dataUri';

/** What the fields of creates have to be: Runway's rules, so that wrong input costs no request. */

export const text = wrongType('a text');

/** A text that is not empty, of at most `limit` UTF-16 code units, as Runway counts them (API reference, `promptText`). */
export const promptText = (limit: number) =>
	z
		.string(text)
		.refine((value) => value.trim() !== '', { message: 'is empty' })
		.superRefine((value, context) => {
			const message = `is ${value.length} characters long; at most ${limit} are allowed`;
			if (value.length > limit) context.addIssue({ code: 'custom', message });
		});

export const modelId = z.string(text).trim().min(1, { message: 'is empty' });

/** width:height */
export const ratio = z
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

export const wholeNumber = (least: number, most: number) =>
	z.preprocess(
		numeric,
		z
			.number({ message: 'is not a number' })
			.int({ message: 'is not a whole number' })
			.min(least, { message: `is below ${least}` })
			.max(most, { message: `is above ${most}` }),
	);

/** A URL or data URI, checked, or the file itself: that has been checked where it was read. */
export const mediaUri = (mediaType: MediaType) => {
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

const URL_LIMIT = 2048;
const IP_HOST = /^(\d{1,3}(\.\d{1,3}){3}|\[.*\])$/;

/** Runway's rules for media (docs, "Inputs"). */
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
