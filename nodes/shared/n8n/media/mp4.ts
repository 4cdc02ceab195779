/** What an unknown duration is written as: all bits set. */
const UNKNOWN_32 = 0xffff_ffff;
const UNKNOWN_64 = 0xffff_ffff_ffff_ffffn;

/**
 * How long an MP4 or QuickTime film lasts, in seconds, by its movie header (`moov/mvhd`, ISO 14496-12); `undefined` where
 * that does not say: another kind of file, a fragmented one without a duration, one that is broken. Never throws,
 * whatever the bytes are, and reads each box once.
 */
export function readMp4Seconds(content: Buffer): number | undefined {
	const movie = findBox(content, 'moov');
	const header = movie && findBox(movie, 'mvhd');
	if (!header || header.length === 0) return undefined;
	const { timescale, duration } = header[0] === 1 ? readLong(header) : readShort(header);
	return timescale && duration ? duration / timescale : undefined;
}

interface Duration {
	/** Units in a second. */
	timescale?: number;
	duration?: number;
}

/** After version and flags: created, modified, timescale, duration, in 32 bits each. */
function readShort(header: Buffer): Duration {
	if (header.length < 20) return {};
	const duration = header.readUInt32BE(16);
	return duration === UNKNOWN_32 ? {} : { timescale: header.readUInt32BE(12), duration };
}

/** The same with 64 bits, but for the timescale. */
function readLong(header: Buffer): Duration {
	if (header.length < 32) return {};
	const duration = header.readBigUInt64BE(24);
	if (duration === UNKNOWN_64) return {};
	return { timescale: header.readUInt32BE(20), duration: Number(duration) };
}

/** What the first box of a type holds, of boxes that lie side by side. */
function findBox(boxes: Buffer, type: string): Buffer | undefined {
	for (let at = 0; at + 8 <= boxes.length; ) {
		const { headBytes, bytes } = measureBox(boxes, at);
		// A box is no smaller than its own head, so each step goes on.
		if (bytes < headBytes) return undefined;
		if (boxes.toString('latin1', at + 4, at + 8) === type)
			return boxes.subarray(at + headBytes, at + bytes);
		at += bytes;
	}
	return undefined;
}

/** A size of 0 goes to the end, one of 1 stands behind the type, in 64 bits. */
function measureBox(boxes: Buffer, at: number): { headBytes: number; bytes: number } {
	const size = boxes.readUInt32BE(at);
	if (size === 0) return { headBytes: 8, bytes: boxes.length - at };
	if (size !== 1) return { headBytes: 8, bytes: size };
	const isThere = at + 16 <= boxes.length;
	return { headBytes: 16, bytes: isThere ? Number(boxes.readBigUInt64BE(at + 8)) : 0 };
}
