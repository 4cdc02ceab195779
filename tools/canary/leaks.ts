import { existsSync } from 'node:fs';
import { type Finding, findIn, findInObject } from './find';
import { findInFolder } from './files';
import { SECRETS, type Secret } from './secrets';

/** Secrets that were found since the last look, by what and where. */
const leaks = new Set<string>();

/** Looks for the secrets in a text or in bytes; what is found is kept until the next look at the leaks. */
export function examine(
	where: string,
	content: string | Buffer,
	secrets: Secret[] = SECRETS,
): void {
	note(where, findIn(content, secrets));
}

/** The same, anywhere in an object. */
export function examineObject(where: string, value: unknown): void {
	note(where, findInObject(value));
}

/** The same, in all files below a folder. */
export function examineFolder(where: string, folder: string): void {
	note(where, findInFolder(folder));
}

const folders = new Set<string>();

/** Has a folder examined by `examineFolders`. */
export function watchFolder(folder: string): void {
	folders.add(folder);
}

/** Looks into the watched folders that still exist. */
export function examineFolders(): void {
	for (const folder of folders) if (existsSync(folder)) examineFolder('a file', folder);
}

function note(where: string, findings: Finding[]): void {
	for (const { what, path } of findings)
		leaks.add(`${what} is in ${where}${path ? `: ${path}` : ''}`);
}

/** What has been found, which is forgotten by that. */
export function takeLeaks(): string[] {
	const taken = [...leaks];
	leaks.clear();
	return taken;
}

/** @throws when something has been found, with what and where */
export function throwLeaks(): void {
	const taken = takeLeaks();
	if (taken.length > 0) throw new Error(`Leaked:\n${taken.map((leak) => `  ${leak}`).join('\n')}`);
}
