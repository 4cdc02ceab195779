import { basename, dirname, join, resolve } from 'node:path';

/** What of the machine the answer depends on. */
export interface Surroundings {
	env: Record<string, string | undefined>;
	home: string;
	exists(path: string): boolean;
}

/**
 * The folder that an n8n loads community packages from: `.n8n/nodes` below its user folder, which is the home
 * directory, unless N8N_USER_FOLDER names another (n8n-core's InstanceSettings).
 *
 * @param given a user folder, or the .n8n in it
 * @throws {Error} in words for the user, when n8n has never been there
 */
export function nodesFolder(
	given: string | undefined,
	{ env, home, exists }: Surroundings,
): string {
	const named = resolve(given || env.N8N_USER_FOLDER || home);
	const candidates = basename(named) === '.n8n' ? [named, dirname(named)] : [named];
	const userFolder = candidates.find((folder) => exists(join(folder, '.n8n')));
	if (userFolder) return join(userFolder, '.n8n', 'nodes');
	throw new Error(
		`${named} is no user folder of n8n: there is no .n8n in it. Start n8n once, or say where it is: npm run install:n8n -- FOLDER`,
	);
}
