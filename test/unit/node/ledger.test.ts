import { ledgerLine, type LedgerEntry } from '../../../nodes/CometApiRunway/submit/ledger';

const FIELDS = {
	videoUri: 'data:video/mp4;base64,c2VjcmV0',
	promptText: 'Make it snow',
	model: 'gen4_aleph',
};
const bodyWith = (fields: object) => Buffer.from(JSON.stringify({ ...FIELDS, ...fields }));
const body = bodyWith({});
const accepted: LedgerEntry = { taskId: 'task-1' };
const uncertain: LedgerEntry = { uncertain: { statusCode: 504, requestId: '20260313' } };

/** A storage in which item 0 of run 0 has an entry for the body. */
function storageWith(entry: LedgerEntry): object {
	const storage = {};
	ledgerLine(storage, 0, 0, body).write(entry);
	return storage;
}

/** What n8n makes of a node's context when it saves an execution and starts from it again. */
const saveAndLoad = (storage: object) => JSON.parse(JSON.stringify(storage)) as object;

describe.each<[string, LedgerEntry]>([
	['an accepted task', accepted],
	['a create that may have been accepted', uncertain],
])('%s is found', (_what, entry) => {
	it('by a later try of the same run', () => {
		expect(ledgerLine(storageWith(entry), 0, 0, body).read()).toEqual(entry);
	});

	it('by the same line', () => {
		const line = ledgerLine({}, 0, 0, body);
		line.write(entry);
		expect(line.read()).toEqual(entry);
	});

	it('by a body that is equal, not only the same', () => {
		expect(ledgerLine(storageWith(entry), 0, 0, Buffer.from(body)).read()).toEqual(entry);
	});

	it('after the storage has been saved and loaded', () => {
		expect(ledgerLine(saveAndLoad(storageWith(entry)), 0, 0, body).read()).toEqual(entry);
	});
});

describe('nothing is found', () => {
	it.each<[string, number, number, Buffer]>([
		['for another item', 0, 1, body],
		['for another body', 0, 0, bodyWith({ promptText: 'Make it rain' })],
		['for a body with one field more', 0, 0, bodyWith({ seed: 7 })],
		['for another video', 0, 0, bodyWith({ videoUri: 'data:video/mp4;base64,c2VjcmV1' })],
		['for an empty body', 0, 0, Buffer.from('{}')],
		['in the next run', 1, 0, body],
	])('%s', (_where, run, item, sought) => {
		expect(ledgerLine(storageWith(accepted), run, item, sought).read()).toBeUndefined();
	});

	it('in a new storage', () => {
		expect(ledgerLine({}, 0, 0, body).read()).toBeUndefined();
	});

	it('in an earlier run that comes again: only the latest is kept', () => {
		const storage = storageWith(accepted);
		ledgerLine(storage, 1, 0, body);
		expect(ledgerLine(storage, 0, 0, body).read()).toBeUndefined();
	});
});

it('items with the same body have an entry each', () => {
	const storage = {};
	ledgerLine(storage, 3, 0, body).write({ taskId: 'task-0' });
	ledgerLine(storage, 3, 1, body).write({ taskId: 'task-1' });
	const saved = saveAndLoad(storage);
	expect([ledgerLine(saved, 3, 0, body).read(), ledgerLine(saved, 3, 1, body).read()]).toEqual([
		{ taskId: 'task-0' },
		{ taskId: 'task-1' },
	]);
});

it('lines of the same run, open at the same time, share its entries', () => {
	const storage = {};
	const [one, sameAsOne, other] = [
		ledgerLine(storage, 0, 0, body),
		ledgerLine(storage, 0, 0, body),
		ledgerLine(storage, 0, 1, body),
	];
	one.write(accepted);
	other.write(uncertain);
	expect(ledgerLine(storage, 0, 0, body).read()).toEqual(accepted);
	expect(sameAsOne.read()).toEqual(accepted);
	expect(ledgerLine(storage, 0, 1, body).read()).toEqual(uncertain);
});

it('a create that turned out to be accepted replaces its uncertain entry', () => {
	const storage = storageWith(uncertain);
	ledgerLine(storage, 0, 0, body).write(accepted);
	expect(ledgerLine(storage, 0, 0, body).read()).toEqual(accepted);
});

it('the storage holds no text of the body, and does not grow with it', () => {
	const stored = JSON.stringify(storageWith(uncertain));
	expect(stored).not.toMatch(/snow|c2Vj|secret|gen4_aleph|videoUri/);
	const storage = {};
	ledgerLine(
		storage,
		0,
		0,
		bodyWith({ videoUri: `data:video/mp4;base64,${'A'.repeat(100_000)}` }),
	).write(uncertain);
	expect(JSON.stringify(storage)).toHaveLength(stored.length);
});

it('the storage keeps what others have put there', () => {
	const storage = { ofOthers: { count: 1 } };
	ledgerLine(storage, 0, 0, body).write(accepted);
	ledgerLine(storage, 1, 0, body);
	expect(storage).toMatchObject({ ofOthers: { count: 1 } });
});

it('the storage is plain data, and the latest run only', () => {
	const storage = storageWith(accepted);
	ledgerLine(storage, 1, 2, body).write(uncertain);
	expect(storage).toStrictEqual(saveAndLoad(storage));
	const { run, entries } = (storage as { ledger: { run: number; entries: object } }).ledger;
	expect(run).toBe(1);
	expect(Object.values(entries)).toEqual([uncertain]);
});
