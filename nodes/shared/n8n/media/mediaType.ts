import type { IBinaryData } from 'n8n-workflow';

/** What a file's name says of it. */
const TYPES_BY_EXTENSION: Record<string, string> = {
	mp4: 'video/mp4',
	m4v: 'video/mp4',
	mov: 'video/quicktime',
	webm: 'video/webm',
	png: 'image/png',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	webp: 'image/webp',
};

/** What a file's first bytes say of it, in hex: two digits each. */
const TYPES_BY_SIGNATURE: Array<[signature: RegExp, mimeType: string]> = [
	[/^.{8}667479707174/, 'video/quicktime'],
	[/^.{8}66747970/, 'video/mp4'],
	[/^1a45dfa3/, 'video/webm'],
	[/^89504e47/, 'image/png'],
	[/^ffd8ff/, 'image/jpeg'],
	[/^52494646.{8}57454250/, 'image/webp'],
];

const SIGNATURE_BYTES = 16;

/** A type that says nothing: what storage nodes and web servers give to a file they do not know. */
const isVague = (mimeType: string): boolean =>
	mimeType === '' || mimeType === 'application/octet-stream' || mimeType === 'binary/octet-stream';

/**
 * The media type of a binary field: as n8n has it, or else by the file's name, or by its first bytes, once these are
 * there. `undefined` while it takes the bytes to tell.
 */
export function mediaTypeOf(
	{ mimeType, fileName = '', fileExtension = '' }: IBinaryData,
	content?: Buffer,
): string | undefined {
	if (!isVague(mimeType)) return mimeType;
	const extension = fileExtension || fileName.split('.').slice(1).pop() || '';
	const byName = TYPES_BY_EXTENSION[extension.toLowerCase()];
	if (byName || !content) return byName;
	const head = content.toString('hex', 0, SIGNATURE_BYTES);
	return TYPES_BY_SIGNATURE.find(([signature]) => signature.test(head))?.[1] ?? mimeType;
}

/** Whether a download begins as a text for people or programs does, not as a file of pictures. */
export function startsAsText(head: Uint8Array): boolean {
	const text = Buffer.from(head).toString('latin1', 0, 64);
	return /^(?:\xef\xbb\xbf)?\s*(?:<(?:!doctype|html|head|body|\?xml)|[{[]\s*["{\]}])/i.test(text);
}
