import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installDebianPackages } from '../../../tools/n8n/debian';
import type { User } from '../../../tools/n8n/service';

const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** Installs PostgreSQL and Redis with apt-get where they are missing. */
export async function ensureStoresInstalled(): Promise<void> {
	const missing = [
		...(postgresFolder() ? [] : ['postgresql']),
		...(existsSync('/usr/bin/redis-server') ? [] : ['redis-server']),
	];
	if (missing.length === 0) return;
	await installDebianPackages(...missing);
}

/** A program of the newest PostgreSQL on this machine; Debian keeps them off the PATH. */
export function postgresProgram(name: string): string {
	return join(postgresFolder()!, name);
}

function postgresFolder(): string | undefined {
	if (!existsSync(POSTGRES_VERSIONS)) return undefined;
	const versions = readdirSync(POSTGRES_VERSIONS).sort((a, b) => Number(b) - Number(a));
	return versions
		.map((version) => join(POSTGRES_VERSIONS, version, 'bin'))
		.find((folder) => existsSync(join(folder, 'postgres')));
}

/** PostgreSQL refuses to run as root: then, the user that its package has created. */
export function postgresUser(): User | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const [uid, gid] = ['-u', '-g'].map((flag) =>
		Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })),
	);
	return { uid, gid };
}
