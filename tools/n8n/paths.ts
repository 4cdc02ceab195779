import { dirname, join, resolve } from 'node:path';

/** The repository: its package.json, dist/ and node_modules. */
export const repositoryRoot = resolve(__dirname, '..', '..');

/** Examples that are shipped with the package. */
export const examplesFolder = join(repositoryRoot, 'examples');

/** The end-to-end tests' folder: n8n and the other servers are installed there. */
const endToEnd = join(repositoryRoot, 'test', 'e2e');

/** The n8n that the tests start: a folder with a lockfile of its own. E2E_N8N chooses another version than usual. */
export const n8nInstallation = join(
	endToEnd,
	process.env.E2E_N8N ? `n8n-${process.env.E2E_N8N}` : 'n8n',
);

export const n8nExecutable = join(n8nInstallation, 'node_modules', 'n8n', 'bin', 'n8n');

/** Servers that the tests start beside n8n: a folder with a lockfile of its own. */
export const serversInstallation = join(endToEnd, 'servers');

/** PATH with the Node that runs this process first: n8n starts its task runner as plain `node`. */
export const pathWithThisNode = [dirname(process.execPath), process.env.PATH ?? ''].join(':');
