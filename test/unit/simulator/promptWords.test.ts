import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulatorForTests } from '../support/simulatorForTests';
import { PROMPT_WORDS } from '../../../tools/simulator/promptWords';
import {
	breakOf,
	create,
	createOutputUrl,
	createTask,
	get,
	read,
	startOwn,
	waitUntil,
} from './client';

const simulator = simulatorForTests({ scenario: { pendingMs: 0, runningMs: 0 } });

const statusOrBreak = async (promptText: string) =>
	await create(simulator, { promptText }).then(({ status }) => status, breakOf);

describe('a word in the prompt', () => {
	it.each<[string, object]>([
		['[sim:fail]', { status: 'FAILED', failureCode: 'INTERNAL.BAD_OUTPUT.CODE01' }],
		['[sim:moderated]', { status: 'FAILED', failureCode: 'SAFETY.INPUT.TEXT' }],
		['[sim:cancelled]', { status: 'CANCELLED' }],
		['[sim:no-output]', { status: 'SUCCEEDED', output: [] }],
		['[sim:three]', { output: [expect.any(String), expect.any(String), expect.any(String)] }],
		['[sim:costs]', { cost: { credits: 56 } }],
		['[sim:slow]', { status: 'RUNNING' }],
		['[sim:not-exist]', { error: { code: 'task_not_exist' } }],
	])('%s makes the task read %j', async (word, expected) => {
		const id = await createTask(simulator, `A rainy street ${word} at night`);
		expect(await read(simulator, id)).toMatchObject(expected);
	});

	it('[sim:quick] lets the task be finished when first read, whatever the scenario', async () => {
		simulator.useScenario({ runningMs: 60_000 });
		const id = await createTask(simulator, 'Dew [sim:quick]');
		expect(await read(simulator, id)).toMatchObject({ status: 'SUCCEEDED' });
	});

	it.each([
		['[sim:429]', 429, '2'],
		['[sim:html]', 200, null],
		['[sim:no-channel]', 503, null],
	])('%s spoils the first create and accepts the next, every time anew', async (word, ...first) => {
		const promptText = `Snow ${word}`;
		for (const accepted of [0, 1]) {
			const { status, headers } = await create(simulator, { promptText });
			expect([status, headers.get('retry-after')]).toEqual(first);
			expect(simulator.stats().tasksAccepted).toBe(accepted);
			await createTask(simulator, promptText);
			expect(simulator.stats().tasksAccepted).toBe(accepted + 1);
		}
	});

	it('[sim:lost] loses the id of a task that was accepted', async () => {
		expect(await statusOrBreak('Fog [sim:lost]')).toBe('ECONNRESET');
		expect(simulator.stats()).toMatchObject({ createsReceived: 1, tasksAccepted: 1 });
	});

	it('[sim:hang] leaves the first create without an answer and accepts the next', async () => {
		const own = await startOwn();
		const hanging = expect(create(own, { promptText: 'Hail [sim:hang]' })).rejects.toThrow();
		await waitUntil(() => own.requests()[0]?.status === 'hang');
		await createTask(own, 'Hail [sim:hang]');
		await own.close();
		await hanging;
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
		await expect((await fetch(url)).arrayBuffer()).rejects.toThrow('terminated');
		expect((await (await fetch(url)).arrayBuffer()).byteLength).toBeGreaterThan(0);
	});

	it('[sim:expired] issues output URLs that open nothing', async () => {
		expect((await fetch(await createOutputUrl(simulator, '[sim:expired]'))).status).toBe(403);
	});

	it('[sim:large] makes an output of 200 MB', async () => {
		const url = await createOutputUrl(simulator, '[sim:large]');
		const { headers } = await fetch(url, { method: 'HEAD' });
		expect(headers.get('content-length')).toBe(String(200 * 1024 * 1024));
	});
});

describe('several words', () => {
	it('combine in one prompt', async () => {
		const promptText = '[sim:429] [sim:lost] [sim:three] [sim:moderated]';
		expect(await statusOrBreak(promptText)).toBe(429);
		expect(await statusOrBreak(promptText)).toBe('ECONNRESET');
		expect(await read(simulator, await createTask(simulator, promptText))).toMatchObject({
			failureCode: 'SAFETY.INPUT.TEXT',
		});
	});

	it('are all in the README, and no others', () => {
		const readme = readFileSync(join(__dirname, '../../../tools/simulator/README.md'), 'utf8');
		const told = [...readme.matchAll(/^\| `(\[sim:[^`]+)` \|/gm)].map(([, word]) => word);
		expect(told).toEqual(PROMPT_WORDS.map(({ word }) => word));
	});
});
