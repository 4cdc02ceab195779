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
	zip: 'application/zip',
};

/** What a file's first bytes say of it, in hex: two digits each. */
const TYPES_BY_SIGNATURE: Array<[signature: RegExp, mimeType: string]> = [
	[/^.{8}667479707174/, 'video/quicktime'],
	[/^.{8}66747970/, 'video/mp4'],
	[/^1a45dfa3/, 'video/webm'],
	[/^89504e47/, 'image/png'],
	[/^ffd8ff/, 'image/jpeg'],
	[/^52494646.{8}57454250/, 'image/webp'],
	[/^504b0304/, 'application/zip'],
];

const SIGNATURE_BYTES = 16;

/** The type of a file by the extension of its name, which comes without a dot. */
const typeByExtension = (extension: string): string | undefined =>
	TYPES_BY_EXTENSION[extension.toLowerCase()];

/** The type of a file by its first bytes. */
function typeBySignature(content: Uint8Array): string | undefined {
	const head = Buffer.from(content.subarray(0, SIGNATURE_BYTES)).toString('hex');
	return TYPES_BY_SIGNATURE.find(([signature]) => signature.test(head))?.[1];
}

/** The usual extension of files of a type. */
function extensionOf(mimeType: string | undefined): string | undefined {
	return Object.keys(TYPES_BY_EXTENSION).find((name) => TYPES_BY_EXTENSION[name] === mimeType);
}

/** Whether a host says of a file that it is one of those that tasks put out: pictures, film, sound, or a packed lot of them. */
export const isOutputType = (mimeType: string): boolean =>
	/^(video|image|audio)\/|^application\/(zip|x-zip-compressed)$/.test(mimeType);

/** What is known of a file that is being downloaded. */
export interface FileSigns {
	url: string;
	/** As the host says, without parameters; '' where it says nothing. */
	contentType: string;
	/** Its first bytes. */
	head: Uint8Array;
}

/**
 * The name, made of one without an extension, and the type of a downloaded file. The host's word counts for the type,
 * the URL for the name; where they say nothing, the one tells the other, or else the first bytes do both.
 */
export function describeFile(
	name: string,
	{ url, contentType, head }: FileSigns,
): { fileName: string; mimeType: string } {
	const inUrl = /\.([a-z0-9]{2,4})$/i.exec(new URL(url).pathname)?.[1].toLowerCase();
	const told = isOutputType(contentType) ? contentType : typeByExtension(inUrl ?? '');
	const seen = typeBySignature(head);
	const extension = inUrl ?? extensionOf(told) ?? extensionOf(seen);
	return {
		fileName: extension === undefined ? name : `${name}.${extension}`,
		mimeType: told ?? seen ?? 'application/octet-stream',
	};
}

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
	const byName = typeByExtension(extension);
	if (byName || !content) return byName;
	return typeBySignature(content) ?? mimeType;
}

/** Whether a download begins as a text for people or programs does, not as a file of pictures. */
export function startsAsText(head: Uint8Array): boolean {
	const text = Buffer.from(head).toString('latin1', 0, 64);
	return /^(?:\xef\xbb\xbf)?\s*(?:<(?:!doctype|html|head|body|\?xml)|[{[]\s*["{\]}])/i.test(text);
}
