import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Runs the suite that leaves the key somewhere, in a process of its own. */
export async function runLeaving(where: string): Promise<{ code: number; output: string }> {
	const tsx = process.execArgv.filter((arg) => !arg.startsWith('--test'));
	const child = spawn(process.execPath, [...tsx, join(__dirname, 'leaving.ts'), where], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const end = new Promise<number>((resolve) => child.once('close', resolve));
	const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), end]);
	return { code, output: stdout + stderr };
}
