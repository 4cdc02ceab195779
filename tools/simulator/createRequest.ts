import { isIP } from 'node:net';
import { z } from 'zod';
import { InvalidInputError, parseInput } from './parseInput';

const MEGABYTE = 1024 * 1024;
/** Runway's limits (docs.dev.runwayml.com, "Inputs"), in characters and decoded bytes. */
const MAX_URL_CHARACTERS = 2048;
const MAX_DATA_URI_BYTES = { video: 16 * MEGABYTE, image: 5 * MEGABYTE };
const MAX_SEED = 4294967295;

const ALEPH_RATIOS = [
	'1280:720',
	'720:1280',
	'1104:832',
	'960:960',
	'832:1104',
	'1584:672',
	'848:480',
	'640:480',
];

/**
 * The documented body of POST /runwayml/v1/video_to_video. Fields it does not know pass, because newer
 * models bring their own.
 */
const createBodySchema = z
	.object({
		videoUri: mediaUri('video'),
		// zod counts UTF-16 code units here, as Runway does.
		promptText: z.string().min(1).max(1000),
		model: z.string().min(1),
		ratio: z
			.string()
			.regex(/^[1-9]\d*:[1-9]\d*$/, 'must be width:height, like 1280:720')
			.optional(),
		seed: z.number().int().min(0).max(MAX_SEED).optional(),
		references: z
			.array(z.object({ type: z.literal('image'), uri: mediaUri('image') }).passthrough())
			.optional(),
		contentModeration: z
			.object({ publicFigureThreshold: z.enum(['auto', 'low']).optional() })
			.passthrough()
			.optional(),
	})
	.passthrough()
	.superRefine(({ model, ratio }, context) => {
		if (model !== 'gen4_aleph' || ratio === undefined || ALEPH_RATIOS.includes(ratio)) return;
		const message = `gen4_aleph takes one of ${ALEPH_RATIOS.join(', ')}`;
		context.addIssue({ code: 'custom', path: ['ratio'], message });
	});

/** Runway's version dates, like 2024-11-06. */
const VERSION_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** @throws {InvalidInputError} that names the header or the field of the body that is wrong */
export function readCreateRequest(version: unknown, body: unknown): { promptText: string } {
	if (typeof version !== 'string' || !VERSION_DATE.test(version)) {
		throw new InvalidInputError('X-Runway-Version: must be a date like 2024-11-06');
	}
	return parseInput(createBodySchema, body);
}

function mediaUri(media: 'video' | 'image') {
	return z.string().superRefine((uri, context) => {
		const message = uri.startsWith('data:') ? findDataUriFault(uri, media) : findUrlFault(uri);
		if (message) context.addIssue({ code: 'custom', message });
	});
}

function findUrlFault(uri: string): string | undefined {
	if (uri.length > MAX_URL_CHARACTERS) {
		return `a URL has at most ${MAX_URL_CHARACTERS} characters`;
	}
	if (!URL.canParse(uri)) return 'must be an HTTPS URL or a base64 data URI';
	const { protocol, hostname } = new URL(uri);
	if (protocol !== 'https:') return 'must use https';
	// WHATWG URLs keep the brackets around IPv6 addresses.
	if (isIP(hostname.replace(/^\[|\]$/g, ''))) return 'must have a domain name, not an IP address';
	return undefined;
}

function findDataUriFault(uri: string, media: 'video' | 'image'): string | undefined {
	const comma = uri.indexOf(',');
	const header = uri.slice(0, comma);
	if (comma < 0 || !header.startsWith(`data:${media}/`) || !header.endsWith(';base64')) {
		return `must be a data URI like data:${media}/…;base64,…`;
	}
	const base64 = uri.slice(comma + 1);
	// Looks for what is wrong: a pattern of what is right keeps a way back for each of millions of characters.
	if (base64 === '' || /[^A-Za-z0-9+/]/.test(base64.replace(/={1,2}$/, '')))
		return 'has no valid base64 in its data URI';
	const limit = MAX_DATA_URI_BYTES[media];
	if (Buffer.byteLength(base64, 'base64') <= limit) return undefined;
	return `a data URI holds at most ${limit / MEGABYTE} MB of ${media}`;
}
