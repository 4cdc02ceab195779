import { openLedger, type LedgerEntry } from '../../../nodes/CometApiRunway/methods/ledger';

const FIELDS = { videoUri: 'data:video/mp4;base64,c2VjcmV0', promptText: 'Make it snow', model: 'gen4_aleph' };
const bodyWith = (fields: object) => Buffer.from(JSON.stringify({ ...FIELDS, ...fields }));
const body = bodyWith({});
const accepted: LedgerEntry = { taskId: 'task-1' };
const uncertain: LedgerEntry = { uncertain: { statusCode: 504, requestId: '20260313' } };

/** A storage in which item 0 of run 0 has an entry for the body. */
function storageWith(entry: LedgerEntry): object {
	const storage = {};
	openLedger(storage, 0).write(0, body, entry);
	return storage;
}

/** What n8n makes of a node's context when it saves an execution and starts from it again. */
const saveAndLoad = (storage: object) => JSON.parse(JSON.stringify(storage)) as object;

describe.each<[string, LedgerEntry]>([
	['an accepted task', accepted],
	['a create that may have been accepted', uncertain],
])('%s is found', (_what, entry) => {
	it('by a later try of the same run', () => {
		expect(openLedger(storageWith(entry), 0).find(0, body)).toEqual(entry);
	});

	it('by the same page', () => {
		const page = openLedger({}, 0);
		page.write(0, body, entry);
		expect(page.find(0, body)).toEqual(entry);
	});

	it('by a body that is equal, not only the same', () => {
		expect(openLedger(storageWith(entry), 0).find(0, Buffer.from(body))).toEqual(entry);
	});

	it('after the storage has been saved and loaded', () => {
		expect(openLedger(saveAndLoad(storageWith(entry)), 0).find(0, body)).toEqual(entry);
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
		expect(openLedger(storageWith(accepted), run).find(item, sought)).toBeUndefined();
	});

	it('in a new storage', () => {
		expect(openLedger({}, 0).find(0, body)).toBeUndefined();
	});

	it('in an earlier run that comes again: only the latest is kept', () => {
		const storage = storageWith(accepted);
		openLedger(storage, 1);
		expect(openLedger(storage, 0).find(0, body)).toBeUndefined();
	});
});

it('items with the same body have an entry each', () => {
	const storage = {};
	const page = openLedger(storage, 3);
	page.write(0, body, { taskId: 'task-0' });
	page.write(1, body, { taskId: 'task-1' });
	const retry = openLedger(saveAndLoad(storage), 3);
	expect([retry.find(0, body), retry.find(1, body)]).toEqual([{ taskId: 'task-0' }, { taskId: 'task-1' }]);
});

it('pages of the same run, open at the same time, share their entries', () => {
	const storage = {};
	const [one, other] = [openLedger(storage, 0), openLedger(storage, 0)];
	one.write(0, body, accepted);
	other.write(1, body, uncertain);
	expect(openLedger(storage, 0).find(0, body)).toEqual(accepted);
	expect(one.find(1, body)).toEqual(uncertain);
});

it('a create that turned out to be accepted replaces its uncertain entry', () => {
	const storage = storageWith(uncertain);
	openLedger(storage, 0).write(0, body, accepted);
	expect(openLedger(storage, 0).find(0, body)).toEqual(accepted);
});

it('the storage holds no text of the body, and does not grow with it', () => {
	const stored = JSON.stringify(storageWith(uncertain));
	expect(stored).not.toMatch(/snow|c2Vj|secret|gen4_aleph|videoUri/);
	const storage = {};
	openLedger(storage, 0).write(0, bodyWith({ videoUri: `data:video/mp4;base64,${'A'.repeat(100_000)}` }), uncertain);
	expect(JSON.stringify(storage)).toHaveLength(stored.length);
});

it('the storage keeps what others have put there', () => {
	const storage = { ofOthers: { count: 1 } };
	openLedger(storage, 0).write(0, body, accepted);
	openLedger(storage, 1);
	expect(storage).toMatchObject({ ofOthers: { count: 1 } });
});

it('the storage is plain data, and the latest run only', () => {
	const storage = storageWith(accepted);
	openLedger(storage, 1).write(2, body, uncertain);
	expect(storage).toStrictEqual(saveAndLoad(storage));
	const { run, entries } = (storage as { ledger: { run: number; entries: object } }).ledger;
	expect(run).toBe(1);
	expect(Object.values(entries)).toEqual([uncertain]);
});
