import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtPackage } from './builtPackage';
import { errorText } from './errorText';
import { nodesFolder } from './nodesFolder';
import { placePackage } from './placePackage';
import { readOrExplain } from '../readOrExplain';

const USAGE = `Usage: npm run install:n8n -- [user folder]

  Installs this package, built from source, into the n8n on this machine.

  user folder  the one that has n8n's .n8n in it, or that itself; default N8N_USER_FOLDER, or your home directory`;

const ROOT = join(__dirname, '..', '..');
const EXIT_FAILED = 1;

/** @throws {Error} whose message says which argument is wrong */
function readArguments(): string | undefined {
	const { positionals } = parseArgs({ allowPositionals: true, options: {} });
	if (positionals.length > 1) throw new Error(`One folder at most, not ${positionals.join(' ')}`);
	return positionals[0];
}

function install(folder: string): void {
	const built = builtPackage(ROOT);
	const before = placePackage(folder, built);
	const instead = before ? `, in the place of ${before}` : '';
	console.log(`Installed ${built.name} ${built.version} in ${folder}${instead}.
Restart n8n: its nodes are found by a search for "CometAPI".
n8n lists under Settings → Community nodes only what was installed there, so this is not in that list.`);
}

function main(): void {
	const asked = readOrExplain(readArguments, USAGE);
	if (!asked) return;
	let folder = asked.given ?? '';
	try {
		folder = nodesFolder(asked.given, { env: process.env, home: homedir(), exists: existsSync });
		install(folder);
	} catch (error) {
		console.error(`Nothing was installed: ${errorText(error, folder)}`);
		process.exitCode = EXIT_FAILED;
	}
}

main();
