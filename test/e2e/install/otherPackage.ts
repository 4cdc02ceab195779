import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { communityPackagesFolder } from '../../../tools/n8n/package';

const NAME = 'n8n-nodes-other';

const NODE = `exports.Other = class Other {
	description = {
		displayName: 'Other', name: 'other', group: ['transform'], version: 1, description: 'Of another package',
		defaults: { name: 'Other' }, inputs: ['main'], outputs: ['main'], properties: [],
	};
};`;

/** Type of the node in it. */
export const OTHER_NODE = `${NAME}.other`;

/** Puts a package of somebody else's into an n8n's user folder, as n8n has installed it. */
export function installOtherPackage(userFolder: string): void {
	const list = { name: 'installed-nodes', private: true, dependencies: { [NAME]: '1.0.0' } };
	const manifest = { name: NAME, version: '1.0.0', n8n: { nodes: ['dist/Other.node.js'] } };
	const files = {
		'package.json': JSON.stringify(list),
		[`node_modules/${NAME}/package.json`]: JSON.stringify(manifest),
		[`node_modules/${NAME}/dist/Other.node.js`]: NODE,
	};
	for (const [path, content] of Object.entries(files)) {
		const file = join(communityPackagesFolder(userFolder), path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, content);
	}
}
