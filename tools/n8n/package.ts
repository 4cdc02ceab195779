import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { temporaryFolder } from './cleanup';
import { runCommand } from './command';
import { repositoryRoot } from './paths';

/** The package as it would be published. */
export interface PackedPackage {
	name: string;
	version: string;
	/** Path of the .tgz. */
	tarball: string;
}

const ownManifest = z.object({
	n8n: z.object({ nodes: z.array(z.string()), credentials: z.array(z.string()) }),
});
const packReport = z.tuple([
	z.object({ name: z.string(), version: z.string(), filename: z.string() }),
]);
const installedManifest = z.record(z.unknown());
const nodesManifest = z.object({ dependencies: z.record(z.string()) }).passthrough();

let packed: Promise<PackedPackage> | undefined;

/** `npm pack` of the repository, once per process. `npm run build` comes before. */
export async function packPackage(): Promise<PackedPackage> {
	packed ??= pack();
	return await packed;
}

/** `npm pack` of a folder that holds a package, built. */
export async function packFolder(cwd: string): Promise<PackedPackage> {
	const folder = temporaryFolder('pack');
	const args = [
		'pack',
		'--ignore-scripts',
		'--json',
		'--loglevel=error',
		'--pack-destination',
		folder,
	];
	const report = await runCommand('npm', args, { cwd });
	const [{ name, version, filename }] = packReport.parse(JSON.parse(report));
	return { name, version, tarball: join(folder, filename) };
}

async function pack(): Promise<PackedPackage> {
	const { n8n } = await readJson(join(repositoryRoot, 'package.json'), ownManifest);
	const missing = [...n8n.nodes, ...n8n.credentials].filter(
		(file) => !existsSync(join(repositoryRoot, file)),
	);
	if (missing.length > 0)
		throw new Error(`${missing.join(', ')}: not built yet, run "npm run build"`);
	return await packFolder(repositoryRoot);
}

/** The n8n folder that holds the community packages of an instance. */
export function communityPackagesFolder(userFolder: string): string {
	return join(userFolder, '.n8n', 'nodes');
}

/**
 * Installs the package step by step as n8n's community packages service does (downloadPackage in
 * n8n/dist/modules/community-packages): remove what was there, unpack, take the development and peer dependencies out of package.json,
 * npm install inside the package. n8n loads at start whatever lies in that node_modules; only its list under
 * Settings → Community nodes comes from the database, and stays empty.
 */
export async function installPackage(
	userFolder: string,
	{ name, version, tarball }: PackedPackage,
): Promise<void> {
	const folder = communityPackagesFolder(userFolder);
	const packageFolder = join(folder, 'node_modules', name);
	await rm(packageFolder, { recursive: true, force: true });
	await mkdir(packageFolder, { recursive: true });
	await runCommand('tar', ['-xzf', tarball, '-C', packageFolder, '--strip-components=1'], {
		cwd: folder,
	});

	const manifestPath = join(packageFolder, 'package.json');
	const manifest = await readJson(manifestPath, installedManifest);
	for (const kind of ['devDependencies', 'peerDependencies', 'optionalDependencies'])
		delete manifest[kind];
	await writeJson(manifestPath, manifest);
	const flags = [
		'--audit=false',
		'--fund=false',
		'--bin-links=false',
		'--install-strategy=shallow',
		'--ignore-scripts=true',
		'--package-lock=false',
	];
	await runCommand('npm', ['install', ...flags], { cwd: packageFolder });

	const nodesManifestPath = join(folder, 'package.json');
	const nodes = existsSync(nodesManifestPath)
		? await readJson(nodesManifestPath, nodesManifest)
		: { name: 'installed-nodes', private: true, dependencies: {} };
	nodes.dependencies = { ...nodes.dependencies, [name]: version };
	await writeJson(nodesManifestPath, nodes);
}

async function readJson<Schema extends z.ZodTypeAny>(
	path: string,
	schema: Schema,
): Promise<z.output<Schema>> {
	return schema.parse(JSON.parse(await readFile(path, 'utf8')));
}

async function writeJson(path: string, value: unknown): Promise<void> {
	await writeFile(path, JSON.stringify(value, null, 2), 'utf8');
}
