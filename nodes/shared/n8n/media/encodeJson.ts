import { randomUUID } from 'node:crypto';
import { DataUri } from './dataUri';

/**
 * Three bytes are four characters of base64: slices of a file end where their characters do. Small ones, since V8
 * soon frees a small text, and lets texts of 100 KB and more pile up (16 MB in such slices: 20 MB at the peak).
 */
const SLICE_BYTES = 3 * 4 * 1024;

/**
 * The JSON of a request's body in UTF-8, with a data URI in place of each `DataUri` in it. The base64 is written
 * right where it is sent from: beside the files, which may be large, this takes what is sent and no more.
 */
export function encodeJson(body: object): Buffer {
	const files: DataUri[] = [];
	// Stands for a file meanwhile. Nobody can have written it into a field, as it is made just now.
	const mark = randomUUID();
	const json = JSON.stringify(body, (_key, value: unknown) => {
		if (!(value instanceof DataUri)) return value;
		files.push(value);
		return mark;
	});
	const texts = json
		.split(mark)
		.map((text, index) => (index < files.length ? text + headOf(files[index]) : text));
	const target = Buffer.allocUnsafe(
		sum(texts.map((text) => Buffer.byteLength(text))) + sum(files.map(base64Length)),
	);
	let at = 0;
	texts.forEach((text, index) => {
		at += target.write(text, at);
		if (index < files.length) at = writeBase64(files[index].content, target, at);
	});
	return target;
}

/** A data URI up to its content, as it stands in JSON. */
function headOf({ mimeType }: DataUri): string {
	return JSON.stringify(`data:${mimeType};base64,`).slice(1, -1);
}

function base64Length({ content }: DataUri): number {
	return Math.ceil(content.length / 3) * 4;
}

function writeBase64(content: Buffer, target: Buffer, start: number): number {
	let at = start;
	for (let from = 0; from < content.length; from += SLICE_BYTES) {
		at += target.write(content.toString('base64', from, from + SLICE_BYTES), at, 'latin1');
	}
	return at;
}

function sum(numbers: number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
