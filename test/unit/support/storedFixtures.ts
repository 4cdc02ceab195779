import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { version } from '../../../package.json';

/** What each version of this package has stored: test/stored/<version>/<name>.json. */
const FOLDER = join(__dirname, '..', '..', 'stored');

/** The versions that have left something. */
export const versions = (): string[] => readdirSync(FOLDER);

/** What a version has stored under a name. */
export function readStored(of: string, name: string): unknown {
	return JSON.parse(readFileSync(join(FOLDER, of, `${name}.json`), 'utf8'));
}

/**
 * Compares what today's code stores with the fixture of today's version, by its shape; fails where there is none. With
 * WRITE_STORED=1 in the environment it becomes the fixture: to be committed with the release.
 *
 * @param whole what is kept in the fixture
 * @param ours the part of such a thing that this package writes
 */
export function expectStoredAsBefore<Whole>(
	name: string,
	whole: Whole,
	ours: (whole: Whole) => unknown,
	schema: z.ZodType<Whole>,
): void {
	const file = join(FOLDER, version, `${name}.json`);
	if (process.env.WRITE_STORED === '1') {
		mkdirSync(join(FOLDER, version), { recursive: true });
		writeFileSync(file, `${JSON.stringify(whole, null, '\t')}\n`);
	}
	const known = schema.parse(readStored(version, name));
	expect(shapeOf(ours(whole))).toEqual(shapeOf(ours(known)));
}

/** A ledger's keys and a trigger's differ from one execution, and one node, to the next. */
const keyShape = (key: string): string =>
	key.replace(/^\d+:[\w-]{43}$/, 'item:hash').replace(/^(cometApiRunwayTrigger:).+$/, '$1id');

/** The names and types in a JSON value; of a list, those of its entries, each once. */
export function shapeOf(value: unknown): unknown {
	if (Array.isArray(value)) {
		const shapes = new Map(value.map((each) => [JSON.stringify(shapeOf(each)), shapeOf(each)]));
		return [...shapes.keys()].sort().map((key) => shapes.get(key));
	}
	if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
	const fields = Object.entries(value).map(([key, field]) => [keyShape(key), shapeOf(field)]);
	return Object.fromEntries(
		fields.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
	);
}

/** What a field may turn out to be; `undefined` is none at all. */
const GARBAGE: unknown[] = [undefined, null, 'garbage', -1, 1e300, {}, [], [null], { taskId: 7 }];

/** All paths to values in a JSON value, the root's (empty) one first. */
function pathsIn(value: unknown, path: string[] = []): string[][] {
	const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
	return [path, ...fields.flatMap(([key, field]) => pathsIn(field, [...path, key]))];
}

/** A copy in which something else stands at a path. */
function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
	if (key === undefined) return by;
	const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
	Reflect.set(copy, key, replaced(Reflect.get(copy, key), rest, by));
	return copy;
}

/** The same value over and over, each time with garbage in another place. */
export function spoilt(value: unknown, garbage = GARBAGE): Array<[place: string, spoilt: unknown]> {
	return pathsIn(value).flatMap((path) =>
		garbage.map((by): [string, unknown] => [
			`${path.join('.')} = ${JSON.stringify(by)}`,
			replaced(value, path, by),
		]),
	);
}

/** The same value with a field of a later version in every object. */
export function withLaterFields(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withLaterFields);
	if (typeof value !== 'object' || value === null) return value;
	const fields = Object.entries(value).map(([key, field]) => [key, withLaterFields(field)]);
	return { ...Object.fromEntries(fields), ofALaterVersion: [{ a: 1 }] };
}
