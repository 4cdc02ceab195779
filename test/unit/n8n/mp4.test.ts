import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMp4Seconds } from '../../../nodes/shared/n8n/media/mp4';
import { seededRandom } from '../../../tools/clock/seededRandom';

const u32 = (value: number) => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
};
const u64 = (value: bigint) => {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64BE(value);
	return bytes;
};
const box = (type: string, ...content: Buffer[]) => {
	const all = Buffer.concat(content);
	return Buffer.concat([u32(all.length + 8), Buffer.from(type, 'latin1'), all]);
};
const longBox = (type: string, ...content: Buffer[]) => {
	const all = Buffer.concat(content);
	const size = u64(BigInt(all.length + 16));
	return Buffer.concat([u32(1), Buffer.from(type, 'latin1'), size, all]);
};
const openBox = (type: string, ...content: Buffer[]) =>
	Buffer.concat([u32(0), Buffer.from(type, 'latin1'), ...content]);

const short = (timescale: number, duration: number) =>
	box('mvhd', u32(0), u32(1), u32(2), u32(timescale), u32(duration), Buffer.alloc(80));
const long = (timescale: number, duration: bigint) =>
	box('mvhd', u32(0x0100_0000), u64(1n), u64(2n), u32(timescale), u64(duration), Buffer.alloc(80));

const FTYP = box('ftyp', Buffer.from('isom'));
const MDAT = box('mdat', Buffer.alloc(1_000));
const file = (...boxes: Buffer[]) => Buffer.concat([FTYP, ...boxes]);

const ROOT = join(__dirname, '../../..');
const real = (path: string) => readFileSync(join(ROOT, path));

test.each<[string, Buffer, number | undefined]>([
	['a header of 32 bits', file(box('moov', short(600, 3_150)), MDAT), 5.25],
	['a header of 64 bits', file(box('moov', long(90_000, 3_780_000n)), MDAT), 42],
	['a header at the end', file(MDAT, box('moov', short(1_000, 30_000))), 30],
	['a header behind other boxes', file(box('moov', box('udta', u32(7)), short(1, 9))), 9],
	[
		'boxes with sizes of 64 bits',
		file(longBox('mdat', Buffer.alloc(99)), longBox('moov', short(2, 5))),
		2.5,
	],
	['a last box that goes to the end', file(MDAT, openBox('moov', short(10, 75))), 7.5],
	[
		'a film that is cut off behind its header',
		file(box('moov', short(1, 9), MDAT)).subarray(0, 160),
		9,
	],
	[
		'a fragmented film without a duration',
		file(box('moov', short(1_000, 0), box('mvex')), box('moof')),
		undefined,
	],
	['an unknown duration of 32 bits', file(box('moov', short(1_000, 0xffff_ffff))), undefined],
	[
		'an unknown duration of 64 bits',
		file(box('moov', long(1_000, 0xffff_ffff_ffff_ffffn))),
		undefined,
	],
	['no timescale', file(box('moov', short(0, 500))), undefined],
	['no header', file(box('moov', box('trak')), MDAT), undefined],
	['a header that is nowhere in moov', file(short(1, 9)), undefined],
	['a header that is cut off', file(box('moov', short(1, 9))).subarray(0, 45), undefined],
	['a long header that is cut off', file(box('moov', long(1, 9n))).subarray(0, 50), undefined],
	['a header without content', file(box('moov', box('mvhd'))), undefined],
	[
		'a box smaller than its head',
		file(u32(3), Buffer.from('free'), box('moov', short(1, 9))),
		undefined,
	],
	['a box of 64 bits that is cut off', file(u32(1), Buffer.from('mdat'), u32(0)), undefined],
	[
		'a box of 64 bits with no size',
		file(u32(1), Buffer.from('mdat'), u64(0n), Buffer.alloc(99)),
		undefined,
	],
	[
		'a box larger than any file',
		file(u32(1), Buffer.from('mdat'), u64(2n ** 63n), MDAT),
		undefined,
	],
	['nothing', Buffer.alloc(0), undefined],
	['half a head', Buffer.from('0000', 'hex'), undefined],
	['a file of another kind', Buffer.from('1a45dfa3'.repeat(50), 'hex'), undefined],
	['zeros', Buffer.alloc(4_096), undefined],
])('%s', (_what, content, seconds) => {
	expect(readMp4Seconds(content)).toBe(seconds);
});

test.each(['examples/media/source.mp4', 'tools/simulator/assets/transformed.mp4'])(
	'%s, a real film',
	(path) => {
		const seconds = readMp4Seconds(real(path));
		expect(seconds).toBeGreaterThan(1);
		expect(seconds).toBeLessThan(20);
	},
);

test('never throws, nor takes long, whatever is broken in a film', () => {
	const random = seededRandom(14);
	const whole = file(box('moov', short(600, 3_150), box('trak', Buffer.alloc(50))), MDAT);
	for (let round = 0; round < 5_000; round++) {
		const broken = Buffer.from(whole.subarray(0, Math.ceil(random() * whole.length)));
		for (let hit = 0; hit < 4; hit++)
			broken[Math.floor(random() * Math.min(broken.length, 160))] = Math.floor(random() * 256);
		const seconds = readMp4Seconds(broken);
		expect(seconds === undefined || (Number.isFinite(seconds) && seconds > 0)).toBe(true);
	}
	expect(readMp4Seconds(Buffer.concat(Array(200_000).fill(box('free'))))).toBeUndefined();
});
