import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

type Manifest = Record<string, unknown> & { name: string; version: string };
type NodesManifest = { dependencies: Record<string, string> } & Record<string, unknown>;

let packed: Promise<PackedPackage> | undefined;

/** `npm pack` of the repository, once per process. `npm run build` comes before. */
export async function packPackage(): Promise<PackedPackage> {
	packed ??= pack();
	return await packed;
}

async function pack(): Promise<PackedPackage> {
	const manifest = await readJson<Manifest & { n8n: { nodes: string[]; credentials: string[] } }>(
		join(repositoryRoot, 'package.json'),
	);
	const missing = [...manifest.n8n.nodes, ...manifest.n8n.credentials].filter(
		(file) => !existsSync(join(repositoryRoot, file)),
	);
	if (missing.length > 0)
		throw new Error(`${missing.join(', ')}: not built yet, run "npm run build"`);

	const folder = temporaryFolder('pack');
	const args = [
		'pack',
		'--ignore-scripts',
		'--json',
		'--loglevel=error',
		'--pack-destination',
		folder,
	];
	const [{ name, version, filename }] = JSON.parse(
		await runCommand('npm', args, { cwd: repositoryRoot }),
	);
	return { name, version, tarball: join(folder, filename) };
}

/** The n8n folder that holds the community packages of an instance. */
export function communityPackagesFolder(userFolder: string): string {
	return join(userFolder, '.n8n', 'nodes');
}

/**
 * Installs the package step by step as n8n's community packages service does (downloadPackage in
 * n8n/dist/modules/community-packages): unpack, take the development and peer dependencies out of package.json,
 * npm install inside the package. n8n loads at start whatever lies in that node_modules; only its list under
 * Settings → Community nodes comes from the database, and stays empty.
 */
export async function installPackage(
	userFolder: string,
	{ name, version, tarball }: PackedPackage,
): Promise<void> {
	const folder = communityPackagesFolder(userFolder);
	const packageFolder = join(folder, 'node_modules', name);
	await mkdir(packageFolder, { recursive: true });
	await runCommand('tar', ['-xzf', tarball, '-C', packageFolder, '--strip-components=1'], {
		cwd: folder,
	});

	const manifestPath = join(packageFolder, 'package.json');
	const manifest = await readJson<Manifest>(manifestPath);
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
	const nodesManifest: NodesManifest = existsSync(nodesManifestPath)
		? await readJson(nodesManifestPath)
		: { name: 'installed-nodes', private: true, dependencies: {} };
	nodesManifest.dependencies[name] = version;
	await writeJson(nodesManifestPath, nodesManifest);
}

async function readJson<T>(path: string): Promise<T> {
	return JSON.parse(await readFile(path, 'utf8')) as T;
}

async function writeJson(path: string, value: unknown): Promise<void> {
	await writeFile(path, JSON.stringify(value, null, 2), 'utf8');
}
