import {
	cpSync,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** A package that is built, and what of it is to be installed. */
export interface BuiltPackage {
	name: string;
	version: string;
	/** Where it lies. */
	root: string;
	/** What npm would publish: paths from there. */
	files: string[];
}

/** n8n's list of what it has put into the folder, which npm takes for the folder's package.json. */
const ledger = z.object({ dependencies: z.record(z.string()).default({}) }).passthrough();
const EMPTY_LEDGER = { name: 'installed-nodes', private: true, dependencies: {} };
const versioned = z.object({ version: z.string() });

/**
 * Puts a package without runtime dependencies into n8n's folder of community packages, as n8n's own service does
 * (CommunityPackagesService.downloadPackage): its files into node_modules, its version into package.json. Nothing else
 * in there is touched, whereas `npm install` removes packages that package.json does not list, though n8n loads them.
 * The files are complete before they take the place of an earlier version.
 *
 * @param folder `.n8n/nodes`; made when it is missing
 * @returns the version that was there before
 * @throws what the file system throws; then what was there before is there still
 */
export function placePackage(
	folder: string,
	{ name, version, root, files }: BuiltPackage,
): string | undefined {
	mkdirSync(join(folder, 'node_modules'), { recursive: true });
	const list = readLedger(join(folder, 'package.json'));
	// On the same file system as the place it is for, and under a name that n8n does not look for.
	const workshop = mkdtempSync(join(folder, '.installing-'));
	try {
		for (const file of files) copy(join(root, file), join(workshop, 'new', file));
		list.dependencies[name] = version;
		writeFileSync(join(workshop, 'package.json'), JSON.stringify(list, null, 2));
		const place = join(folder, 'node_modules', name);
		const before = versionIn(place);
		exchange(join(workshop, 'new'), place, join(workshop, 'old'));
		renameSync(join(workshop, 'package.json'), join(folder, 'package.json'));
		return before;
	} finally {
		rmSync(workshop, { recursive: true, force: true });
	}
}

function readLedger(path: string): z.infer<typeof ledger> {
	if (!existsSync(path)) return structuredClone(EMPTY_LEDGER);
	try {
		return ledger.parse(JSON.parse(readFileSync(path, 'utf8')));
	} catch {
		throw new Error(
			`${path} can't be read as a package.json: mend it, or remove it, and n8n makes a new one`,
		);
	}
}

function copy(from: string, to: string): void {
	mkdirSync(dirname(to), { recursive: true });
	cpSync(from, to);
}

/** Undefined where there is none; what is broken is there to be replaced, too. */
function versionIn(place: string): string | undefined {
	try {
		const manifest: unknown = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
		return versioned.parse(manifest).version;
	} catch {
		return undefined;
	}
}

/** Puts the new in the place of the old, which is back when that fails. */
function exchange(fresh: string, place: string, old: string): void {
	mkdirSync(dirname(place), { recursive: true });
	// A link to nowhere counts.
	const hadOne = lstatSync(place, { throwIfNoEntry: false }) !== undefined;
	if (hadOne) renameSync(place, old);
	try {
		renameSync(fresh, place);
	} catch (error) {
		if (hadOne) renameSync(old, place);
		throw error;
	}
}
