import type { RecordedRequest } from '../../../tools/simulator';

/** What a load has asked of the API. */
export interface Traffic {
	/** Reads of a task: on the average, and of the one that was read most. */
	readsPerTask: number;
	mostReadsOfATask: number;
	/** The least between two reads of one task, in seconds. */
	shortestGapSeconds: number;
	/** Reads of all tasks in the busiest second. */
	busiestSecond: number;
}

/** Looks through what has arrived at the API. */
export function trafficOf(requests: RecordedRequest[]): Traffic {
	const reads = requests.filter(({ operation }) => operation === 'read');
	const byTask = grouped(reads, ({ taskId }) => taskId);
	const bySecond = grouped(reads, ({ at }) => Math.floor(at / 1_000));
	const gaps = byTask.flatMap((of) => of.slice(1).map(({ at }, index) => at - of[index].at));
	return {
		readsPerTask: reads.length / byTask.length,
		mostReadsOfATask: Math.max(...byTask.map(({ length }) => length)),
		shortestGapSeconds: Math.min(...gaps) / 1_000,
		busiestSecond: Math.max(...bySecond.map(({ length }) => length)),
	};
}

function grouped<Value>(values: Value[], keyOf: (value: Value) => unknown): Value[][] {
	const groups = new Map<unknown, Value[]>();
	for (const value of values) {
		const key = keyOf(value);
		groups.set(key, [...(groups.get(key) ?? []), value]);
	}
	return [...groups.values()];
}
