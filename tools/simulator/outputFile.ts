import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileKind } from './outputKind';

const CHUNK_BYTES = 64 * 1024;
const ZEROS = Buffer.alloc(CHUNK_BYTES);

const SHORT_BOX_HEADER_BYTES = 8;
const LONG_BOX_HEADER_BYTES = 16;
const MAX_SHORT_BOX_BYTES = 0xffffffff;

/** The kinds whose files are made of boxes, and so can be padded. */
const PADDED_KINDS: FileKind[] = ['mp4', 'mov'];

/** What a finished task answers, as it is or padded to a size. */
export interface OutputFile {
	bytes: number;
	/** Bytes from `start` up to, not including, `end`, in small chunks; nothing is held in memory. */
	read(start: number, end: number): Generator<Buffer>;
}

const files = new Map<FileKind, Buffer>();

/** Read once, when a task first answers it. */
function assetOf(kind: FileKind): Buffer {
	const known = files.get(kind);
	if (known) return known;
	const bytes = readFileSync(join(__dirname, 'assets', `transformed.${kind}`));
	files.set(kind, bytes);
	return bytes;
}

/**
 * The file of that kind. MP4 and MOV are grown to `wantedBytes` by a `free` box of zeros behind them, which
 * players skip (ISO/IEC 14496-12, 8.1.2). A box is at least 8 bytes long: sizes 1 to 7 bytes above the
 * file's become 8 above; sizes below it, and other kinds, give the file as it is.
 */
export function outputFile(kind: FileKind, wantedBytes = 0): OutputFile {
	const asset = assetOf(kind);
	const wantedPadding = PADDED_KINDS.includes(kind) ? wantedBytes - asset.length : 0;
	const padding = wantedPadding > 0 ? Math.max(wantedPadding, SHORT_BOX_HEADER_BYTES) : 0;
	const head = padding > 0 ? Buffer.concat([asset, freeBoxHeader(padding)]) : asset;

	return {
		bytes: asset.length + padding,
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
