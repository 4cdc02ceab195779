import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const TRANSFORMED_MP4 = readFileSync(join(__dirname, 'assets', 'transformed.mp4'));
const CHUNK_BYTES = 64 * 1024;
const ZEROS = Buffer.alloc(CHUNK_BYTES);

const SHORT_BOX_HEADER_BYTES = 8;
const LONG_BOX_HEADER_BYTES = 16;
const MAX_SHORT_BOX_BYTES = 0xffffffff;

/** The video that every finished task answers, as it is or padded to a size. */
export interface OutputFile {
	bytes: number;
	/** Bytes from `start` up to, not including, `end`, in small chunks; nothing is held in memory. */
	read(start: number, end: number): Generator<Buffer>;
}

/**
 * The MP4 file, grown to `wantedBytes` by a `free` box of zeros behind it, which players skip
 * (ISO/IEC 14496-12, 8.1.2). A box is at least 8 bytes long: sizes 1 to 7 bytes above the file's become
 * 8 above; sizes below it give the file as it is.
 */
export function outputFile(wantedBytes = 0): OutputFile {
	const wantedPadding = wantedBytes - TRANSFORMED_MP4.length;
	const padding = wantedPadding > 0 ? Math.max(wantedPadding, SHORT_BOX_HEADER_BYTES) : 0;
	const head =
		padding > 0 ? Buffer.concat([TRANSFORMED_MP4, freeBoxHeader(padding)]) : TRANSFORMED_MP4;

	return {
		bytes: TRANSFORMED_MP4.length + padding,
		*read(start, end) {
			let at = start;
			while (at < end) {
				const room = Math.min(CHUNK_BYTES, end - at);
				const chunk = at < head.length ? head.subarray(at, at + room) : ZEROS.subarray(0, room);
				yield chunk;
				at += chunk.length;
			}
		},
	};
}

/** Size and type of a `free` box; a box over 4 GB has its size in 64 bits behind the type. */
function freeBoxHeader(boxBytes: number): Buffer {
	const isLong = boxBytes > MAX_SHORT_BOX_BYTES;
	const header = Buffer.alloc(isLong ? LONG_BOX_HEADER_BYTES : SHORT_BOX_HEADER_BYTES);
	header.writeUInt32BE(isLong ? 1 : boxBytes, 0);
	header.write('free', 4, 'latin1');
	if (isLong) header.writeBigUInt64BE(BigInt(boxBytes), SHORT_BOX_HEADER_BYTES);
	return header;
}
