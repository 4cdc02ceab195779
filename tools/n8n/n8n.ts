import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './cleanup';
import { n8nEnvironment } from './environment';
import { ensureN8nInstalled } from './install';
import { communityPackagesFolder, installPackage, packPackage } from './package';
import { n8nExecutableIn, n8nInstallation, n8nInstallationOf } from './paths';
import { freePort } from './ports';
import { Service } from './service';

export interface N8nOptions {
	/** N8N_USER_FOLDER: database, key, community packages, log. Default: a new temporary folder. */
	userFolder?: string;
	/** Goes over the harness's own environment for n8n; undefined takes a variable out. */
	env?: Record<string, string | undefined>;
	/** Another n8n than the one that all suites of the run are on; test/e2e must have a folder for it. */
	version?: string;
	/** Default: a free one. */
	port?: number;
	/** Puts our package, packed from the repository, into a user folder that does not have it. Default true. */
	installPackage?: boolean;
}

/**
 * Starts n8n with our package, in a process of its own, and resolves when it answers. Webhooks of active
 * workflows work from then on; n8n registers their other triggers within the next seconds. n8n is installed first
 * where that is still to be done.
 *
 * @throws with the last lines of its log when it does not come up
 */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	const installation = options.version ? n8nInstallationOf(options.version) : n8nInstallation;
	await ensureN8nInstalled(installation);
	const userFolder = options.userFolder ?? temporaryFolder('n8n');
	mkdirSync(join(userFolder, 'files'), { recursive: true });
	if (options.installPackage ?? true) await installOnce(userFolder);
	const port = options.port ?? (await freePort());
	const { env } = options;
	const brokerPort = await freePort();
	const n8n = new N8n(
		userFolder,
		port,
		n8nEnvironment({ userFolder, port, brokerPort, installation, env }),
		installation,
	);
	await n8n.start();
	return n8n;
}

async function installOnce(userFolder: string): Promise<void> {
	const packed = await packPackage();
	if (existsSync(join(communityPackagesFolder(userFolder), 'node_modules', packed.name))) return;
	await installPackage(userFolder, packed);
}

/** One n8n on this machine: one user folder and one port, over any number of restarts. */
export class N8n extends Service {
	readonly baseUrl: string;
	/** Where its nodes may read and write files (N8N_RESTRICT_FILE_ACCESS_TO). */
	readonly filesFolder: string;

	constructor(
		readonly userFolder: string,
		readonly port: number,
		env: NodeJS.ProcessEnv,
		/** The folder that it is installed in. */
		readonly installation: string,
	) {
		const baseUrl = `http://127.0.0.1:${port}`;
		super({
			name: `n8n ${baseUrl}`,
			command: process.execPath,
			args: [n8nExecutableIn(installation), 'start'],
			folder: userFolder,
			env,
			logFile: 'n8n.log',
			readyLine: 'Editor is now accessible via',
			isReady: async () => await isHealthy(baseUrl),
		});
		this.baseUrl = baseUrl;
		this.filesFolder = join(userFolder, 'files');
	}
}

/** While it does not listen yet, requests fail. */
async function isHealthy(baseUrl: string): Promise<boolean> {
	const answers = ['/healthz', '/healthz/readiness'].map(
		async (path) => (await fetch(baseUrl + path)).ok,
	);
	return await Promise.all(answers).then(
		(oks) => oks.every(Boolean),
		() => false,
	);
}
