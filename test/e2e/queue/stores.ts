import { execFile } from 'node:child_process';
import { chownSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { freePort, temporaryFolder } from '../../../tools/n8n';
import { Service } from '../../../tools/n8n/service';
import { postgresProgram, postgresUser } from './debian';
import { Store } from './store';

const run = promisify(execFile);

/** As a program prints it. */
export const wholeNumber = z
	.string()
	.regex(/^\d+\n?$/)
	.transform(Number);

const DATABASE = 'postgres';
const OWNER = 'n8n';

/** A PostgreSQL of our own. */
export interface Postgres {
	port: number;
	database: string;
	user: string;
	/** Runs SQL and returns the rows, each a list of texts. */
	query(sql: string): Promise<string[][]>;
	/** SIGINT ends open sessions, SIGQUIT is a crash; see the note on fsync where it is started. */
	store: Store;
}

/** A Redis of our own. */
export interface Redis {
	port: number;
	/** Runs a command that answers with a number. */
	count(...command: string[]): Promise<number>;
	store: Store;
	/** Removes what it has on disk; while it is away. */
	forget(): void;
}

/** Starts PostgreSQL on a free loopback port, in a temporary folder that also has its socket. */
export async function startPostgres(): Promise<Postgres> {
	const folder = temporaryFolder('postgres');
	const user = postgresUser();
	if (user) chownSync(folder, user.uid, user.gid);
	const data = join(folder, 'data');
	const initdbArgs = [
		'-D',
		data,
		'-U',
		OWNER,
		'--auth=trust',
		'--encoding=UTF8',
		'--locale=C.UTF-8',
		'--no-sync',
	];
	await run(postgresProgram('initdb'), initdbArgs, { cwd: folder, ...user });
	const port = await freePort();
	const connection = ['-h', folder, '-p', String(port), '-U', OWNER, '-d', DATABASE];
	const service = new Service({
		name: 'PostgreSQL',
		command: postgresProgram('postgres'),
		args: [
			'-D',
			data,
			'-p',
			String(port),
			'-k',
			folder,
			'-c',
			'listen_addresses=127.0.0.1',
			'-c',
			// A crash of PostgreSQL alone loses nothing by this: what it has written is in the machine's memory.
			'fsync=off',
		],
		folder,
		user,
		readyLine: 'ready to accept connections',
		// "Fast": sessions that are open are ended. "Immediate" cleans up its shared memory, as SIGKILL does not.
		stopSignal: 'SIGINT',
		haltSignal: 'SIGQUIT',
		// In its own files, long values are compressed: the search for the key could not read them.
		beforeStop: async () =>
			await run(postgresProgram('pg_dump'), [...connection, '-f', join(folder, 'dump.sql')]),
	});
	const query = async (sql: string) => {
		const { stdout } = await run(postgresProgram('psql'), [...connection, '-XAtc', sql]);
		return stdout
			.split('\n')
			.filter(Boolean)
			.map((line) => line.split('|'));
	};
	const store = new Store(service, async () => await query('SELECT 1'));
	await store.start();
	return { port, database: DATABASE, user: OWNER, query, store };
}

/** What Redis writes down of itself. */
const KEEPING = {
	/** Nothing before its end. */
	nothing: ['--save', '', '--appendonly', 'no'],
	/**
	 * Snapshots as by default, one at a SIGTERM among them, as a plain Docker image has them; and every command, which
	 * it has written before it answers: a crash of Redis alone loses nothing by the default of a sync a second.
	 */
	everything: ['--save', '3600 1 300 100 60 10000', '--appendonly', 'yes'],
};

export type Keeping = keyof typeof KEEPING;

/** Starts Redis on a free loopback port. */
export async function startRedis(keeping: Keeping = 'nothing'): Promise<Redis> {
	const folder = temporaryFolder('redis');
	const port = await freePort();
	const args = [
		'--bind',
		'127.0.0.1',
		'--port',
		String(port),
		'--dir',
		folder,
		...KEEPING[keeping],
		'--rdbcompression',
		'no',
	];
	const client = async (...command: string[]) =>
		(await run('redis-cli', ['-p', String(port), ...command])).stdout;
	const readyLine = 'Ready to accept connections';
	const service = new Service({
		name: 'Redis',
		command: 'redis-server',
		args,
		folder,
		readyLine,
		env: process.env,
		beforeStop: async () => await client('SAVE'),
	});
	const store = new Store(service, async () => await client('PING'));
	await store.start();
	const count = async (...command: string[]) => wholeNumber.parse(await client(...command));
	const forget = () => {
		for (const kept of ['dump.rdb', 'appendonlydir'])
			rmSync(join(folder, kept), { recursive: true, force: true });
	};
	return { port, count, store, forget };
}
