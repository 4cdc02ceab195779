import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { packFolder, type PackedPackage, temporaryFolder } from '../../../tools/n8n';
import { repositoryRoot } from '../../../tools/n8n/paths';

/** A version that the package does not have yet. */
export const LATER_VERSION = '99.0.0';

const manifest = z.object({ version: z.string() }).passthrough();

/**
 * What the later version has beside the code of the present one: its Wait node says whose output an item is. An error's
 * item has nothing but its error, or n8n does not take it for one.
 */
const VISIBLE_CHANGE = `
const { execute } = exports.CometApiRunwayWait.prototype;
exports.CometApiRunwayWait.prototype.execute = async function () {
	const outputs = await execute.call(this);
	for (const { json } of outputs.flat()) if (!json.error) json.build = '${LATER_VERSION}';
	return outputs;
};
`;

/** The package as it is built, packed as a later version of it. */
export async function packLaterVersion(): Promise<PackedPackage> {
	const folder = temporaryFolder('later-version');
	await cp(join(repositoryRoot, 'dist'), join(folder, 'dist'), { recursive: true });
	const present = await readFile(join(repositoryRoot, 'package.json'), 'utf8');
	const later = { ...manifest.parse(JSON.parse(present)), version: LATER_VERSION };
	await writeFile(join(folder, 'package.json'), JSON.stringify(later));
	const wait = join('dist', 'nodes', 'CometApiRunwayWait', 'CometApiRunwayWait.node.js');
	await appendFile(join(folder, wait), VISIBLE_CHANGE);
	return await packFolder(folder);
}
