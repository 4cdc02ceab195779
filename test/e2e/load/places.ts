import { randomBytes } from 'node:crypto';
import { closeWithSuite } from '../../../tools/n8n';
import { startSimulator } from '../../../tools/simulator';
import { startCluster } from '../queue/cluster';
import { type Sink, startSink } from '../sink';
import { Stage } from '../stage';
import { startStrictServer } from '../strictServer';
import { type Database, postgresOf, sqliteOf } from './database';
import { LARGE_FILE_BYTES } from './loads';
import type { Process } from './memory';

/** An n8n to be put under load, with a simulator and a sink of its own. */
export interface Place {
	name: string;
	stage: Stage;
	sink: Sink;
	/** Where it finds a file to download. */
	fileUrl: string;
	database: Database;
	/** Those that run executions. */
	processes: Process[];
}

/** One n8n process with SQLite. */
export async function openSqlite(): Promise<Place> {
	const stage = await Stage.open({});
	const { n8n } = stage;
	return {
		name: 'SQLite',
		stage,
		...(await openServers()),
		database: sqliteOf(n8n.userFolder),
		processes: [{ name: 'n8n', pid: n8n.pids()[0] }],
	};
}

/**
 * n8n prepares all creates of a node in one go: three seconds of processor time for a thousand, in which a worker does
 * nothing else. On a machine that is busy with other things that may take the minute after which it is thought to be dead.
 */
const PATIENT = { QUEUE_WORKER_LOCK_DURATION: '600000' };

/** Queue mode: PostgreSQL, Redis and two workers. The main process only takes calls. */
export async function openQueue(): Promise<Place> {
	const { main, api, workers, postgres } = await startCluster({ env: PATIENT });
	return {
		name: 'queue mode',
		stage: await Stage.on(closeWithSuite(await startSimulator()), main, api),
		...(await openServers()),
		database: postgresOf(postgres),
		processes: [main, ...workers].map((service) => ({
			name: service === main ? 'main' : service.name,
			pid: service.pids()[0],
		})),
	};
}

async function openServers(): Promise<Pick<Place, 'sink' | 'fileUrl'>> {
	const file = randomBytes(LARGE_FILE_BYTES);
	const files = await startStrictServer((server) =>
		server.get('/clip.mp4', async (_request, reply) => await reply.type('video/mp4').send(file)),
	);
	return { sink: await startSink(), fileUrl: `${files}/clip.mp4` };
}
