import { z } from 'zod';
import { wrongType } from '../../shared/n8n/input';
import {
	DATA_URI_LIMIT_BYTES,
	DataUri,
	dataUriBytes,
	type MediaType,
} from '../../shared/n8n/media/dataUri';
import { findSitePage } from '../../shared/n8n/media/sitePages';

/** What the fields of creates have to be: Runway's rules, so that wrong input costs no request. */

export const text = wrongType('a text');

/** A text that says something. Its length is a matter of the model. */
export const promptText = z
	.string(text)
	.refine((value) => value.trim() !== '', { message: 'is empty' });

/** Mostly width:height; which, is a matter of the model. One with another sign between is told how to write it. */
export const ratio = z
	.string(text)
	.trim()
	.superRefine((value, context) => {
		const [, width, height] = /^(\d+)\s*[x×*/]\s*(\d+)$/i.exec(value) ?? [];
		if (!width) return;
		const message = `is "${value}": width and height are separated by a colon, as in "${width}:${height}"`;
		context.addIssue({ code: 'custom', message });
	});

/** A URL or data URI, checked, or the file itself: that has been checked where it was read. */
export const mediaUri = (mediaType: MediaType) => {
	const uri = z
		.string(text)
		.trim()
		.superRefine((value, context) => {
			const message = findMediaProblem(value, mediaType);
			if (message) context.addIssue({ code: 'custom', message });
			const page = message ? undefined : findPage(value);
			if (page) {
				const { problem, remedy } = page;
				context.addIssue({ code: 'custom', message: problem, params: { remedy } });
			}
		});
	return chosen((value) => (value instanceof DataUri ? z.unknown() : uri));
};

/** What the value itself chooses among schemas, whose problems are told as they are. */
export const chosen = (choose: (value: unknown) => z.ZodTypeAny) =>
	z.unknown().transform((value, context): unknown => {
		const parsed = choose(value).safeParse(value);
		if (parsed.success) return parsed.data;
		parsed.error.issues.forEach((issue) => context.addIssue(issue));
		return z.NEVER;
	});

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

const findPage = (uri: string) => (/^data:/i.test(uri) ? undefined : findSitePage(new URL(uri)));

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
