import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command';
import { serversInstallation } from './paths';

const installing = new Map<string, Promise<void>>();

/**
 * Installs n8n into its folder when it is not there in the version of the lockfile. Most of n8n's native
 * dependencies compile or download something in their install scripts, and none but SQLite is needed here:
 * scripts are off (.npmrc), and that one is run explicitly.
 */
export async function ensureN8nInstalled(installation: string): Promise<void> {
	await installOnce(installation, 'n8n for the end-to-end tests (2.7 GB): 3 to 7 minutes', [
		'sqlite3',
	]);
}

/** Installs the npm registry and the S3 server that some suites start. */
export async function ensureServersInstalled(): Promise<void> {
	await installOnce(
		serversInstallation,
		'an npm registry and an S3 server (70 MB): a quarter of a minute',
	);
}

async function installOnce(
	folder: string,
	what: string,
	withScripts: string[] = [],
): Promise<void> {
	if (!installing.has(folder)) installing.set(folder, install(folder, what, withScripts));
	await installing.get(folder);
}

async function install(folder: string, what: string, withScripts: string[]): Promise<void> {
	const stamp = join(folder, 'node_modules', '.installed-lock-sha256');
	const lock = readFileSync(join(folder, 'package-lock.json'));
	const lockHash = createHash('sha256').update(lock).digest('hex');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash) return;

	console.log(`Installing ${what}, once.`);
	const npm = async (...args: string[]) =>
		await runCommand(process.execPath, [join(__dirname, 'npm.mjs'), ...args, '--loglevel=error'], {
			cwd: folder,
			label: `npm ${args[0]}`,
		});
	await npm('ci', '--no-audit', '--no-fund');
	for (const name of withScripts) await npm('rebuild', name, '--ignore-scripts=false');
	writeFileSync(stamp, lockHash);
}
