import { readFileSync, writeFileSync } from 'node:fs';

/** A process of an n8n. */
export interface Process {
	name: string;
	pid: number;
}

/** The resident memory of a process in MiB: before a load, its peak, and afterwards. */
export interface Memory {
	name: string;
	before: number;
	peak: number;
	after: number;
}

/** Has Linux forget the peak of a process (proc(5), clear_refs). */
const FORGET_PEAK = '5';

/** Begins to measure the memory of processes; what is returned ends it. Linux itself keeps the peak, so none is missed. */
export function watchMemory(processes: Process[]): () => Memory[] {
	const begun = processes.map(({ name, pid }) => {
		writeFileSync(`/proc/${pid}/clear_refs`, FORGET_PEAK);
		return { name, pid, before: mebibytes(pid, 'VmRSS') };
	});
	return () =>
		begun.map(({ pid, ...process }) => ({
			...process,
			peak: mebibytes(pid, 'VmHWM'),
			after: mebibytes(pid, 'VmRSS'),
		}));
}

/** @throws when the process has ended */
function mebibytes(pid: number, field: 'VmRSS' | 'VmHWM'): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
	if (kibibytes === undefined) throw new Error(`Process ${pid} tells no ${field}`);
	return Number(kibibytes) / 1024;
}
