import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

interface ProcessEntry {
	pid: number;
	parent: number;
	/** Ended, but not yet collected by its parent. */
	zombie: boolean;
}

/** "4711 (a name) S 1 …": the name may contain anything, so the fields are counted from its closing bracket. */
function fromProc(pid: string): ProcessEntry | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return { pid: Number(pid), parent: Number(parent), zombie: state === 'Z' || state === 'X' };
	} catch (error) {
		if (hasEnded(error)) return undefined;
		throw error;
	}
}

function fromPs(line: string): ProcessEntry | undefined {
	const [pid, parent, state] = line.trim().split(/\s+/);
	return state
		? { pid: Number(pid), parent: Number(parent), zombie: state.startsWith('Z') }
		: undefined;
}

function listProcesses(): ProcessEntry[] {
	const entries = existsSync('/proc/self/stat')
		? readdirSync('/proc')
				.filter((name) => /^\d+$/.test(name))
				.map(fromProc)
		: execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
				.split('\n')
				.map(fromPs);
	return entries.filter((entry) => entry !== undefined);
}

/** Ids of all running children, grandchildren and so on. */
export function descendantsOf(pid: number): number[] {
	const processes = listProcesses().filter((entry) => !entry.zombie);
	const collect = (parent: number): number[] =>
		processes
			.filter((entry) => entry.parent === parent)
			.flatMap((child) => [child.pid, ...collect(child.pid)]);
	return collect(pid);
}

/** Whether the process exists and has not ended; a zombie has. */
export function isRunning(pid: number): boolean {
	return listProcesses().some((entry) => entry.pid === pid && !entry.zombie);
}

/** Sends a signal; a process that has ended already is fine. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch (error) {
		if (!hasEnded(error)) throw error;
	}
}

/** Reading of a process that ends fails with ENOENT before and with ESRCH while it is read. */
function hasEnded(error: unknown): boolean {
	return error instanceof Error && 'code' in error && /^(ENOENT|ESRCH)$/.test(String(error.code));
}

/**
 * SIGKILL for a process and everything below it, at once. The process is frozen first, so that it cannot start
 * another child between the look at its children and its end.
 *
 * @returns the ids that were killed
 */
export function killTree(pid: number): number[] {
	sendSignal(pid, 'SIGSTOP');
	const pids = [pid, ...descendantsOf(pid)];
	for (const each of pids) sendSignal(each, 'SIGKILL');
	return pids;
}
