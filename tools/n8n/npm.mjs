/**
 * Runs npm with the arguments given: this machine's, or a fixed one where that is too old. Older ones resolve peers
 * in another way, and their `npm ci` refuses the lockfiles here as out of sync; Node 20 and 22 bring such a one.
 * It runs before anything is installed, hence without any dependency.
 */
import { execFileSync, spawn } from 'node:child_process';

const OLDEST = [11, 12];
const FIXED = 'npm@11.19.1';

// On Windows, npm and npx are batch files.
const shell = process.platform === 'win32';

function isNewEnough(version) {
	const [major, minor] = version.split('.').map(Number);
	return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

const version = execFileSync('npm', ['--version'], { encoding: 'utf8', shell }).trim();
const [command, ...first] = isNewEnough(version) ? ['npm'] : ['npx', '--yes', FIXED];
if (command === 'npx') console.log(`  npm ${version} is too old for the lockfile: taking ${FIXED}`);
const child = spawn(command, [...first, ...process.argv.slice(2)], { stdio: 'inherit', shell });
child.on('exit', (code) => process.exit(code ?? 1));
