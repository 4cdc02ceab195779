/**
 * The process environment n8n-core runs in. It must be the first import of the harness: n8n's
 * settings are read from the environment once, when n8n-core is loaded.
 */
import 'reflect-metadata';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { types } from 'node:util';
import { watchFolder } from '../canary';

/**
 * Jest gives test files a realm of their own, where an ENOENT of node:fs is no `instanceof Error`.
 * n8n asks just that before it creates a file, so errors of either realm must count.
 */
function acceptErrorsOfNode(): void {
	try {
		statSync('');
	} catch (error) {
		if (error instanceof Error) return;
	}
	const isInstance = Function.prototype[Symbol.hasInstance];
	Object.defineProperty(Error, Symbol.hasInstance, {
		value(this: unknown, value: unknown) {
			return isInstance.call(this, value) || (this === Error && types.isNativeError(value));
		},
	});
}

acceptErrorsOfNode();

/** An n8n that happens to be configured on this machine must not reach into the tests. */
for (const name of Object.keys(process.env)) {
	if (name.startsWith('N8N_') && name !== 'N8N_LOG_LEVEL') delete process.env[name];
}

// Resolved, because n8n compares real paths when it decides about file access.
const engineFolder = realpathSync(mkdtempSync(join(tmpdir(), 'n8n-engine-')));

/** Where nodes may read and write files; everything below it is gone after `removeEngineFolder`. */
export const filesFolder = join(engineFolder, 'files');
mkdirSync(filesFolder);
watchFolder(engineFolder);

process.env.N8N_USER_FOLDER = engineFolder;
process.env.N8N_RESTRICT_FILE_ACCESS_TO = filesFolder;
process.env.N8N_LOG_LEVEL ??= 'silent';

/** Removes n8n's user folder: its binary data and the files folder. */
export function removeEngineFolder(): void {
	rmSync(engineFolder, { recursive: true, force: true });
}

// Under jest this hook never fires (its `process` is a copy): tests call `disposeEngine`.
process.on('exit', removeEngineFolder);
