import { nodesFolder } from '../../../tools/install/nodesFolder';

const home = '/home/me';
const withN8n = (...folders: string[]) => ({
	exists: (path: string) => folders.includes(path),
});

it.each([
	['the home directory', undefined, {}, ['/home/me/.n8n'], '/home/me/.n8n/nodes'],
	['N8N_USER_FOLDER', undefined, { N8N_USER_FOLDER: '/data' }, ['/data/.n8n'], '/data/.n8n/nodes'],
	[
		'a folder given, before that',
		'/srv/n8n',
		{ N8N_USER_FOLDER: '/data' },
		['/srv/n8n/.n8n', '/data/.n8n'],
		'/srv/n8n/.n8n/nodes',
	],
	[
		'the .n8n itself',
		'/srv/n8n/.n8n',
		{},
		['/srv/n8n/.n8n/config', '/srv/n8n/.n8n/nodes'],
		'/srv/n8n/.n8n/nodes',
	],
	[
		'a folder that a container mounts as its .n8n',
		'/srv/data',
		{},
		['/srv/data/config', '/srv/data/nodes'],
		'/srv/data/nodes',
	],
	[
		'a user folder that looks like one itself',
		'/srv/data',
		{},
		['/srv/data/.n8n', '/srv/data/config', '/srv/data/nodes'],
		'/srv/data/.n8n/nodes',
	],
	[
		'an empty N8N_USER_FOLDER',
		undefined,
		{ N8N_USER_FOLDER: '' },
		['/home/me/.n8n'],
		'/home/me/.n8n/nodes',
	],
])('finds the folder of community packages: %s', (_how, given, env, there, expected) => {
	expect(nodesFolder(given, { env, home, ...withN8n(...there) })).toBe(expected);
});

it.each([
	[undefined, {}, [], '/home/me'],
	[undefined, { N8N_USER_FOLDER: '/data' }, [], '/data'],
	['/srv/n8n', {}, ['/home/me/.n8n'], '/srv/n8n'],
	['/srv/n8n', {}, ['/srv/n8n/config'], '/srv/n8n'],
	// A home directory with folders of these names is none of n8n's.
	[undefined, {}, ['/home/me/config', '/home/me/nodes'], '/home/me'],
])('says that n8n has never been there: %s, %j, %j', (given, env, there, named) => {
	expect(() => nodesFolder(given, { env, home, ...withN8n(...there) })).toThrow(
		`${named} is no user folder of n8n: there is no .n8n in it. Start n8n once`,
	);
});
