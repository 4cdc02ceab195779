import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command';
import { n8nInstallation } from './paths';

let installed: Promise<void> | undefined;

/**
 * Installs n8n into test/e2e/n8n when it is not there in the version of the lockfile. Most of n8n's native
 * dependencies compile or download something in their install scripts, and none but SQLite is needed here:
 * scripts are off (.npmrc), and that one is run explicitly.
 */
export async function ensureN8nInstalled(): Promise<void> {
	installed ??= install();
	await installed;
}

async function install(): Promise<void> {
	const stamp = join(n8nInstallation, 'node_modules', '.installed-lock-sha256');
	const lock = readFileSync(join(n8nInstallation, 'package-lock.json'));
	const lockHash = createHash('sha256').update(lock).digest('hex');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash) return;

	console.log('Installing n8n for the end-to-end tests (2.7 GB): 3 to 7 minutes, once.');
	const npm = async (...args: string[]) =>
		await runCommand('npm', [...args, '--loglevel=error'], { cwd: n8nInstallation, label: `npm ${args[0]}` });
	await npm('ci', '--no-audit', '--no-fund');
	await npm('rebuild', 'sqlite3', '--ignore-scripts=false');
	writeFileSync(stamp, lockHash);
}
