import type { Sample } from './observer';

const MOST_ROWS = 24;
const ROUND_TO_MS = 10_000;

/** Busy slots, executions by status and deliveries over time: averages over equal spans. */
export function overTime(samples: Sample[]): string {
	const end = samples[samples.length - 1].at;
	const span = Math.ceil(end / MOST_ROWS / ROUND_TO_MS) * ROUND_TO_MS;
	const rows = [['from s', 'busy slots', 'most', 'queued', 'running', 'waiting', 'delivered']];
	for (let from = 0; from <= end; from += span) {
		const within = samples.filter(({ at }) => at >= from && at < from + span);
		if (within.length === 0) continue;
		const status = (name: string) =>
			average(within.map(({ statuses }) => statuses[name] ?? 0)).toFixed(1);
		const busy = within.map(({ busySlots }) => busySlots);
		rows.push([
			(from / 1000).toFixed(0),
			average(busy).toFixed(1),
			String(Math.max(...busy)),
			status('new'),
			status('running'),
			status('waiting'),
			String(within[within.length - 1].delivered),
		]);
	}
	return table(rows);
}

/** Busy slots added up over time, in slot seconds. */
export function slotSeconds(samples: Sample[]): number {
	return samples
		.slice(1)
		.reduce(
			(sum, { at, busySlots }, index) => sum + (busySlots * (at - samples[index].at)) / 1000,
			0,
		);
}

/** Rows of equal length, in columns. */
export function table(rows: string[][]): string {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
	return rows
		.map((row) => `    ${row.map((cell, column) => cell.padStart(widths[column])).join('  ')}`)
		.join('\n');
}

function average(values: number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
