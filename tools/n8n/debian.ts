import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command';

/** Installs packages of Debian with apt-get; it takes root. */
export async function installDebianPackages(...packages: string[]): Promise<void> {
	console.log(`Installing ${packages.join(' and ')} from Debian's packages`);
	await aptGet('/', 'update');
	await aptGet('/', 'install', '-y', '--no-install-recommends', ...packages);
}

/**
 * Unpacks packages of Debian into a folder, and leaves the machine as it is: no server is started that
 * installing the package would start, and it does not take root where apt's lists are there.
 */
export async function unpackDebianPackages(folder: string, ...packages: string[]): Promise<void> {
	await aptGet(folder, 'download', ...packages).catch(async () => {
		await aptGet('/', 'update');
		await aptGet(folder, 'download', ...packages);
	});
	for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
		await runCommand('dpkg-deb', ['-x', join(folder, file), folder], { cwd: folder });
	}
}

async function aptGet(cwd: string, ...args: string[]): Promise<void> {
	await runCommand('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args], {
		cwd,
		label: `apt-get ${args[0]}`,
	});
}
