import './environment';
import {
	type ExecuteContext,
	LazyPackageDirectoryLoader,
	DirectoryLoader,
	PackageDirectoryLoader,
	RoutingNode,
} from 'n8n-core';
import type { IExecuteFunctions, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const repositoryRoot = resolve(__dirname, '../..');

/** The packages whose nodes and credentials a workflow can name, and what a build still owes. */
export interface LoadedPackages {
	readonly loaders: readonly DirectoryLoader[];
	readonly ownPackageName: string;
	/** Files that package.json promises to n8n and that are not in `dist/`. */
	readonly missingFiles: readonly string[];
}

let loadedPackages: Promise<LoadedPackages> | undefined;

/**
 * Loads this repository's package the way n8n loads a community package (from package.json's
 * `n8n` entry), and makes n8n-nodes-base available; of that, a node is read when a workflow first
 * names it. Loaded once per process: a later build is not seen.
 */
export async function loadPackages(): Promise<LoadedPackages> {
	loadedPackages ??= load();
	return await loadedPackages;
}

async function load(): Promise<LoadedPackages> {
	const own = new PackageDirectoryLoader(repositoryRoot);
	const missingFiles: string[] = [];
	const present = (file: string) => {
		const exists = existsSync(resolve(repositoryRoot, file));
		if (!exists) missingFiles.push(file);
		return exists;
	};
	const { n8n } = own.packageJson;
	if (n8n) {
		n8n.nodes = n8n.nodes?.filter(present);
		n8n.credentials = n8n.credentials?.filter(present);
	}
	const base = new LazyPackageDirectoryLoader(
		dirname(require.resolve('n8n-nodes-base/package.json')),
	);
	await Promise.all([own.loadAll(), base.loadAll()]);
	return { loaders: [own, base], ownPackageName: own.packageName, missingFiles };
}

const preparedExtraNodes = new WeakSet<INodeType>();

/** What the loaders do to every node they load; twice would double a node's request options. */
function prepareExtraNode(node: INodeType): INodeType {
	if (!preparedExtraNodes.has(node)) {
		DirectoryLoader.applyDeclarativeNodeOptionParameters(node);
		preparedExtraNodes.add(node);
	}
	return node;
}

/** Finds node types for the engine: probes of a test first, then the loaded packages. */
export class HarnessNodeTypes implements INodeTypes {
	/** @param extraNodes node types of a test by full type name, e.g. `test.probe` */
	constructor(
		private readonly packages: LoadedPackages,
		private readonly extraNodes: Record<string, INodeType> = {},
	) {}

	/**
	 * @param type full type name, e.g. `n8n-nodes-base.set`
	 * @throws when no package has it, and says so when a build is what is missing
	 */
	getByName(type: string): INodeType | IVersionedNodeType {
		if (this.extraNodes[type]) return prepareExtraNode(this.extraNodes[type]);
		const dot = type.indexOf('.');
		const [packageName, name] = [type.slice(0, dot), type.slice(dot + 1)];
		const { loaders, ownPackageName, missingFiles } = this.packages;
		const loader = loaders.find((candidate) => candidate.packageName === packageName);
		if (!loader) throw new Error(`No package provides the node type "${type}"`);
		const unbuilt = packageName === ownPackageName && missingFiles.length > 0;
		if (unbuilt && !(name in loader.known.nodes)) {
			const missing = missingFiles.join(', ');
			throw new Error(`"${type}" is not there: run "npm run build" first (missing: ${missing})`);
		}
		return loader.getNode(name).type;
	}

	/** @param version a node's `typeVersion`; the newest when left out */
	getByNameAndVersion(type: string, version?: number): INodeType {
		return executable(NodeHelpers.getVersionedNodeType(this.getByName(type), version));
	}

	/** Only asked for by nodes that list node types in the editor. */
	getKnownTypes() {
		return {};
	}
}

/**
 * Gives a declarative node the execute method that n8n's server gives it (packages/cli, node-types.ts). The
 * engine's own way for such nodes is meant for n8n's tests and leaves out the signal that Stop sends.
 */
function executable(nodeType: INodeType): INodeType {
	const { execute, poll, trigger, webhook, supplyData } = nodeType;
	if (execute ?? poll ?? trigger ?? webhook ?? supplyData) return nodeType;
	nodeType.execute = async function (this: IExecuteFunctions) {
		return (await new RoutingNode(this as ExecuteContext, nodeType).runNode()) ?? [];
	};
	return nodeType;
}
