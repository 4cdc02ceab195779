import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { errorText } from '../../../tools/install/errorText';
import { type BuiltPackage, placePackage } from '../../../tools/install/placePackage';

const NAME = 'n8n-nodes-cometapi-runway';

let top: string;
let folder: string;
let built: BuiltPackage;

beforeEach(() => {
	top = mkdtempSync(join(tmpdir(), 'place-'));
	folder = join(top, '.n8n', 'nodes');
	const root = join(top, 'source');
	write(root, { 'package.json': '{"version":"2.0.0"}', 'dist/a.js': 'new', 'test/t.ts': 'no' });
	built = { name: NAME, version: '2.0.0', root, files: ['package.json', 'dist/a.js'] };
});

afterEach(() => rmSync(top, { recursive: true, force: true }));

function write(root: string, files: Record<string, string>): void {
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), content);
	}
}

/** All files below the folder, hidden ones included. */
function content(root: string): Record<string, string> {
	const entries = readdirSync(root, { recursive: true, withFileTypes: true });
	const files = entries.filter((each) => each.isFile());
	return Object.fromEntries(
		files.map(({ parentPath, name }) => {
			const path = join(parentPath, name);
			return [path.slice(root.length + 1), readFileSync(path, 'utf8')];
		}),
	);
}

/** What n8n has left there: a package of its own, one that it does not list, and an earlier version of ours. */
const BEFORE = {
	'package.json':
		'{"name":"installed-nodes","private":true,"dependencies":{"n8n-nodes-a":"1.0.0"}}',
	'node_modules/n8n-nodes-a/package.json': '{"version":"1.0.0"}',
	'node_modules/n8n-nodes-a/node_modules/dep/index.js': 'dep',
	'node_modules/n8n-nodes-stray/package.json': '{}',
	[`node_modules/${NAME}/package.json`]: '{"version":"1.0.0"}',
	[`node_modules/${NAME}/dist/old.js`]: 'old',
};
const OURS = {
	[`node_modules/${NAME}/package.json`]: '{"version":"2.0.0"}',
	[`node_modules/${NAME}/dist/a.js`]: 'new',
};
const listed = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8')) as unknown;

it('is put into a folder that is not there yet', () => {
	expect(placePackage(folder, built)).toBeUndefined();
	const { 'package.json': list, ...files } = content(folder);
	expect(files).toEqual(OURS);
	expect(JSON.parse(list)).toEqual({
		name: 'installed-nodes',
		private: true,
		dependencies: { [NAME]: '2.0.0' },
	});
});

it('takes the place of an earlier version, and touches nothing else', () => {
	write(folder, BEFORE);
	expect(placePackage(folder, built)).toBe('1.0.0');
	const kept = Object.entries(BEFORE).filter(
		([path]) => path !== 'package.json' && !path.includes(NAME),
	);
	const { 'package.json': list, ...files } = content(folder);
	expect(files).toEqual({ ...Object.fromEntries(kept), ...OURS });
	expect(JSON.parse(list)).toEqual({
		name: 'installed-nodes',
		private: true,
		dependencies: { 'n8n-nodes-a': '1.0.0', [NAME]: '2.0.0' },
	});
});

it.each([
	['broken', () => write(folder, { [`node_modules/${NAME}/package.json`]: '{' })],
	[
		'a link to nowhere',
		() => {
			mkdirSync(join(folder, 'node_modules'), { recursive: true });
			symlinkSync(join(top, 'gone'), join(folder, 'node_modules', NAME));
		},
	],
])('takes the place of one that is %s', (_what, prepare) => {
	prepare();
	expect(placePackage(folder, built)).toBeUndefined();
	expect(content(folder)).toMatchObject(OURS);
});

it('is there whole or not at all: what was there before stays when a file is missing', () => {
	write(folder, BEFORE);
	expect(() => placePackage(folder, { ...built, files: [...built.files, 'gone.js'] })).toThrow(
		'gone.js',
	);
	expect(content(folder)).toEqual(BEFORE);
	expect(readdirSync(folder).sort()).toEqual(['node_modules', 'package.json']);
});

it('puts the earlier version back when the new one can not take its place', () => {
	write(folder, BEFORE);
	// Nothing to copy: the new one is then no folder that could be moved.
	expect(() => placePackage(folder, { ...built, files: [] })).toThrow('ENOENT');
	expect(content(folder)).toEqual(BEFORE);
});

it('leaves a list alone that it can not read', () => {
	write(folder, { ...BEFORE, 'package.json': 'no JSON' });
	expect(() => placePackage(folder, built)).toThrow(
		`${join(folder, 'package.json')} can't be read as a package.json: mend it`,
	);
	expect(content(folder)).toEqual({ ...BEFORE, 'package.json': 'no JSON' });
});

it('keeps what else the list says', () => {
	write(folder, { 'package.json': '{"name":"mine","license":"ISC"}' });
	placePackage(folder, built);
	expect(listed('package.json')).toEqual({
		name: 'mine',
		license: 'ISC',
		dependencies: { [NAME]: '2.0.0' },
	});
	expect(existsSync(join(folder, 'node_modules', NAME))).toBe(true);
});

it.each([
	[Object.assign(new Error('EACCES: denied'), { code: 'EACCES' }), 'as the user that n8n runs as'],
	[
		Object.assign(new Error('EROFS: read-only'), { code: 'EROFS' }),
		"/n can't be written to (EROFS",
	],
	[new Error('npm is missing'), 'npm is missing'],
])('says what to do about %s', (error, text) => {
	expect(errorText(error, '/n')).toContain(text);
});
