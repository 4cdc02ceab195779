import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { PROMPT_WORDS } from '../../../tools/simulator/promptWords';
import { scenarioOf } from '../../../tools/simulator/scenario';
import { create, createOutputUrl, createTask, get, read, startOwn, waitUntil } from './client';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ scenario: { pendingMs: 0, runningMs: 0 } });
});
afterAll(async () => await simulator.close());
beforeEach(() => simulator.reset());

const statusOrFailure = async (promptText: string) =>
	await create(simulator, { promptText }).then(
		({ status }) => status,
		() => 'broken',
	);

describe('a word in the prompt', () => {
	it.each<[string, object]>([
		['[sim:fail]', { status: 'FAILED', failureCode: 'INTERNAL.BAD_OUTPUT.CODE01' }],
		['[sim:moderated]', { status: 'FAILED', failureCode: 'SAFETY.INPUT.TEXT' }],
		['[sim:cancelled]', { status: 'CANCELLED' }],
		['[sim:no-output]', { status: 'SUCCEEDED', output: [] }],
		['[sim:three]', { output: [expect.any(String), expect.any(String), expect.any(String)] }],
		['[sim:wrapped]', { code: 'success', data: { status: 'SUCCESS' } }],
		['[sim:slow]', { status: 'RUNNING' }],
		['[sim:throttled]', { status: 'THROTTLED' }],
		['[sim:not-exist]', { error: { code: 'task_not_exist' } }],
		['[sim:quick]', { status: 'SUCCEEDED' }],
	])('%s makes the task read %j', async (word, expected) => {
		const id = await createTask(simulator, `A rainy street ${word} at night`);
		expect(await read(simulator, id)).toMatchObject(expected);
	});

	it.each<[string, number | 'broken']>([
		['[sim:429]', 429],
		['[sim:503]', 503],
		['[sim:500]', 500],
		['[sim:html]', 200],
		['[sim:reset]', 'broken'],
	])('%s spoils the first create and accepts the next, every time anew', async (word, first) => {
		const promptText = `Snow ${word}`;
		const accepted: number[] = [];
		for (const expected of [first, 200, first, 200]) {
			expect(await statusOrFailure(promptText)).toBe(expected);
			accepted.push(simulator.stats().tasksAccepted);
		}
		expect(accepted).toEqual([0, 1, 1, 2]);
	});

	it('[sim:lost] loses the id of a task that was accepted', async () => {
		expect(await statusOrFailure('Fog [sim:lost]')).toBe('broken');
		expect(simulator.stats()).toMatchObject({ createsReceived: 1, tasksAccepted: 1 });
	});

	it('[sim:hang] leaves the first create without an answer and accepts the next', async () => {
		const own = await startOwn();
		const hanging = create(own, { promptText: 'Hail [sim:hang]' }).catch(() => 'broken');
		await waitUntil(() => own.requests()[0]?.status === 'hang');
		await createTask(own, 'Hail [sim:hang]');
		await own.close();
		expect(await hanging).toBe('broken');
	});

	it("[sim:read-502] spoils the first read of each such task, and nobody else's", async () => {
		const [one, other, third] = [
			await createTask(simulator, 'a [sim:read-502]'),
			await createTask(simulator, 'a [sim:read-502]'),
			await createTask(simulator, 'a'),
		];
		const statuses = [];
		for (const id of [third, one, one, other, other]) {
			statuses.push((await get(simulator, `/runwayml/v1/tasks/${id}`)).status);
		}
		expect(statuses).toEqual([200, 502, 200, 502, 200]);
	});

	it('[sim:broken-download] breaks the first download', async () => {
		const url = await createOutputUrl(simulator, '[sim:broken-download]');
		await expect((await fetch(url)).arrayBuffer()).rejects.toThrow();
		expect((await (await fetch(url)).arrayBuffer()).byteLength).toBeGreaterThan(0);
	});

	it('[sim:expired] issues output URLs that open nothing', async () => {
		expect((await fetch(await createOutputUrl(simulator, '[sim:expired]'))).status).toBe(403);
	});
});

describe('the table of words', () => {
	it('combines several words in one prompt', async () => {
		const promptText = '[sim:429] [sim:503] [sim:wrapped] [sim:moderated]';
		expect([await statusOrFailure(promptText), await statusOrFailure(promptText)]).toEqual([
			429, 503,
		]);
		expect(await read(simulator, await createTask(simulator, promptText))).toMatchObject({
			data: { status: 'FAILURE', data: { failureCode: 'SAFETY.INPUT.TEXT' } },
		});
	});

	it.each(PROMPT_WORDS.map((entry) => [entry.word, entry] as const))(
		'has for %s fields and faults that the schemas take',
		(_word, { scenario, fault }) => {
			expect(scenario ?? fault).toBeDefined();
			if (scenario) expect(scenarioOf(scenario)).toMatchObject(scenario);
			if (fault) expect(() => simulator.addFault(fault)).not.toThrow();
		},
	);

	it('is the same in the README', () => {
		const readme = readFileSync(join(__dirname, '../../../tools/simulator/README.md'), 'utf8');
		for (const { word, meaning } of PROMPT_WORDS) {
			expect(readme).toContain(`| \`${word}\` | ${meaning} |`);
		}
	});
});
