export const BYTES_PER_MB = 1024 * 1024;

/** Runway's limits for data URIs (API docs, "Inputs": size limits), in bytes of the file. */
export const DATA_URI_LIMIT_BYTES = {
	video: 16 * BYTES_PER_MB,
	image: 5 * BYTES_PER_MB,
	audio: 5 * BYTES_PER_MB,
};

export type MediaType = keyof typeof DATA_URI_LIMIT_BYTES;

/** A file that is sent as a base64 data URI; `encodeJson` makes one of it. */
export class DataUri {
	constructor(
		readonly mimeType: string,
		readonly content: Buffer,
	) {}
}

/** The number of bytes a base64 data URI holds; `undefined` when it is none. */
export function dataUriBytes(uri: string): number | undefined {
	const comma = uri.indexOf(',');
	if (!/^data:[^,]*;base64$/i.test(uri.slice(0, Math.max(comma, 0)))) return undefined;
	const padding = uri.endsWith('==') ? 2 : uri.endsWith('=') ? 1 : 0;
	return Math.floor(((uri.length - comma - 1) * 3) / 4) - padding;
}

/** What a file of each type is called. */
export const CALLED: Record<MediaType, string> = {
	video: 'a video',
	image: 'an image',
	audio: 'an audio file',
};

/** What is wrong with a file as a source of this media type, as far as type and size are known; `undefined` when nothing is. */
export function findBinaryProblem(
	mimeType: string | undefined,
	bytes: number | undefined,
	mediaType: MediaType,
): string | undefined {
	if (mimeType !== undefined && !mimeType.startsWith(`${mediaType}/`)) {
		return `is ${mimeType || 'of unknown type'}, not ${CALLED[mediaType]}`;
	}
	if (bytes === 0) return 'is empty';
	if (bytes !== undefined && bytes > DATA_URI_LIMIT_BYTES[mediaType]) {
		return `is ${megabytes(bytes)} MB; at most ${megabytes(DATA_URI_LIMIT_BYTES[mediaType])} MB can be sent as binary data`;
	}
	return undefined;
}

/** A size in MB (1024 × 1024 bytes) with one decimal at most, rounded up so that "over" stays over. */
export function megabytes(bytes: number): string {
	return String(Math.ceil((bytes / BYTES_PER_MB) * 10) / 10);
}
