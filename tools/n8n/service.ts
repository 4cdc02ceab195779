import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endWithSuite } from './cleanup';
import { lastLines } from './command';
import { descendantsOf, isRunning, killTree, sendSignal } from './processes';
import { waitFor } from './waitFor';

/** A start takes some seconds, but minutes on a machine that is busy with other things. */
const START_TIMEOUT_MS = 300_000;
/** n8n waits 30 s by default for executions that are active. */
const END_TIMEOUT_MS = 60_000;
const HALT_TIMEOUT_MS = 3_000;
const LOG_LINES = 25;

/** A user of this machine, as `spawn` takes it. */
export interface User {
	uid: number;
	gid: number;
}

export interface ServiceOptions {
	name: string;
	command: string;
	args: string[];
	folder: string;
	env?: NodeJS.ProcessEnv;
	/** Default: who runs the suite. */
	user?: User;
	/** In the folder; default `service.log`. */
	logFile?: string;
	/** A line of its log that says it has started. */
	readyLine: string;
	/** Whether it answers as well; asked from that line on. */
	isReady?: () => Promise<boolean>;
	/** Ends it in an orderly way; default SIGTERM. */
	stopSignal?: NodeJS.Signals;
	/** Called before it is ended in an orderly way, for what must be written down first. */
	beforeStop?: () => Promise<unknown>;
	/** When the suite breaks off: default is SIGKILL for it and everything below it. */
	haltSignal?: NodeJS.Signals;
}

/** A server process that can be ended and started again; it ends with the suite. */
export class Service {
	/** Standard output and errors of all its starts. */
	readonly logFile: string;
	private child?: ChildProcess;
	/** How the last process ended. */
	private ending = '';
	/** Length of the log when the current process was started. */
	private logStart = 0;
	/** Length of the log when the current test began. */
	private logMark = 0;

	constructor(private readonly options: ServiceOptions) {
		this.logFile = join(options.folder, options.logFile ?? 'service.log');
		closeSync(openSync(this.logFile, 'a'));
		endWithSuite({
			dispose: async () => await this.stop(),
			disposeNow: () => this.halt(),
			testBegins: () => (this.logMark = this.logs().length),
			logOfTest: () =>
				this.logs().length > this.logMark
					? this.logTail('logged during the test', this.logMark)
					: undefined,
		});
	}

	get name(): string {
		return this.options.name;
	}

	get isRunning(): boolean {
		return (
			this.child?.pid !== undefined &&
			this.child.exitCode === null &&
			this.child.signalCode === null
		);
	}

	/** The ids of its process and of all below it; empty when it is not running. */
	pids(): number[] {
		const { pid } = this.child ?? {};
		return this.isRunning && pid ? [pid, ...descendantsOf(pid)] : [];
	}

	/** Of all its starts. */
	logs(): string {
		return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
	}

	/**
	 * Resolves when it is ready.
	 *
	 * @param env goes over its own environment, for this start
	 * @throws with the last lines of its log when it does not come up
	 */
	async start(env: NodeJS.ProcessEnv = {}): Promise<void> {
		if (this.isRunning) throw new Error(`${this.name} is running already`);
		const startedAt = Date.now();
		this.logStart = this.logs().length;
		try {
			await this.spawn(env);
			await this.waitUntilReady();
		} catch (error) {
			await this.kill();
			throw error;
		}
		const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
		console.log(`  ${this.name} is up after ${seconds} s (process ${this.child?.pid})`);
	}

	/** @throws when there is no such program */
	private async spawn(env: NodeJS.ProcessEnv): Promise<void> {
		const { command, args, folder, user } = this.options;
		const log = openSync(this.logFile, 'a');
		this.child = spawn(command, args, {
			cwd: folder,
			env: { ...this.options.env, ...env },
			stdio: ['ignore', log, log],
			...user,
		});
		closeSync(log);
		this.ending = '';
		this.child.once('exit', (code, signal) => (this.ending = signal ?? `exit code ${code}`));
		await once(this.child, 'spawn');
	}

	private async waitUntilReady(): Promise<void> {
		const { readyLine, isReady = async () => true } = this.options;
		await waitFor(
			async () => {
				if (!this.isRunning)
					throw new Error(this.logTail(`ended while it was starting (${this.ending})`));
				return this.logs().slice(this.logStart).includes(readyLine) && (await isReady());
			},
			START_TIMEOUT_MS,
			() => this.logTail('did not get ready'),
		);
	}

	/** SIGKILL, with its child processes, as when a machine dies. */
	async kill(): Promise<void> {
		if (!this.isRunning) return;
		await this.waitForEnd(killTree(this.child!.pid!));
	}

	/** One signal to its process, and nothing written down first: as whoever runs the machine may end it. */
	async end(signal: NodeJS.Signals): Promise<void> {
		const pids = this.pids();
		if (pids.length === 0) return;
		sendSignal(pids[0], signal);
		await this.waitForEnd(pids);
	}

	/** Ends it in an orderly way, or else with SIGKILL. */
	async stop(): Promise<void> {
		if (!this.isRunning) return;
		const pids = this.pids();
		try {
			await this.options.beforeStop?.();
			sendSignal(pids[0], this.options.stopSignal ?? 'SIGTERM');
			await this.waitForEnd(pids);
		} catch (error) {
			await this.kill();
			throw error;
		}
	}

	/** Gracefully by default; `restart('SIGKILL')` is a crash with a new start. */
	async restart(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
		await (signal === 'SIGKILL' ? this.kill() : this.stop());
		await this.start();
	}

	/** This process is ending: there is no event loop any more to wait with, and the folder is removed next. */
	private halt(): void {
		if (!this.isRunning) return;
		const pids = this.pids();
		const { haltSignal } = this.options;
		if (haltSignal) sendSignal(pids[0], haltSignal);
		else killTree(pids[0]);
		const deadline = Date.now() + HALT_TIMEOUT_MS;
		while (pids.some(isRunning) && Date.now() < deadline)
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
	}

	private async waitForEnd(pids: number[]): Promise<void> {
		await waitFor(
			() => !this.isRunning && !pids.some(isRunning),
			END_TIMEOUT_MS,
			() => this.logTail('did not end'),
		);
	}

	private logTail(what: string, from = this.logStart): string {
		const tail = lastLines(this.logs().slice(from), LOG_LINES);
		return `${this.name} ${what} (${this.logFile}):\n${tail.replace(/^/gm, '    | ')}`;
	}
}
