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
/** Of one process, above what it has when idle: 200 executions in one n8n were seen to take 1,063, on a busy machine. */
const MOST_MEBIBYTES = 1_600;
/** Of an execution without large items: what n8n needs, and for each task what was seen of it, its output's URL at most. */
const STORED = { ofExecution: 20_000, ofTask: 2_000 };
/** From one suspension to the next: the run that n8n notes, and for each task a look, or its end with that URL. */
const GROWTH = { ofExecution: 3_000, ofTask: 1_000 };
/** PostgreSQL keeps files in pieces, each with some bytes of its own: of four, this share of one. */
const MORE_FOR_FILES = 0.6;

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
			const most = ({ ofExecution, ofTask }: typeof STORED) =>
				ofExecution + (ofTask * tasks.length) / calls.length;
			assert.ok(Math.max(0, ...growthsOf(each)) < most(GROWTH), figures(each));
			if (hasLargeItems) continue;
			assert.ok(Math.max(0, ...each.suspensions.flat()) < most(STORED), figures(each));
		}
	});

	it('copies no large field and no file when an execution is suspended once more', () => {
		for (const { load, suspensions, roomBefore, rooms } of measured) {
			if (!load.hasLargeItems) continue;
			assert.ok(
				suspensions.every(({ length }) => length >= 3),
				JSON.stringify(suspensions),
			);
			const sizes = suspensions.flat();
			assert.ok(Math.min(...sizes) > LARGE_JSON_BYTES, 'the large fields are stored');
			const files = Math.max(...rooms.map((room) => room.files)) - roomBefore.files;
			const copies = files / LARGE_FILE_BYTES;
			const once = load.tasks.length;
			assert.ok(copies >= once && copies < once + MORE_FOR_FILES, `${copies} copies of ${once}`);
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
