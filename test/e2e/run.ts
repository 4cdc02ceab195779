/**
 * Runs end-to-end suites, each in a process of its own:
 * tsx test/e2e/run.ts [--keep] [--timeout=MINUTES] [--n8n=VERSION] [--seed=NUMBER] SUITE…
 * A suite is a file test/e2e/SUITE.e2e.ts that uses node:test; without a name, all run but the long ones. Another
 * version of n8n than the usual one has a folder test/e2e/n8n-VERSION.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const SUFFIX = '.e2e.ts';
const N8N_PREFIX = 'n8n-';

/** They wait for tasks in real time, 10 minutes and more: to be asked for by name. */
const LONG_SUITES = ['chaos', 'durable', 'load', 'queue', 'queueHoles', 'stores'];

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		keep: { type: 'boolean', default: false },
		timeout: { type: 'string', default: '40' },
		n8n: { type: 'string' },
		seed: { type: 'string' },
	},
});

let running: ChildProcess | undefined;
let interrupted = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		interrupted = true;
		running?.kill(signal);
	});
}

/** Whether every test passed. The suite's process ends whatever it has started itself (tools/n8n/cleanup.ts). */
async function runSuite(suite: string, timeoutMs: number): Promise<boolean> {
	// execArgv carries tsx into the new process.
	const args = [
		...process.execArgv,
		'--enable-source-maps',
		'--test-reporter=spec',
		suiteFile(suite),
	];
	const env = {
		...process.env,
		...(values.keep ? { E2E_KEEP: '1' } : {}),
		...(values.n8n ? { E2E_N8N: values.n8n } : {}),
		...(values.seed ? { E2E_SEED: values.seed } : {}),
	};
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
	running = child;
	const timer = setTimeout(() => {
		console.error(`Suite ${suite} takes more than ${timeoutMs / 60_000} minutes: ending it`);
		child.kill('SIGTERM');
	}, timeoutMs);
	const code = await new Promise((resolve) => child.once('close', resolve));
	clearTimeout(timer);
	return code === 0;
}

function suiteFile(suite: string): string {
	return join(__dirname, suite + SUFFIX);
}

function allSuites(): string[] {
	return readdirSync(__dirname)
		.filter((name) => name.endsWith(SUFFIX))
		.map((name) => name.slice(0, -SUFFIX.length));
}

/** Versions that have a folder, beside the usual one. */
function olderVersions(): string[] {
	return readdirSync(__dirname)
		.filter((name) => name.startsWith(N8N_PREFIX))
		.map((name) => name.slice(N8N_PREFIX.length));
}

async function main(): Promise<void> {
	const startedAt = Date.now();
	const suites =
		positionals.length > 0
			? positionals
			: allSuites().filter((suite) => !LONG_SUITES.includes(suite));
	const unknown = suites.filter((suite) => !existsSync(suiteFile(suite)));
	if (unknown.length > 0)
		throw new Error(`No such suite: ${unknown.join(', ')}. There are: ${allSuites().join(', ')}`);
	if (values.n8n && !olderVersions().includes(values.n8n))
		throw new Error(`No such n8n: ${values.n8n}. There are: ${olderVersions().join(', ')}`);
	if (values.seed !== undefined && !/^\d{1,9}$/.test(values.seed))
		throw new Error(`No seed: ${values.seed}. It is a whole number of nine digits at most.`);
	const failed: string[] = [];
	for (const suite of suites) {
		if (interrupted) break;
		console.log(`== end-to-end: ${suite}${values.n8n ? ` on n8n ${values.n8n}` : ''}`);
		if (!(await runSuite(suite, Number(values.timeout) * 60_000))) failed.push(suite);
	}
	let outcome = failed.length > 0 ? `FAILED: ${failed.join(', ')}` : `passed: ${suites.join(', ')}`;
	if (interrupted) outcome = 'INTERRUPTED';
	console.log(
		`== end-to-end ${outcome} (${((Date.now() - startedAt) / 1000).toFixed(0)} s in total)`,
	);
	if (interrupted) process.exitCode = 130;
	else if (failed.length > 0) process.exitCode = 1;
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
