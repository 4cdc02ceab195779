import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endWithSuite } from './cleanup';
import { lastLines } from './command';
import { descendantsOf, isRunning, killTree, sendSignal } from './processes';
import { waitFor } from './waitFor';

const START_TIMEOUT_MS = 120_000;
const END_TIMEOUT_MS = 40_000;
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
	/** A line of its log that says it has started. */
	readyLine: string;
	/** Ends it in an orderly way; default SIGTERM. */
	stopSignal?: NodeJS.Signals;
	/** Called before it is ended in an orderly way, for what must be written down first. */
	beforeStop?: () => Promise<unknown>;
	/** When the suite breaks off: default is SIGKILL for it and everything below it. */
	haltSignal?: NodeJS.Signals;
}

/** A server process that can be ended and started again; it ends with the suite. */
export class Service {
	readonly logFile: string;
	private child?: ChildProcess;
	private logStart = 0;
	private logMark = 0;

	constructor(private readonly options: ServiceOptions) {
		this.logFile = join(options.folder, 'service.log');
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

	/** Of all its starts. */
	logs(): string {
		return readFileSync(this.logFile, 'utf8');
	}

	/**
	 * Resolves when it says that it is ready.
	 *
	 * @param env goes over its own environment, for this start
	 */
	async start(env: NodeJS.ProcessEnv = {}): Promise<void> {
		if (this.isRunning) throw new Error(`${this.name} is running already`);
		const { command, args, folder, user, readyLine } = this.options;
		const startedAt = Date.now();
		this.logStart = this.logs().length;
		const log = openSync(this.logFile, 'a');
		const child = spawn(command, args, {
			cwd: folder,
			env: { ...this.options.env, ...env },
			stdio: ['ignore', log, log],
			...user,
		});
		closeSync(log);
		let failure = '';
		child.once('error', (error) => (failure = ` (${error.message})`));
		this.child = child;
		await waitFor(
			() => {
				if (!this.isRunning) throw new Error(this.logTail(`ended while it was starting${failure}`));
				return this.logs().slice(this.logStart).includes(readyLine);
			},
			START_TIMEOUT_MS,
			() => this.logTail('did not get ready'),
		);
		console.log(
			`  ${this.name} is up after ${((Date.now() - startedAt) / 1000).toFixed(1)} s (process ${child.pid})`,
		);
	}

	/** SIGKILL, with its child processes, as when a machine dies. */
	async kill(): Promise<void> {
		if (!this.isRunning) return;
		await this.waitForEnd(killTree(this.child!.pid!));
	}

	/** Ends it in an orderly way, or else with SIGKILL. */
	async stop(): Promise<void> {
		if (!this.isRunning) return;
		const pids = [this.child!.pid!, ...descendantsOf(this.child!.pid!)];
		try {
			await this.options.beforeStop?.();
			sendSignal(pids[0], this.options.stopSignal ?? 'SIGTERM');
			await this.waitForEnd(pids);
		} catch (error) {
			await this.kill();
			throw error;
		}
	}

	/** This process is ending: there is no event loop any more to wait with, and the folder is removed next. */
	private halt(): void {
		if (!this.isRunning) return;
		const pids = [this.child!.pid!, ...descendantsOf(this.child!.pid!)];
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
