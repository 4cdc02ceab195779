import { dirname, join, resolve } from 'node:path';

/** The repository: its package.json, dist/ and node_modules. */
export const repositoryRoot = resolve(__dirname, '..', '..', '..');

/** The n8n that the tests start: a folder with a lockfile of its own. */
export const n8nInstallation = resolve(__dirname, '..', 'n8n');

export const n8nExecutable = join(n8nInstallation, 'node_modules', 'n8n', 'bin', 'n8n');

/** PATH with the Node that runs this process first: n8n starts its task runner as plain `node`. */
export const pathWithThisNode = [dirname(process.execPath), process.env.PATH ?? ''].join(':');
