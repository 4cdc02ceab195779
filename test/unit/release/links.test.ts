import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { absoluteLinks, relativeTargets } from '../../../tools/release/links';

const ROOT = join(__dirname, '../../..');
const ADDRESS = { web: 'https://github.com/o/n', raw: 'https://raw.githubusercontent.com/o/n' };
const WEB = 'https://github.com/o/n';
const RAW = 'https://raw.githubusercontent.com/o/n';

it.each([
	['a page', '[a](docs/a.md)', `[a](${WEB}/blob/v1.0.0/docs/a.md)`],
	['a section of it', '[a](docs/a.md#b)', `[a](${WEB}/blob/v1.0.0/docs/a.md#b)`],
	['a file at the top', '[MIT](./LICENSE)', `[MIT](${WEB}/blob/v1.0.0/LICENSE)`],
	['a folder', '[e](examples/)', `[e](${WEB}/tree/v1.0.0/examples/)`],
	['with a title', '[a](a.md "A b")', `[a](${WEB}/blob/v1.0.0/a.md "A b")`],
	['a picture', '![p](docs/p.png)', `![p](${RAW}/v1.0.0/docs/p.png)`],
	[
		'a picture that is a link',
		'[![p](p.svg)](a.md)',
		`[![p](${RAW}/v1.0.0/p.svg)](${WEB}/blob/v1.0.0/a.md)`,
	],
	['code as the text', '[`a`](a.md)', '[`a`]' + `(${WEB}/blob/v1.0.0/a.md)`],
	['a reference', '[a]: a.md\n', `[a]: ${WEB}/blob/v1.0.0/a.md\n`],
	['HTML', '<img src="p.png" alt="">', `<img src="${RAW}/v1.0.0/p.png" alt="">`],
])('%s gets an absolute address', (_what, markdown, expected) => {
	expect(absoluteLinks(markdown, ADDRESS, 'v1.0.0')).toBe(expected);
});

it.each([
	'[a](https://example.com/a.md)',
	'[a](#section)',
	'[a](mailto:a@example.com)',
	'`[a](a.md)`',
	'```\n[a](a.md)\n```',
	'words (a.md)',
])('%s stays as it is', (markdown) => {
	expect(absoluteLinks(markdown, ADDRESS, 'v1.0.0')).toBe(markdown);
	expect(relativeTargets(markdown)).toEqual([]);
});

it('nothing in the README is left that works in the repository alone, and all of it is there', () => {
	const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
	const targets = relativeTargets(readme);
	expect(targets.length).toBeGreaterThan(5);
	expect(targets.filter((target) => !existsSync(join(ROOT, target)))).toEqual([]);
	expect(relativeTargets(absoluteLinks(readme, ADDRESS, 'v1.0.0'))).toEqual([]);
});
