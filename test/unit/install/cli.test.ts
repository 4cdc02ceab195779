import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

// A process of its own takes a second to start, and several on a busy machine.
jest.setTimeout(30_000);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'install-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function install(args: string[], env: Record<string, string> = {}) {
	const cli = ['--import', 'tsx', 'tools/install/cli.ts', ...args];
	return spawnSync(process.execPath, cli, {
		cwd: ROOT,
		encoding: 'utf8',
		env: { PATH: process.env.PATH, HOME: folder, ...env },
	});
}

it('installs nothing where n8n has never been, and says so', () => {
	const { status, stderr } = install([]);
	expect(stderr).toContain(`Nothing was installed: ${folder} is no user folder of n8n`);
	expect(status).toBe(1);
});

it('installs nothing without npm, and says so', () => {
	mkdirSync(join(folder, '.n8n'));
	const { status, stderr } = install([folder], { PATH: folder });
	expect(stderr).toContain('Nothing was installed: npm is missing');
	expect(status).toBe(1);
});

it.each([
	[['one', 'two'], 'One folder at most, not one two'],
	[['--fast'], "Unknown option '--fast'"],
])('refuses %j with the usage and exit code 2', (args, message) => {
	const { status, stderr } = install(args);
	expect(stderr).toContain(message);
	expect(stderr).toContain('Usage: npm run install:n8n');
	expect(status).toBe(2);
});
