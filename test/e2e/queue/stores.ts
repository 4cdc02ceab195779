import { execFile } from 'node:child_process';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { freePort, temporaryFolder } from '../../../tools/n8n';
import { Service } from '../../../tools/n8n/service';
import { postgresProgram, postgresUser } from './debian';

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
}

/** A Redis of our own. */
export interface Redis {
	port: number;
	/** Runs a command that answers with a number. */
	count(...command: string[]): Promise<number>;
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
	await service.start();
	const query = async (sql: string) => {
		const { stdout } = await run(postgresProgram('psql'), [...connection, '-XAtc', sql]);
		return stdout
			.split('\n')
			.filter(Boolean)
			.map((line) => line.split('|'));
	};
	return { port, database: DATABASE, user: OWNER, query };
}

/** Starts Redis on a free loopback port, keeping everything in memory until its end. */
export async function startRedis(): Promise<Redis> {
	const folder = temporaryFolder('redis');
	const port = await freePort();
	const args = [
		'--bind',
		'127.0.0.1',
		'--port',
		String(port),
		'--dir',
		folder,
		'--save',
		'',
		'--appendonly',
		'no',
		'--rdbcompression',
		'no',
	];
	const client = async (...command: string[]) =>
		(await run('redis-cli', ['-p', String(port), ...command])).stdout;
	const readyLine = 'Ready to accept connections';
	await new Service({
		name: 'Redis',
		command: 'redis-server',
		args,
		folder,
		readyLine,
		env: process.env,
		beforeStop: async () => await client('SAVE'),
	}).start();
	const count = async (...command: string[]) => wholeNumber.parse(await client(...command));
	return { port, count };
}
