import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../../..');

// A process of its own takes a second to start, and several on a busy machine.
jest.setTimeout(60_000);

const MANIFEST = {
	name: 'n8n-nodes-x',
	version: '1.0.0',
	license: 'MIT',
	author: { name: 'Ada', email: 'ada@studio.dev' },
	homepage: 'https://www.npmjs.com/package/n8n-nodes-x',
	files: ['dist'],
	n8n: { nodes: ['dist/X.node.js'], credentials: [] },
};
const repository = { type: 'git', url: 'git+https://github.com/ada/n8n-nodes-x.git' };

let clone: string;

beforeEach(() => {
	clone = mkdtempSync(join(tmpdir(), 'release-'));
	git('init', '--quiet');
	commit({
		'.gitignore': 'dist/\nrelease/\n',
		'package.json': JSON.stringify(MANIFEST),
		'CHANGELOG.md': '## [Unreleased]\n\n- All.\n',
		'README.md': '[a](docs/a.md) ![p](docs/p.png)',
		'docs/a.md': 'a',
		'docs/p.png': 'p',
	});
	write({ 'dist/X.node.js': 'x', 'dist/bundle.js': 'b' });
});

afterEach(() => rmSync(clone, { recursive: true, force: true }));

function git(...args: string[]): void {
	const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@studio.dev'];
	execFileSync('git', [...identity, ...args], { cwd: clone });
}

function write(files: Record<string, string>): void {
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(dirname(join(clone, path)), { recursive: true });
		writeFileSync(join(clone, path), content);
	}
}

function commit(files: Record<string, string>): void {
	write(files);
	git('add', '--all');
	git('commit', '--quiet', '--message', 'Change');
}

function run(...args: string[]) {
	const cli = ['--import', 'tsx', 'tools/release/cli.ts', ...args];
	return spawnSync(process.execPath, cli, { cwd: ROOT, encoding: 'utf8' });
}

it('check says what is missing, and passes once it is there', () => {
	const before = run('check', '--root', clone);
	expect(before.stderr).toContain("n8n-nodes-x 1.0.0 can't be published yet:");
	expect(before.stderr).toContain('- package.json does not say where the public repository is');
	expect(before.stderr).toContain('- CHANGELOG.md has no section "## [1.0.0]');
	expect(before.status).toBe(1);

	commit({
		'package.json': JSON.stringify({ ...MANIFEST, repository }),
		'CHANGELOG.md': '## [1.0.0] - 2026-12-01\n\n- All.\n',
	});
	const after = run('check', '--root', clone);
	expect(after.stdout).toContain('n8n-nodes-x 1.0.0 is ready to be published.');
	expect(after.stdout).toContain('git tag v1.0.0 && git push origin v1.0.0');
	expect(after.status).toBe(0);

	git('tag', 'v1.0.1');
	expect(run('check', '--root', clone).stderr).toContain('- The tag is v1.0.1, but package.json');
	expect(run('check', '--root', clone, '--tag', 'v1.0.0').status).toBe(0);
	write({ 'docs/a.md': 'b' });
	expect(run('check', '--root', clone, '--tag', 'v1.0.0').stderr).toContain(
		'- Not committed: docs/a.md.',
	);
});

it('pack lays out what npm and n8n read, with addresses made from the one', () => {
	const into = join(clone, 'release');
	const before = run('pack', '--root', clone, '--into', into);
	expect(before.stderr).toContain('package.json does not say where the public repository is');
	expect(before.status).toBe(1);

	commit({ 'package.json': JSON.stringify({ ...MANIFEST, repository }) });
	write({ 'release/left.js': 'from the last time' });
	expect(run('pack', '--root', clone, '--into', into).status).toBe(0);
	expect(JSON.parse(readFileSync(join(into, 'package.json'), 'utf8'))).toEqual({
		...MANIFEST,
		repository,
		homepage: 'https://github.com/ada/n8n-nodes-x#readme',
		bugs: { url: 'https://github.com/ada/n8n-nodes-x/issues' },
	});
	expect(readFileSync(join(into, 'README.md'), 'utf8')).toBe(
		'[a](https://github.com/ada/n8n-nodes-x/blob/v1.0.0/docs/a.md) ' +
			'![p](https://raw.githubusercontent.com/ada/n8n-nodes-x/v1.0.0/docs/p.png)',
	);
	const pack = ['pack', '--dry-run', '--json'];
	const [{ files }] = JSON.parse(execFileSync('npm', pack, { cwd: into, encoding: 'utf8' })) as [
		{ files: Array<{ path: string }> },
	];
	expect(files.map(({ path }) => path).sort()).toEqual([
		'README.md',
		'dist/X.node.js',
		'dist/bundle.js',
		'package.json',
	]);
});

it.each([
	[[], 'check or pack, not ""'],
	[['publish'], 'check or pack, not "publish"'],
	[['check', '--fast'], "Unknown option '--fast'"],
])('refuses %j with the usage and exit code 2', (args, message) => {
	const { status, stderr } = run(...args);
	expect(stderr).toContain(message);
	expect(stderr).toContain('Usage: npm run release:check');
	expect(status).toBe(2);
});
