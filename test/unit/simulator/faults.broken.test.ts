import { startSimulator, type FaultInput, type Simulator } from '../../../tools/simulator';
import { create, createTask, get } from './client';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterAll(async () => await simulator.close());
beforeEach(() => simulator.reset());

function causeOf({ cause }: Error): string {
	const { code, name } = cause as { code?: string; name: string };
	return code ?? name;
}

/** What a client gets of a create that a fault hits: the status, and the body, as far as they come. */
async function createdUnder(
	fault: Omit<FaultInput, 'on'>,
): Promise<{ status?: number; text?: string; failed?: string }> {
	simulator.addFault({ on: 'create', ...fault });
	const response = await create(simulator).catch((error: Error) => ({ error }));
	if ('error' in response) return { failed: causeOf(response.error) };
	const { status } = response;
	const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 100));
	const text = await Promise.race([late, response.text().catch(() => 'broken')]);
	return { status, text };
}

describe('a fault on create', () => {
	it.each<[FaultInput['kind'], object]>([
		['close', { failed: 'UND_ERR_SOCKET' }],
		['garbage', { failed: 'HTTPParserError' }],
		['hangAfterHead', { status: 200, text: 'late' }],
		['brokenJson', { status: 200, text: 'broken' }],
	])('of kind %s shows as %j', async (kind, expected) => {
		expect(await createdUnder({ kind })).toEqual(expected);
	});

	it('of kind otherJson answers what it was given', async () => {
		expect(await createdUnder({ kind: 'otherJson', json: { ok: [1, null] } })).toEqual({
			status: 200,
			text: '{"ok":[1,null]}',
		});
		expect(await createdUnder({ kind: 'otherJson', json: null, status: 201 })).toEqual({
			status: 201,
			text: 'null',
		});
	});

	it.each(['close', 'garbage', 'hangAfterHead', 'brokenJson', 'otherJson'] as const)(
		'of kind %s accepts the task only when it says so',
		async (kind) => {
			const json = kind === 'otherJson' ? {} : undefined;
			await createdUnder({ kind, json });
			expect(simulator.stats()).toMatchObject({ createsReceived: 1, tasksAccepted: 0 });
			await createdUnder({ kind, json, accepted: true });
			expect(simulator.stats()).toMatchObject({ createsReceived: 2, tasksAccepted: 1 });
		},
	);
});

it('a read can be answered by the JSON of another task', async () => {
	const id = await createTask(simulator);
	simulator.addFault({
		on: 'read',
		kind: 'otherJson',
		json: { id: 'another', status: 'SUCCEEDED' },
	});
	expect(await (await get(simulator, `/runwayml/v1/tasks/${id}`)).json()).toMatchObject({
		id: 'another',
	});
	expect(await (await get(simulator, `/runwayml/v1/tasks/${id}`)).json()).toMatchObject({ id });
});

it.each<[string, object, RegExp]>([
	['otherJson without anything to answer', { on: 'create', kind: 'otherJson' }, /json/],
	['json for another kind', { on: 'create', kind: 'status', json: {} }, /json/],
	['brokenJson of a download', { on: 'download', kind: 'brokenJson' }, /kind/],
])('%s is refused', (_what, fault, field) => {
	expect(() => simulator.addFault(fault as FaultInput)).toThrow(field);
});
