import { CANARY_FILM, SECRETS, type Secret } from './secrets';

/** A secret that was found: which one and in which form, and where in an object. */
export interface Finding {
	what: string;
	path?: string;
}

/** What of the secrets is in a text or in bytes. */
export function findIn(content: string | Buffer, secrets: Secret[] = SECRETS): Finding[] {
	return secrets.flatMap(({ name, forms }) =>
		forms
			.filter(({ text }) => content.includes(text))
			.map(({ form }) => ({ what: `${name} (${form})` })),
	);
}

/** What of the secrets is anywhere in an object, also where JSON would leave it out. */
export function findInObject(root: unknown, secrets: Secret[] = SECRETS): Finding[] {
	const findings: Finding[] = [];
	for (const { path, content, isBinaryField } of contentsOf(root)) {
		const lookedFor = isBinaryField ? secrets.filter((secret) => secret !== CANARY_FILM) : secrets;
		for (const { what } of findIn(content, lookedFor)) findings.push({ what, path });
	}
	return findings;
}

interface Content {
	path: string;
	content: string | Buffer;
	/** The bytes of an item's binary field, which n8n keeps there as base64 in its mode `default`. */
	isBinaryField?: boolean;
}

/** Every text and every Buffer that can be reached, property names included; accessors are not called. */
function* contentsOf(root: unknown): Generator<Content> {
	const seen = new Set<object>();
	const left: Array<{ path: string; value: unknown; parent?: object }> = [
		{ path: '', value: root },
	];
	for (let next = left.pop(); next; next = left.pop()) {
		const { path, value, parent } = next;
		if (typeof value === 'string')
			yield { path, content: value, isBinaryField: isBinaryField(path, parent) };
		if (typeof value !== 'object' || value === null || seen.has(value)) continue;
		seen.add(value);
		if (ArrayBuffer.isView(value)) {
			yield { path, content: Buffer.from(value.buffer, value.byteOffset, value.byteLength) };
			continue;
		}
		for (const [name, inside] of entriesOf(value)) {
			yield { path: `${path}, a property's name`, content: name };
			left.push({ path: `${path}.${name}`, value: inside, parent: value });
		}
	}
}

function* entriesOf(value: object): Generator<[string, unknown]> {
	for (const [name, { value: inside }] of Object.entries(Object.getOwnPropertyDescriptors(value)))
		yield [name, inside];
	for (const symbol of Object.getOwnPropertySymbols(value)) {
		yield [String(symbol), Object.getOwnPropertyDescriptor(value, symbol)?.value];
	}
	if (value instanceof Map || value instanceof Set) yield ['entries', [...value]];
}

/** `….binary.<name>.data` of something with a MIME type. */
function isBinaryField(path: string, parent: object | undefined): boolean {
	return /\.binary\.[^.]+\.data$/.test(path) && parent !== undefined && 'mimeType' in parent;
}
