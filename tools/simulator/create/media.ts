import { isIP } from 'node:net';
import { z } from 'zod';

export type Media = 'video' | 'image' | 'audio';

const MEGABYTE = 1024 * 1024;
/** Runway's limits (docs.dev.runwayml.com, "Inputs"), in characters and decoded bytes. */
const MAX_URL_CHARACTERS = 2048;
const MAX_DATA_URI_BYTES = { video: 16 * MEGABYTE, image: 5 * MEGABYTE, audio: 5 * MEGABYTE };

/** An HTTPS URL with a domain name, or a base64 data URI of that media, each within Runway's limits. */
export function mediaUri(media: Media) {
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

function findDataUriFault(uri: string, media: Media): string | undefined {
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
