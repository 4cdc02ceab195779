import { randomBytes } from 'node:crypto';
import {
	freePort,
	installPackage,
	type N8n,
	N8nApi,
	packPackage,
	startN8n,
	temporaryFolder,
} from '../../../tools/n8n';
import { n8nEnvironment } from '../../../tools/n8n/environment';
import { n8nExecutable } from '../../../tools/n8n/paths';
import { Service } from '../../../tools/n8n/service';
import { ensureStoresInstalled } from './debian';
import { queueEnvironment } from './environment';
import { type Keeping, type Postgres, type Redis, startPostgres, startRedis } from './stores';

/** How many executions one worker runs at the same time. */
export const SLOTS_PER_WORKER = 5;
export const WORKERS = 2;

export interface ClusterOptions {
	redisKeeps?: Keeping;
	/** For all of n8n's processes. */
	env?: Record<string, string>;
}

/** n8n in queue mode, each process in a user folder of its own, as on machines of their own. */
export interface Cluster {
	main: N8n;
	api: N8nApi;
	workers: Service[];
	postgres: Postgres;
	redis: Redis;
	/** Starts the main process again, with more in its environment; it must not be running. */
	startMain(env: Record<string, string>): Promise<void>;
}

/** Starts PostgreSQL, Redis, n8n's main process and its workers. */
export async function startCluster({
	redisKeeps,
	env: more,
}: ClusterOptions = {}): Promise<Cluster> {
	await ensureStoresInstalled();
	const [postgres, redis] = await Promise.all([startPostgres(), startRedis(redisKeeps)]);
	const env = {
		...queueEnvironment(postgres, redis),
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		...more,
	};
	// The main process first: it creates the tables.
	const main = await startN8n({ env });
	const api = await N8nApi.connect(main);
	const workers: Service[] = [];
	for (let number = 1; number <= WORKERS; number++) workers.push(await createWorker(number, env));
	for (const worker of workers) await worker.start();
	const cluster: Cluster = { main, api, workers, postgres, redis, startMain };
	return cluster;

	async function startMain(forThisStart: Record<string, string>): Promise<void> {
		const { userFolder, port } = cluster.main;
		cluster.main = await startN8n({ userFolder, port, env: { ...env, ...forThisStart } });
	}
}

async function createWorker(number: number, env: Record<string, string>): Promise<Service> {
	const folder = temporaryFolder(`worker-${number}`);
	await installPackage(folder, await packPackage());
	return new Service({
		name: `worker ${number}`,
		command: process.execPath,
		args: [n8nExecutable, 'worker', `--concurrency=${SLOTS_PER_WORKER}`],
		folder,
		env: n8nEnvironment({
			userFolder: folder,
			port: await freePort(),
			brokerPort: await freePort(),
			env,
		}),
		readyLine: 'n8n worker is now ready',
	});
}
