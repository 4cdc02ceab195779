import { filesFolder, removeEngineFolder } from './environment';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import { existsSync, mkdtempSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { getService, securitySettings } from './services';

/** Binary data goes to files, as n8n has it by default. */
export async function storeBinaryDataInFiles(): Promise<void> {
	getService(BinaryDataConfig).mode = 'filesystem';
	await getService(BinaryDataService).init();
}

/** The n8n service that keeps binary data. */
export function binaryDataService(): BinaryDataService {
	return getService(BinaryDataService);
}

/** The files in n8n's binary store, what is being written among them, by their paths. */
export function listStoredFiles(): string[] {
	const { localStoragePath } = getService(BinaryDataConfig);
	if (!existsSync(localStoragePath)) return [];
	return readdirSync(localStoragePath, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

/**
 * Lets nodes (*Read/Write Files from Disk*) use a folder, as an administrator does with
 * `N8N_RESTRICT_FILE_ACCESS_TO`. n8n refuses every `.git` folder all the same.
 *
 * @param folder an existing folder; whatever is below it is allowed too
 * @returns its real path, the one to name in node parameters
 * @throws ENOENT when the folder does not exist
 */
export function allowFileAccess(folder: string): string {
	const realFolder = realpathSync(folder);
	const security = securitySettings();
	security.restrictFileAccessTo = `${security.restrictFileAccessTo};${realFolder}`;
	return realFolder;
}

/** A new empty folder that nodes may read and write; removed by `disposeEngine`. */
export function createFilesFolder(): string {
	return mkdtempSync(join(filesFolder, 'run-'));
}

/**
 * Removes every file the engine made. Call it once, when no run is under way and none will
 * follow: in jest from `afterAll`; elsewhere the end of the process does it as well.
 */
export function disposeEngine(): void {
	removeEngineFolder();
}
