import { ledgerLine, type LedgerEntry } from '../../../nodes/CometApiRunway/submit/ledger';

const FIELDS = {
	videoUri: 'data:video/mp4;base64,c2VjcmV0',
	promptText: 'Make it snow',
	model: 'gen4_aleph',
};
const bodyWith = (fields: object) => Buffer.from(JSON.stringify({ ...FIELDS, ...fields }));
const body = bodyWith({});
const accepted: LedgerEntry = { taskId: 'task-1' };
const uncertain: LedgerEntry = {
	uncertain: { kind: 'serverError', statusCode: 504, requestId: '20260313' },
};

/** A storage in which item 0 of run 0 has an entry for the body. */
function storageWith(entry: LedgerEntry): object {
	const storage = {};
	ledgerLine(storage, 0, 0, body).write(entry);
	return storage;
}

/** What n8n makes of a node's context when it saves an execution and starts from it again. */
const saveAndLoad = (storage: object): object => JSON.parse(JSON.stringify(storage));

it.each<[string, LedgerEntry]>([
	['an accepted task', accepted],
	['a create that may have been accepted', uncertain],
])(
	'%s is found by a later try with an equal body, also after n8n has saved and loaded the storage',
	(_what, entry) => {
		const saved = saveAndLoad(storageWith(entry));
		expect(ledgerLine(saved, 0, 0, Buffer.from(body)).read()).toEqual(entry);
	},
);

describe('nothing is found', () => {
	it.each<[string, number, number, Buffer]>([
		['for another item', 0, 1, body],
		['for another body', 0, 0, bodyWith({ promptText: 'Make it rain' })],
		['in the next run', 1, 0, body],
	])('%s', (_where, run, item, sought) => {
		expect(ledgerLine(storageWith(accepted), run, item, sought).read()).toBeUndefined();
	});

	it('in a new storage', () => {
		expect(ledgerLine({}, 0, 0, body).read()).toBeUndefined();
	});
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

it('the storage is plain data, and the latest run only: an earlier one that comes again finds nothing', () => {
	const storage = storageWith(accepted);
	ledgerLine(storage, 1, 2, body).write(uncertain);
	expect(storage).toStrictEqual(saveAndLoad(storage));
	expect(JSON.stringify(storage)).not.toContain('task-1');
	expect(ledgerLine(storage, 0, 0, body).read()).toBeUndefined();
});
