import { dirname, join, resolve } from 'node:path';

/** The repository: its package.json, dist/ and node_modules. */
export const repositoryRoot = resolve(__dirname, '..', '..');

/** The end-to-end tests' folder: n8n and the other servers are installed there. */
const endToEnd = join(repositoryRoot, 'test', 'e2e');

/** Where a version of n8n is installed, by default the usual one: a folder with a lockfile of its own. */
export const n8nInstallationOf = (version?: string): string =>
	join(endToEnd, version ? `n8n-${version}` : 'n8n');

/** The n8n that the tests start, unless they name a version. E2E_N8N chooses another one than usual. */
export const n8nInstallation = n8nInstallationOf(process.env.E2E_N8N);

export const n8nExecutableIn = (installation: string): string =>
	join(installation, 'node_modules', 'n8n', 'bin', 'n8n');

export const n8nExecutable = n8nExecutableIn(n8nInstallation);

/** Servers that the tests start beside n8n: a folder with a lockfile of its own. */
export const serversInstallation = join(endToEnd, 'servers');

/** PATH with the Node that runs this process first: n8n starts its task runner as plain `node`. */
export const pathWithThisNode = [dirname(process.execPath), process.env.PATH ?? ''].join(':');
