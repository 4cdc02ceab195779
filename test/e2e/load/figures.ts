import { table } from '../queue/table';
import type { Measured } from './measure';

/** In kB or MB, of a thousand each. */
export function inBytes(bytes: number): string {
	return Math.abs(bytes) < 1e6
		? `${(bytes / 1e3).toFixed(1)} kB`
		: `${(bytes / 1e6).toFixed(2)} MB`;
}

/** By how much the data of each execution grew from each suspension to the next, in bytes. */
export function growthsOf({ suspensions }: Pick<Measured, 'suspensions'>): number[] {
	return suspensions.flatMap((sizes) => sizes.slice(1).map((size, index) => size - sizes[index]));
}

/** What a load came to, line by line. */
export function figures(measured: Measured): string {
	return table([
		...stored(measured),
		...measured.memory.map(({ name, before, peak, after }) => [
			`memory of ${name}: before, peak, after`,
			[before, peak, after].map((size) => `${size.toFixed(0)} MiB`).join(', '),
		]),
		...traffic(measured),
	]);
}

function stored({ roomBefore, rooms, roomAfter, ...measured }: Measured): string[][] {
	const counts = measured.suspensions.map(({ length }) => length);
	const sizes = measured.suspensions.flat();
	const growths = growthsOf(measured);
	const database = [roomBefore, ...rooms, roomAfter].map((room) => room.database);
	return [
		['executions by status', JSON.stringify(measured.statuses)],
		['suspensions of an execution', `${Math.min(...counts)} to ${Math.max(...counts)}`],
		[
			'its data while suspended',
			`${inBytes(Math.min(...sizes))} to ${inBytes(Math.max(...sizes))}`,
		],
		['growth from one to the next', `at most ${inBytes(Math.max(0, ...growths))}`],
		[
			'database on disk: before, peak, after',
			[database[0], Math.max(...database), database.at(-1)!].map(inBytes).join(', '),
		],
		[
			'files kept: before, at the first suspension, at the last',
			[roomBefore, rooms[0], rooms.at(-1)!].map(({ files }) => inBytes(files)).join(', '),
		],
	];
}

function traffic({ drainSeconds, traffic: reads }: Measured): string[][] {
	return [
		['from the last end to the last delivery', `${drainSeconds.toFixed(1)} s`],
		[
			'reads of a task: average, most',
			`${reads.readsPerTask.toFixed(1)}, ${reads.mostReadsOfATask}`,
		],
		['shortest gap between two', `${reads.shortestGapSeconds.toFixed(2)} s`],
		['reads in the busiest second', String(reads.busiestSecond)],
	];
}
