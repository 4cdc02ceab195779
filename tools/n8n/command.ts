import { spawn } from 'node:child_process';
import { endWithSuite } from './cleanup';
import { pathWithThisNode } from './paths';
import { killTree } from './processes';

const SIGN_OF_LIFE_MS = 15_000;
const LINES_TO_SHOW = 40;

export interface CommandOptions {
	cwd: string;
	/** Prints "label … 15 s" every 15 s; without it the command runs silently. */
	label?: string;
	/** Goes over this process's own environment; undefined takes a variable out. */
	env?: Record<string, string | undefined>;
}

/**
 * Runs a command to its end and returns its standard output.
 *
 * @throws with the last lines of its output when it fails
 */
export async function runCommand(
	command: string,
	args: string[],
	{ cwd, label, env }: CommandOptions,
): Promise<string> {
	const startedAt = Date.now();
	const seconds = () => Math.round((Date.now() - startedAt) / 1000);
	const signOfLife = setInterval(
		() => label && console.log(`  ${label} … ${seconds()} s`),
		SIGN_OF_LIFE_MS,
	);
	try {
		const { code, stdout, output } = await runToEnd(command, args, cwd, env);
		if (code !== 0)
			throw new Error(
				`${command} ${args.join(' ')} failed (in ${cwd}):\n${lastLines(output, LINES_TO_SHOW)}`,
			);
		if (label) console.log(`  ${label}: done in ${seconds()} s`);
		return stdout;
	} finally {
		clearInterval(signOfLife);
	}
}

async function runToEnd(command: string, args: string[], cwd: string, env: CommandOptions['env']) {
	let stdout = '';
	let output = '';
	const child = spawn(command, args, {
		cwd,
		env: { ...process.env, PATH: pathWithThisNode, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const forget = endWithSuite({ disposeNow: () => child.pid && killTree(child.pid) });
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		stdout += chunk;
		output += chunk;
	});
	child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	}).finally(forget);
	return { code, stdout, output };
}

/** The end of a text, without the empty lines at its end. */
export function lastLines(text: string, count: number): string {
	return text.trimEnd().split('\n').slice(-count).join('\n');
}
