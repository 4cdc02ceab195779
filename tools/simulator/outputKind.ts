import type { CreateRoute } from './create/routes';

/** The files that tasks answer, by the end of their names. */
export const CONTENT_TYPES = {
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	zip: 'application/zip',
	png: 'image/png',
	jpg: 'image/jpeg',
	webp: 'image/webp',
} as const;

export type FileKind = keyof typeof CONTENT_TYPES;

/** What `outputFormat` says of the file, in the words of Runway's SDK; every other one is an MP4. */
const VIDEO_KINDS: Record<string, FileKind> = {
	prores: 'mov',
	hdr_prores: 'mov',
	hdr_pq_12bit_master: 'mov',
	png_sequence: 'zip',
	hdr_png_sequence: 'zip',
	hdr_exr_sequence: 'zip',
	hdr_exr_acescg_sequence_1_3: 'zip',
	hdr_exr_acescg_sequence_2_0: 'zip',
};

const IMAGE_KINDS: Record<string, FileKind> = { jpeg: 'jpg', webp: 'webp' };

/** The kind of file that a create leads to. */
export function fileKindOf(route: CreateRoute, outputFormat = ''): FileKind {
	return route === 'text_to_image'
		? (IMAGE_KINDS[outputFormat] ?? 'png')
		: (VIDEO_KINDS[outputFormat] ?? 'mp4');
}

export function isFileKind(extension: string): extension is FileKind {
	return Object.hasOwn(CONTENT_TYPES, extension);
}
