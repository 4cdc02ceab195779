import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { figures, growthsOf } from './load/figures';
import {
	LARGE_FILE_BYTES,
	LARGE_JSON_BYTES,
	largeItems,
	type Load,
	manyExecutions,
	oneExecution,
} from './load/loads';
import { measure, type Measured } from './load/measure';
import { openQueue, openSqlite, type Place } from './load/places';
import { say } from './queue/observer';

/** Five seconds, as the node has them; a request may arrive later than it left. */
const SHORTEST_GAP_SECONDS = 4;
/** A look at each minute's suspension, and one every five seconds for the 25 that a stay lasts: of a life of minutes. */
const MOST_READS = 15;
/** Of one process, above what it has when idle: n8n, its usual 500 MiB and this fit into 2 GiB. */
const MOST_MEBIBYTES = 1_200;
/** What the nodes before and n8n itself take; and of each task: what was seen of it, and its end with the output's URL. */
const BYTES_OF_AN_EXECUTION = 20_000;
const BYTES_OF_A_TASK = 2_500;

describe('n8n under load, with SQLite and in queue mode', () => {
	let measured: Measured[];

	before(async () => {
		const [sqlite, queue] = await Promise.all([openSqlite(), openQueue()]);
		const both = await Promise.all([
			inTurn(sqlite, [
				oneExecution('wait'),
				oneExecution('create', 'url'),
				manyExecutions('many'),
				largeItems(),
			]),
			inTurn(queue, [oneExecution('wait'), manyExecutions('many'), largeItems()]),
		]);
		measured = both.flat();
	});

	it('loses nothing, creates nothing twice, and pairs each output with its item', () => {
		for (const { faults, statuses, load } of measured) {
			assert.deepEqual(faults, []);
			assert.deepEqual(statuses, { success: load.calls.length });
		}
	});

	it('asks for no task more often than it may', () => {
		for (const { traffic } of measured) {
			assert.ok(traffic.shortestGapSeconds >= SHORTEST_GAP_SECONDS, JSON.stringify(traffic));
			assert.ok(traffic.mostReadsOfATask <= MOST_READS, JSON.stringify(traffic));
		}
	});

	it('needs no more memory than an n8n has', () => {
		for (const { memory } of measured)
			for (const process of memory)
				assert.ok(process.peak - process.before < MOST_MEBIBYTES, JSON.stringify(process));
	});

	it('stores little of a task while it waits, and little more at each suspension', () => {
		for (const each of measured) {
			const { tasks, calls, hasLargeItems } = each.load;
			const tasksOfAnExecution = tasks.length / calls.length;
			const most = BYTES_OF_AN_EXECUTION + tasksOfAnExecution * BYTES_OF_A_TASK;
			assert.ok(Math.max(0, ...growthsOf(each)) < most, figures(each));
			if (hasLargeItems) continue;
			assert.ok(Math.max(...each.suspensions.flat()) < most, figures(each));
		}
	});

	it('copies no large field and no file when an execution is suspended once more', () => {
		const large = measured.filter(({ load }) => load.hasLargeItems);
		for (const { suspensions, rooms } of large) {
			assert.ok(
				suspensions.every(({ length }) => length >= 3),
				JSON.stringify(suspensions),
			);
			const [first] = suspensions.flat();
			assert.ok(first > LARGE_JSON_BYTES, 'the large fields are stored');
			const files = rooms.map((room) => room.files);
			assert.ok(files[0] > LARGE_FILE_BYTES, 'the files are stored');
			assert.ok(files.at(-1)! - files[0] < LARGE_FILE_BYTES / 10, JSON.stringify(files));
		}
	});
});

/** Prints what each comes to, as soon as that is known. */
async function inTurn(place: Place, loads: Load[]): Promise<Measured[]> {
	const all: Measured[] = [];
	for (const load of loads) {
		const measured = await measure(place, load);
		say(`${place.name}: ${load.name}: ended\n${figures(measured)}`);
		all.push(measured);
	}
	return all;
}
