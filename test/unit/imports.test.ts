import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..', '..');
const files = globSync(['{nodes,credentials,tools,bench,scripts}/**/*.ts', 'test/**/*.ts'], {
	cwd: ROOT,
	exclude: (path) => path.endsWith('node_modules'),
});
const known = new Set(files);

/** What a file imports, types included: files by their path from the root, packages by their name. */
function importsOf(file: string): string[] {
	const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, file), 'utf8'));
	return importedFiles.map(({ fileName }) => {
		if (!fileName.startsWith('.')) return fileName;
		const path = relative(ROOT, join(ROOT, dirname(file), fileName));
		return [`${path}.ts`, join(path, 'index.ts')].find((each) => known.has(each)) ?? path;
	});
}

const imports = new Map(files.map((file) => [file, importsOf(file)]));

/** Each rule: files in this room import nothing but what is in one of those. */
const ROOMS: Array<[room: string, allowed: RegExp]> = [
	['nodes/shared/http/', /^(nodes\/shared\/http\/|zod$)/],
	['nodes/shared/task/', /^(nodes\/shared\/(http|task)\/|zod$)/],
	['nodes/shared/n8n/', /^(nodes\/shared\/|zod$|n8n-workflow$|node:crypto$)/],
	...['CometApiRunway', 'CometApiRunwayWait', 'CometApiRunwayTrigger'].map(
		(node): [string, RegExp] => [
			`nodes/${node}/`,
			new RegExp(`^(nodes/${node}/|nodes/shared/|zod$|n8n-workflow$|node:crypto$)`),
		],
	),
	['credentials/', /^n8n-workflow$/],
	['tools/', /^(?!test\/|bench\/|scripts\/)/],
	['bench/', /^(?!test\/|scripts\/)/],
	['scripts/', /^(?!test\/|bench\/)/],
	['test/', /^(?!bench\/|scripts\/)/],
];

it.each(ROOMS)('%s imports only what lies below it', (room, allowed) => {
	const inRoom = files.filter((file) => file.startsWith(room));
	expect(inRoom).not.toEqual([]);
	const strangers = inRoom.flatMap((file) =>
		importsOf(file)
			.filter((path) => !allowed.test(path))
			.map((path) => `${file} → ${path}`),
	);
	expect(strangers).toEqual([]);
});

it('there is no circle of imports anywhere', () => {
	const done = new Set<string>();
	const circles: string[] = [];
	const walk = (file: string, way: string[]): void => {
		if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
		if (done.has(file) || way.includes(file)) return;
		for (const next of imports.get(file) ?? []) walk(next, [...way, file]);
		done.add(file);
	};
	for (const file of files) walk(file, []);
	expect(circles).toEqual([]);
});

it('no two files of the product export the same name', () => {
	const exporters = new Map<string, string[]>();
	for (const file of files.filter((each) => each.startsWith('nodes/'))) {
		const text = readFileSync(join(ROOT, file), 'utf8');
		for (const [, name] of text.matchAll(
			/^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm,
		)) {
			exporters.set(name, [...(exporters.get(name) ?? []), file]);
		}
	}
	expect(exporters.size).toBeGreaterThan(100);
	expect([...exporters].filter(([, where]) => where.length > 1)).toEqual([]);
});
