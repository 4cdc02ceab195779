import { join, resolve } from 'node:path';

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
 * @param given a user folder, or the .n8n itself: what a container mounts there may have any name
 * @throws {Error} in words for the user, when n8n has never been there
 */
export function nodesFolder(
	given: string | undefined,
	{ env, home, exists }: Surroundings,
): string {
	const named = resolve(given || env.N8N_USER_FOLDER || home);
	const below = join(named, '.n8n');
	if (exists(below)) return join(below, 'nodes');
	// What n8n makes in it at its first start.
	const isOne = exists(join(named, 'config')) && exists(join(named, 'nodes'));
	if (given && isOne) return join(named, 'nodes');
	throw new Error(
		`${named} is no user folder of n8n: there is no .n8n in it. Start n8n once, or say where it is: npm run install:n8n -- FOLDER`,
	);
}
