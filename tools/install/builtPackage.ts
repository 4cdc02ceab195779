import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { BuiltPackage } from './placePackage';

const manifestOf = z.object({
	name: z.string(),
	version: z.string(),
	n8n: z.object({ nodes: z.array(z.string()), credentials: z.array(z.string()) }),
});
const packReport = z.tuple([z.object({ files: z.array(z.object({ path: z.string() })) })]);

/**
 * The package in a folder, as npm would publish it.
 *
 * @throws {Error} in words for the user, when npm is missing or the package is not built
 */
export function builtPackage(root: string): BuiltPackage {
	const { name, version, n8n } = manifestOf.parse(
		JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
	);
	const files = filesToPublish(root);
	const missing = [...n8n.nodes, ...n8n.credentials].filter((file) => !files.includes(file));
	if (missing.length > 0)
		throw new Error(`${missing.join(', ')}: not built yet, run "npm run build"`);
	return { name, version, root, files };
}

function filesToPublish(root: string): string[] {
	try {
		const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
		// On Windows, npm is a batch file.
		const shell = process.platform === 'win32';
		const report = execFileSync('npm', args, { cwd: root, encoding: 'utf8', shell });
		const [{ files }] = packReport.parse(JSON.parse(report));
		return files.map(({ path }) => path);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
			throw new Error('npm is missing: it comes with Node.js, https://nodejs.org');
		throw error;
	}
}
