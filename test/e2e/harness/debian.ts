import { runCommand } from './command';

/** Installs Debian's packages with apt-get; needs root. */
export async function installDebianPackages(...packages: string[]): Promise<void> {
	if (packages.length === 0) return;
	console.log(`Installing ${packages.join(' and ')} from Debian's packages`);
	const aptGet = async (...args: string[]) =>
		await runCommand('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args], { cwd: '/', label: `apt-get ${args[0]}` });
	await aptGet('update');
	await aptGet('install', '-y', '--no-install-recommends', ...packages);
}
