import { parse } from 'flatted';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { ledgerLine } from '../../nodes/CometApiRunway/submit/ledger';
import { SeenTasks, type SeenTask } from '../../nodes/CometApiRunwayTrigger/seenTasks';
import { openMemory } from '../../nodes/shared/n8n/waiting/memory';
import {
	expectationOf,
	noteLife,
	parseHistory,
	type History,
} from '../../nodes/shared/task/history';
import { startWatch, type Waited } from '../../nodes/shared/task/watch';
import {
	expectStoredAsBefore,
	readStored,
	spoilt,
	versions,
	withLaterFields,
} from './support/storedFixtures';

const NOW = Date.UTC(2026, 10, 26);
const NODE_ID = 'node-1';
const anyJson = z.record(z.any());

/** Every state that a task can be in, in a trigger's memory. */
const SEEN: SeenTask[] = [
	{ taskId: 'task-1', lastLookAt: NOW },
	{ taskId: 'task-2', lastLookAt: NOW, unknownSince: NOW - 1 },
	{ taskId: 'task-3', lastLookAt: NOW, withoutUrlSince: NOW - 1 },
	{ taskId: 'task-4', lastLookAt: NOW, urlExpired: true },
	{ taskId: 'task-5', lastLookAt: NOW, done: true },
	{ taskId: 'task-6', lastLookAt: NOW, done: true },
];
const LISTED = SEEN.map(({ taskId }) => taskId);

const seenIn = (staticData: IDataObject) => new SeenTasks(staticData, NODE_ID, new Map());
const dueIn = (staticData: IDataObject): string[] =>
	seenIn(staticData)
		.due(LISTED, NOW + 60_000, 5_000)
		.map(({ taskId }) => taskId)
		.sort();

/** A history in which three tasks of a model took from 100 to 110 s. */
function historyOfThree(): History {
	const live = (history: History): History => {
		const watch = {
			...startWatch(NOW),
			answered: [NOW + 100_000, NOW + 110_000].map((at) => ({ at })),
		};
		const task = {
			taskId: 'a',
			status: 'SUCCEEDED' as const,
			createdAt: new Date(NOW).toISOString(),
		};
		const waited: Waited = {
			order: { taskId: 'a', timeoutMs: 1, minPollMs: 1 },
			watch,
			ending: { kind: 'finished', task },
		};
		return noteLife(history, 'gen4_aleph', waited);
	};
	return live(live(live([])));
}

it("a trigger's memory is stored as its fixture says", () => {
	const staticData: IDataObject = {};
	seenIn(staticData).note(...SEEN);
	expectStoredAsBefore('trigger', staticData, (all) => all, anyJson);
});

it('the lives of earlier tasks are stored as their fixture says', () => {
	const stored: { earlierTasks: History } = { earlierTasks: historyOfThree() };
	expectStoredAsBefore('history', stored, (all) => all, z.object({ earlierTasks: z.any() }));
});

const execution = z.object({
	executionData: z.object({
		contextData: z.record(z.any()),
		nodeExecutionStack: z.array(z.object({ metadata: anyJson.optional() })),
	}),
});

/** What lies on n8n's stack, and in the nodes' contexts, of a stored execution. */
function executionOf(version: string, name: string) {
	const { stored } = z.object({ stored: z.string() }).parse(readStored(version, name));
	const { contextData, nodeExecutionStack } = execution.parse(parse(stored)).executionData;
	return { contextData, kept: nodeExecutionStack[0].metadata?.cometApiRunwayWait as unknown };
}

describe.each(versions())('what version %s has stored', (version) => {
	const trigger = () => anyJson.parse(readStored(version, 'trigger')) as IDataObject;

	it("of a trigger's memory is known: what is done starts no other execution", () => {
		expect(dueIn(trigger())).toEqual(LISTED.slice(0, 4));
		const [[key, memory]] = Object.entries(trigger());
		const later = { [key]: withLaterFields(memory) } as IDataObject;
		expect(dueIn(later)).toEqual(LISTED.slice(0, 4));
	});

	it("of a trigger's memory may be spoilt in one place: at most what stands there is looked at again", () => {
		const [[key, memory]] = Object.entries(trigger());
		const { tasks } = z.object({ tasks: z.array(z.unknown()) }).parse(memory);
		for (const [place, other] of spoilt(tasks)) {
			if (place.startsWith(' ')) continue;
			const lost = LISTED[Number(place.split('.')[0].split(' ')[0])];
			const due = dueIn({ [key]: { tasks: other } as IDataObject });
			const surely = LISTED.slice(4).filter((id) => id !== lost);
			expect([place, due.filter((id) => surely.includes(id))]).toEqual([place, []]);
		}
		for (const [, other] of spoilt(memory))
			expect(dueIn({ [key]: other } as IDataObject)).toBeDefined();
	});

	it('of earlier tasks is known, and spoilt costs no more than what it says', () => {
		const { earlierTasks } = z
			.object({ earlierTasks: z.unknown() })
			.parse(readStored(version, 'history'));
		expect(expectationOf(parseHistory(earlierTasks), 'gen4_aleph')).toBeDefined();
		for (const [, other] of spoilt(earlierTasks))
			expect(() => expectationOf(parseHistory(other), 'gen4_aleph')).not.toThrow();
	});

	it('of a wait is known', () => {
		const { kept } = executionOf(version, 'suspendedWait');
		const { tasks, left, sleep } = openMemory(kept);
		expect(tasks).toMatchObject([
			{ finished: { status: 'SUCCEEDED', outputUrl: expect.any(String) } },
			{ watch: { looks: expect.any(Number), answered: expect.any(Array) } },
		]);
		expect(left).toEqual([]);
		expect(sleep).toBeDefined();
		expect(openMemory(withLaterFields(kept))).toEqual({ tasks, left, sleep });
	});

	it('of a wait may be spoilt in one place: the other task is known all the same, and nothing throws', () => {
		const { kept } = executionOf(version, 'suspendedWait');
		const whole = openMemory(kept);
		for (const [place, other] of spoilt(kept)) {
			const { tasks } = openMemory(other);
			const at = /^tasks\.(\d)/.exec(place)?.[1];
			if (at === undefined) continue;
			const intact = whole.tasks[1 - Number(at)];
			expect([place, tasks.find(({ taskId }) => taskId === intact.taskId)]).toEqual([
				place,
				intact,
			]);
		}
	});

	it('of a create may be spoilt: what was noted of it is then uncertain, and never nothing', () => {
		const { contextData } = executionOf(version, 'failedCreate');
		const [context] = Object.values(contextData);
		const { ledger } = z
			.object({ ledger: z.object({ run: z.number(), entries: z.record(z.unknown()) }) })
			.parse(context);
		const body = Buffer.from('{}');
		const key = Object.keys(ledgerKeyOf(body))[0];
		for (const entry of Object.values(ledger.entries)) {
			for (const [place, other] of spoilt(entry)) {
				const storage = { ledger: { run: 0, entries: { [key]: other } } };
				expect([place, ledgerLine(storage, 0, 0, body).read()]).not.toEqual([place, undefined]);
			}
		}
	});
});

/** The entries of a ledger with one line, for that body. */
function ledgerKeyOf(body: Buffer): object {
	const storage: { ledger?: { entries: object } } = {};
	ledgerLine(storage, 0, 0, body).write({ taskId: 'task-1' });
	return storage.ledger?.entries ?? {};
}
