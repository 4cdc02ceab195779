import type { IDataObject } from 'n8n-workflow';
import { SeenTasks, type SeenTask } from '../../../nodes/CometApiRunwayTrigger/seenTasks';

const NOW = Date.UTC(2026, 2, 13);
const DAY_MS = 24 * 3_600_000;
const MIN_POLL_MS = 5_000;

const seen = (taskId: string, fields: Partial<SeenTask> = {}): SeenTask => ({
	taskId,
	lastLookAt: NOW - 60_000,
	...fields,
});

/** A memory that holds these tasks, and what n8n stores of it. */
function memoryWith(...tasks: SeenTask[]) {
	const staticData: IDataObject = {};
	const memory = new SeenTasks(staticData, 'node-1', new Map());
	memory.note(...tasks);
	const dueIds = (listed: string[], now = NOW) =>
		memory.due(listed, now, MIN_POLL_MS).map(({ taskId }) => taskId);
	return { memory, staticData, dueIds };
}

test('tasks are due that are not done, the one looked at longest ago first, and none too soon', () => {
	const { dueIds } = memoryWith(
		seen('soon', { lastLookAt: NOW - 1_000 }),
		seen('recent'),
		seen('done', { done: true }),
		seen('old', { lastLookAt: NOW - 120_000 }),
	);
	expect(dueIds(['soon', 'recent', 'done', 'old', 'new'])).toEqual(['new', 'old', 'recent']);
});

test('what is done stays done, whatever an overlapping poll has seen before', () => {
	const { memory, dueIds } = memoryWith(seen('one', { done: true }));
	memory.note(seen('one', { lastLookAt: NOW }));
	expect(dueIds(['one'], NOW + DAY_MS)).toEqual([]);
});

test('what is done is remembered for 30 days after it has left the list, other tasks are not', () => {
	const { memory, dueIds } = memoryWith(
		seen('done', { done: true }),
		seen('long ago', { done: true, lastLookAt: NOW - 31 * DAY_MS }),
		seen('unfinished'),
	);
	memory.prune([], NOW);
	expect(dueIds(['done', 'long ago', 'unfinished'])).toEqual(['long ago', 'unfinished']);
});

test('no more than the last 1,000 tasks that have left the list are remembered', () => {
	const all = Array.from({ length: 1_100 }, (_, index) => seen(`task-${index}`, { done: true }));
	const { memory, dueIds } = memoryWith(...all);
	memory.prune([], NOW);
	expect(dueIds(all.map(({ taskId }) => taskId))).toEqual(
		all.slice(0, 100).map(({ taskId }) => taskId),
	);
});

test('each change assigns a key of the static data itself, since n8n sees no other', () => {
	const assigned: PropertyKey[] = [];
	const staticData = new Proxy<IDataObject>(
		{},
		{
			set(target, key, value) {
				assigned.push(key);
				return Reflect.set(target, key, value);
			},
		},
	);
	const memory = new SeenTasks(staticData, 'node-1', new Map());
	memory.note(seen('one'));
	memory.note(seen('one', { done: true }));
	memory.prune([], NOW + 40 * DAY_MS);
	expect(assigned).toEqual(Array(3).fill('cometApiRunwayTrigger:node-1'));
});

test('all that the process has noted goes into each change, whichever object it was noted in', () => {
	const noted = new Map<string, SeenTask>();
	const [older, newer]: IDataObject[] = [{}, {}];
	const ofOlder = new SeenTasks(older, 'node-1', noted);
	new SeenTasks(newer, 'node-1', noted).note(seen('one', { done: true }));
	ofOlder.note(seen('two', { done: true }), seen('one'));
	const afterRestart = new SeenTasks(older, 'node-1', new Map());
	expect(afterRestart.due(['one', 'two', 'three'], NOW, MIN_POLL_MS)).toEqual([
		{ taskId: 'three', lastLookAt: 0 },
	]);
});

test('words are unseen until they are noted', () => {
	const { memory } = memoryWith(seen('my', { done: true }));
	expect(memory.unseen(['my', 'task'])).toEqual(['task']);
});

test.each<[string, unknown]>([
	['nothing', undefined],
	['what another version has left', { tasks: [{ id: 'one' }] }],
	['what is no memory', 'one'],
])('a memory that holds %s is an empty one', (_what, stored) => {
	const staticData = { 'cometApiRunwayTrigger:node-1': stored } as IDataObject;
	const memory = new SeenTasks(staticData, 'node-1', new Map());
	expect(memory.due(['one'], NOW, MIN_POLL_MS)).toEqual([{ taskId: 'one', lastLookAt: 0 }]);
});
