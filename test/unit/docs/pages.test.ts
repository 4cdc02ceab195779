import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROUTES } from '../../../nodes/CometApiRunway/models/routes';
import manifest from '../../../package.json';
import { relativeLinks } from '../../../tools/release/links';

const ROOT = join(__dirname, '../../..');
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

const pages = execFileSync(
	'git',
	['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
	{
		cwd: ROOT,
		encoding: 'utf8',
	},
)
	.split('\n')
	.filter((page) => page !== '' && existsSync(join(ROOT, page)));

/** The sections of a page, as GitHub names them in addresses. */
const sectionsOf = (markdown: string): string[] =>
	[...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}_ -]/gu, '')
			.replaceAll(' ', '-'),
	);

/** The section within the page itself that a link names. */
const ownSections = (markdown: string) =>
	[...markdown.matchAll(/\]\(#([^)]+)\)/g)].map(([, section]) => section);

test('there are pages to look at', () => {
	expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/fields.md', 'SECURITY.md']));
});

test.each(pages)('what %s links to is there', (page) => {
	const markdown = read(page);
	const dead = relativeLinks(markdown).filter((target) => {
		const [path, section] = target.split('#');
		const file = join(dirname(page), path);
		if (!existsSync(join(ROOT, file))) return true;
		return section !== undefined && !sectionsOf(read(file)).includes(section);
	});
	const deadHere = ownSections(markdown).filter((name) => !sectionsOf(markdown).includes(name));
	expect([...dead, ...deadHere]).toEqual([]);
});

test('every picture is shown by a page', () => {
	const shown = pages.flatMap((page) =>
		relativeLinks(read(page)).map((target) => join(dirname(page), target)),
	);
	const pictures = readdirSync(join(ROOT, 'docs/images')).map((name) => `docs/images/${name}`);
	expect(pictures.filter((picture) => !shown.includes(picture))).toEqual([]);
});

test('every script that a page names is there', () => {
	const named = pages.flatMap((page) =>
		[...read(page).matchAll(/npm run ([a-z0-9:]+)/g)].map(([, script]) => script),
	);
	expect(named.length).toBeGreaterThan(20);
	expect(named.filter((script) => !(script in manifest.scripts))).toEqual([]);
});

describe('the README', () => {
	const readme = read('README.md');

	test('can be read in one go', () => {
		expect(readme.split(/\s+/).length).toBeLessThanOrEqual(900);
	});

	test('counts the models', () => {
		const models = Object.values(ROUTES).flatMap((route) => Object.keys(route.models));
		expect(readme).toContain(` ${new Set(models).size} models`);
	});

	test('has two commands of its own, demo and test', () => {
		const blocks = [...readme.matchAll(/^```sh\n([\s\S]*?)\n```$/gm)].map(([, text]) => text);
		expect(blocks).toEqual(['npm run demo', 'npm test']);
	});
});
