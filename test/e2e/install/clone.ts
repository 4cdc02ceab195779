import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { closeWithSuite } from '../../../tools/n8n';
import { repositoryRoot } from '../../../tools/n8n/paths';

/** What a fresh clone does not have, and what is not needed to build and install. */
const LEFT_OUT = [
	'.git',
	'node_modules',
	'dist',
	'n8n-data',
	'demo-output',
	'test',
	'bench',
	'shared',
];

/**
 * The repository as a user has cloned it, in a folder of its own, with the dependencies that are installed here. Unlike
 * the suites' other folders it is not searched for the key: the sources name it.
 */
export function cloneRepository(): string {
	const clone = mkdtempSync(join(tmpdir(), 'runway-e2e-clone-'));
	closeWithSuite({ close: async () => rmSync(clone, { recursive: true, force: true }) });
	const isWanted = (path: string) =>
		!(dirname(path) === repositoryRoot && LEFT_OUT.includes(basename(path))) &&
		!path.endsWith('.tgz');
	cpSync(repositoryRoot, clone, { recursive: true, filter: isWanted });
	symlinkSync(join(repositoryRoot, 'node_modules'), join(clone, 'node_modules'));
	return clone;
}
