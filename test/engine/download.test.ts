import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_API_KEY } from '../../tools/simulator';
import { prompts, runChain, told, transform, wait } from '../../tools/engine/runway';
import { useSimulator } from './support/useSimulator';

const simulator = useSimulator({ speed: 20, scenario: { pendingMs: 0, runningMs: 500 } });

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const original = sha256(
	readFileSync(join(__dirname, '../../tools/simulator/assets/transformed.mp4')),
);
const downloading = () => wait({ download: true, binaryPropertyName: 'video' });
const downloads = () => simulator.requests().filter(({ operation }) => operation === 'download');

test('puts the output into the named binary field, byte for byte, and the Task beside it', async () => {
	const run = await runChain(simulator, [transform(), downloading()], prompts('one', 'two'));

	expect(run.error).toBeUndefined();
	for (const item of run.output('Wait')) {
		expect(item.json).toMatchObject({ status: 'SUCCEEDED', outputUrl: expect.any(String) });
		expect(item.binary?.video).toMatchObject({
			mimeType: 'video/mp4',
			fileName: `${String(item.json.taskId)}.mp4`,
			fileExtension: 'mp4',
		});
		expect(sha256(await run.binaryBuffer(item, 'video'))).toBe(original);
	}
});

test('never sends the key to the host of the output', async () => {
	await runChain(simulator, [transform(), downloading()], prompts('clip'));

	expect(downloads()).toHaveLength(1);
	const [{ headers }] = downloads();
	expect(headers.authorization).toBeUndefined();
	expect(JSON.stringify(headers)).not.toContain(DEFAULT_API_KEY);
});

test('answers an expired URL by reading the task once more for a fresh one', async () => {
	simulator.addFault({ on: 'download', kind: 'status', status: 410 });
	const run = await runChain(simulator, [transform(), downloading()], prompts('clip'));

	const [item] = run.output('Wait');
	expect(sha256(await run.binaryBuffer(item, 'video'))).toBe(original);
	const urls = downloads().map(({ path }) => path);
	expect(urls).toHaveLength(2);
	expect(urls[1]).not.toBe(urls[0]);
	expect(String(item.json.outputUrl).endsWith(urls[1])).toBe(true);
});

test('gives up on a URL that stays expired, and says that the task is paid for and where its output is', async () => {
	simulator.addFault({ on: 'download', kind: 'status', status: 403, times: 5 });
	const run = await runChain(simulator, [transform(), downloading()], prompts('clip'));

	const { message, description, context } = told(run);
	const { taskId } = run.json('Transform')[0];
	expect(message).toBe(
		`The output of task ${String(taskId)} could not be downloaded: its URL has expired (HTTP 403), and so had a fresh one`,
	);
	expect(description).toContain('paid for');
	expect(context).toMatchObject({
		taskId,
		outputUrl: expect.stringContaining(simulator.outputBaseUrl),
	});
	expect(downloads()).toHaveLength(2);
});

test.each([
	['a transfer that breaks off half-way', { kind: 'truncatedDownload' }],
	['a connection that is reset', { kind: 'reset' }],
] as const)(
	'begins %s anew',
	async (_, fault) => {
		simulator.addFault({ on: 'download', ...fault });
		const run = await runChain(simulator, [transform(), downloading()], prompts('clip'));

		const [item] = run.output('Wait');
		expect(sha256(await run.binaryBuffer(item, 'video'))).toBe(original);
		expect(downloads()).toHaveLength(2);
	},
	10_000,
);

test('does not take half a video for a video, however often it breaks off', async () => {
	simulator.addFault({ on: 'download', kind: 'truncatedDownload', times: 9 });
	const run = await runChain(simulator, [transform(), downloading()], prompts('clip'));

	expect(told(run).message).toContain('could not be downloaded');
	expect(downloads()).toHaveLength(4);
}, 30_000);

test('stops at the size limit, though the host announces no length, and says how to raise it', async () => {
	simulator.useScenario({
		pendingMs: 0,
		runningMs: 500,
		outputBytes: 3 * 1024 * 1024,
		outputContentLength: false,
	});
	const run = await runChain(
		simulator,
		[transform(), wait({ download: true, maxDownloadMb: 2 })],
		prompts('clip'),
	);

	const { message, description, context } = told(run);
	const { taskId } = run.json('Transform')[0];
	expect(message).toBe(
		`The output of task ${String(taskId)} is larger than 2 MB, so it was not downloaded`,
	);
	expect(description).toMatch(/paid for.*Max Download Size/);
	expect(context).toMatchObject({
		taskId,
		outputUrl: expect.stringContaining(simulator.outputBaseUrl),
	});
	expect(downloads()).toHaveLength(1);
});

test('downloads nothing unless asked to', async () => {
	const run = await runChain(simulator, [transform(), wait()], prompts('clip'));

	expect(run.output('Wait')[0].binary).toBeUndefined();
	expect(downloads()).toHaveLength(0);
});
