import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endWithSuite, temporaryFolder } from './cleanup';
import { lastLines } from './command';
import { n8nEnvironment } from './environment';
import { ensureN8nInstalled } from './install';
import { communityPackagesFolder, installPackage, packPackage } from './package';
import { n8nExecutable } from './paths';
import { freePort } from './ports';
import { descendantsOf, isRunning, killTree, sendSignal } from './processes';
import { waitFor } from './waitFor';

const START_TIMEOUT_MS = 120_000;
/** n8n gives its executions 10 s (environment.ts), and needs a moment for itself. */
const STOP_TIMEOUT_MS = 20_000;
const KILL_TIMEOUT_MS = 5_000;
const LOG_LINES = 25;
/** n8n's last line of its start. */
const STARTED = 'Editor is now accessible via';

export interface N8nOptions {
	/** N8N_USER_FOLDER: database, key, community packages, log. Default: a new temporary folder. */
	userFolder?: string;
	/** Goes over the harness's own environment for n8n; undefined takes a variable out. */
	env?: Record<string, string | undefined>;
	/** Default: a free one. */
	port?: number;
	/** Puts our package, packed from the repository, into a user folder that does not have it. Default true. */
	installPackage?: boolean;
}

/**
 * Starts n8n with our package, in a process of its own, and resolves when it answers. Webhooks of active
 * workflows work from then on; n8n registers their other triggers within the next seconds. n8n is installed first
 * where that is still to be done.
 *
 * @throws with the last lines of its log when it does not come up
 */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	await ensureN8nInstalled();
	const userFolder = options.userFolder ?? temporaryFolder('n8n');
	mkdirSync(join(userFolder, 'files'), { recursive: true });
	if (options.installPackage ?? true) await installOnce(userFolder);
	const port = options.port ?? (await freePort());
	const n8n = new N8n(
		userFolder,
		port,
		n8nEnvironment({ userFolder, port, brokerPort: await freePort(), env: options.env }),
	);
	await n8n.start();
	return n8n;
}

async function installOnce(userFolder: string): Promise<void> {
	const packed = await packPackage();
	if (existsSync(join(communityPackagesFolder(userFolder), 'node_modules', packed.name))) return;
	await installPackage(userFolder, packed);
}

/** One n8n on this machine: one user folder and one port, over any number of restarts. */
export class N8n {
	readonly baseUrl: string;
	/** Where its nodes may read and write files (N8N_RESTRICT_FILE_ACCESS_TO). */
	readonly filesFolder: string;
	/** Standard output and errors of all its starts. */
	readonly logFile: string;
	private child?: ChildProcess;
	/** How the last process ended. */
	private ending = '';
	/** Length of the log when the current process was started. */
	private logStart = 0;
	/** Length of the log when the current test began. */
	private logMark = 0;

	constructor(
		readonly userFolder: string,
		readonly port: number,
		private readonly env: NodeJS.ProcessEnv,
	) {
		this.baseUrl = `http://127.0.0.1:${port}`;
		this.filesFolder = join(userFolder, 'files');
		this.logFile = join(userFolder, 'n8n.log');
		endWithSuite({
			dispose: async () => await this.stop(),
			disposeNow: () => this.isRunning && killTree(this.pid),
			testBegins: () => (this.logMark = this.logs().length),
			logOfTest: () =>
				this.logs().length > this.logMark
					? this.logTail('n8n logged during the test', this.logMark)
					: undefined,
		});
	}

	/** @throws when it is not running */
	get pid(): number {
		if (!this.isRunning) throw new Error('n8n is not running');
		return this.child!.pid!;
	}

	get isRunning(): boolean {
		return (
			this.child?.pid !== undefined &&
			this.child.exitCode === null &&
			this.child.signalCode === null
		);
	}

	/** The ids of n8n and of its child processes, such as task runners; empty when it is not running. */
	pids(): number[] {
		return this.isRunning ? [this.pid, ...descendantsOf(this.pid)] : [];
	}

	/** The whole log, of all starts. */
	logs(): string {
		return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
	}

	/** Starts it again in the same folder and on the same port; it must not be running. */
	async start(): Promise<void> {
		if (this.isRunning) throw new Error(`n8n is running already, as process ${this.pid}`);
		const startedAt = Date.now();
		this.logStart = this.logs().length;
		const log = openSync(this.logFile, 'a');
		this.child = spawn(process.execPath, [n8nExecutable, 'start'], {
			cwd: this.userFolder,
			env: this.env,
			stdio: ['ignore', log, log],
		});
		this.ending = '';
		this.child.once('error', (error) => (this.ending = error.message));
		this.child.once('exit', (code, signal) => (this.ending = signal ?? `exit code ${code}`));
		closeSync(log);
		await this.waitUntilReady();
		console.log(
			`  n8n ${this.baseUrl} is up after ${((Date.now() - startedAt) / 1000).toFixed(1)} s (process ${this.pid})`,
		);
	}

	private async waitUntilReady(): Promise<void> {
		try {
			await waitFor(
				async () => {
					if (!this.isRunning)
						throw new Error(this.logTail(`n8n ended while it was starting (${this.ending})`));
					return this.logs().slice(this.logStart).includes(STARTED) && (await this.isHealthy());
				},
				START_TIMEOUT_MS,
				() => this.logTail('n8n to start'),
			);
		} catch (error) {
			await this.kill();
			throw error;
		}
	}

	private async isHealthy(): Promise<boolean> {
		const answers = ['/healthz', '/healthz/readiness'].map(
			async (path) => (await fetch(this.baseUrl + path)).ok,
		);
		return await Promise.all(answers).then(
			(oks) => oks.every(Boolean),
			() => false,
		);
	}

	/**
	 * Sends a signal and waits for the end. SIGKILL, the default, takes its child processes with it, as when a
	 * machine or container dies; any other goes to n8n alone, which ends its children itself.
	 */
	async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
		if (!this.isRunning) return;
		const pids = this.pids();
		if (signal === 'SIGKILL') pids.push(...killTree(this.pid));
		else sendSignal(this.pid, signal);
		const timeoutMs = signal === 'SIGKILL' ? KILL_TIMEOUT_MS : STOP_TIMEOUT_MS;
		await this.waitForEnd(pids, timeoutMs, signal);
	}

	/** Ends it gracefully (SIGTERM); if that takes over 20 s, it is killed, and the error says so. */
	async stop(): Promise<void> {
		try {
			await this.kill('SIGTERM');
		} catch (error) {
			await this.kill('SIGKILL');
			throw error;
		}
	}

	/** Gracefully by default; `restart('SIGKILL')` is a crash with a new start. */
	async restart(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		await this.kill(signal);
		await this.start();
	}

	private async waitForEnd(pids: number[], timeoutMs: number, signal: string): Promise<void> {
		const left = () => pids.filter(isRunning);
		const what = () =>
			this.logTail(`${signal} to end n8n; process ${left().join(', ')} still runs`);
		await waitFor(() => !this.isRunning && left().length === 0, timeoutMs, what);
	}

	private logTail(headline: string, from = this.logStart): string {
		const tail = lastLines(this.logs().slice(from), LOG_LINES);
		return `${headline} (${this.baseUrl}, ${this.logFile}):\n${tail.replace(/^/gm, '    | ')}`;
	}
}
