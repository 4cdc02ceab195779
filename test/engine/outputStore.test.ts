import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import { chain, disposeEngine, listStoredFiles, startWorkflow, trigger } from '../../tools/engine';
import { told, wait } from '../../tools/engine/runway';
import { startOutputHost } from './support/outputHost';
import { useHurry } from './support/useHurry';

useHurry();
afterAll(disposeEngine);

const MB = 1024 * 1024;
const PIECE = Buffer.alloc(MB, 7);

async function send(response: ServerResponse, pieces: number): Promise<void> {
	for (let sent = 0; sent < pieces; sent++) {
		response.write(PIECE);
		await sleep(5);
	}
}

type Answer = (response: ServerResponse) => Promise<void> | void;

/** Answers by how much is announced, and what comes of it, in MB. */
const film = (announcedMb: number | undefined, sentMb: number, end: 'end' | 'break'): Answer =>
	async function (response) {
		const length = announcedMb === undefined ? {} : { 'content-length': announcedMb * MB };
		response.writeHead(200, { 'content-type': 'video/mp4', ...length });
		await send(response, sentMb);
		if (end === 'end') response.end();
		else response.destroy();
	};

/** Half a film, and then nothing; the connection stays open. */
const silent: Answer = async (response) => {
	response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': 3 * MB });
	await send(response, 2);
};

const page =
	(type: string): Answer =>
	(response) =>
		void response.setHeader('content-type', type).end('<!doctype html><p>Sign in');

/** Downloads at most 4 MB from a host that answers so; `whileRunning` may stop it. */
async function download(
	answer: Answer,
	whileRunning: (stop: () => void) => Promise<void> = async () => {},
) {
	const host = await startOutputHost(
		(origin) => `${origin}/clip.mp4`,
		(_path, response) => void answer(response),
	);
	try {
		const node = wait({ download: true, maxDownloadMb: 4 }, { taskId: 'task-1' });
		const options = { credentials: host.credentials() };
		const started = startWorkflow(chain(trigger, node), options);
		await whileRunning(() => started.cancel());
		return await started.finished;
	} finally {
		await host.close();
	}
}

const before = new Set<string>();
beforeEach(() => {
	for (const file of listStoredFiles()) before.add(file);
});
const newFiles = () => listStoredFiles().filter((file) => !before.has(file));

async function until(isSo: () => boolean): Promise<void> {
	for (let tries = 0; tries < 400 && !isSo(); tries++) await sleep(5);
	expect(isSo()).toBe(true);
}

test('a file that came whole is in the store, with what n8n notes of it', async () => {
	const run = await download(film(3, 3, 'end'));
	expect(run.error).toBeUndefined();
	expect(newFiles()).toHaveLength(2);
});

describe('nothing is left in the store of', () => {
	test.each<[string, Answer, RegExp]>([
		['a transfer that breaks off', film(3, 2, 'break'), /could not be downloaded/],
		['one without a length', film(undefined, 2, 'break'), /could not be downloaded/],
		['one that stands still', silent, /could not be downloaded/],
		['a file that is announced too large', film(5, 5, 'end'), /is larger than 4 MB/],
		['one that turns out too large', film(undefined, 6, 'end'), /is larger than 4 MB/],
		['a page in the place of the film', page('text/html'), /is no media file but text\/html/],
		['a page of a vague type', page('application/octet-stream'), /is no media file but a text/],
		['nothing at all', film(undefined, 0, 'end'), /is no media file but empty/],
	])('%s', async (_what, answer, message) => {
		const run = await download(answer);
		expect(told(run).message).toMatch(message);
		expect(newFiles()).toEqual([]);
	});

	test('a transfer that is stopped half-way, though it had begun to write', async () => {
		const written: string[] = [];
		const run = await download(
			async (response) => {
				response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': 4 * MB });
				await send(response, 2);
			},
			async (stop) => {
				await until(() => newFiles().length > 0);
				written.push(...newFiles());
				stop();
			},
		);
		expect(run.status).toBe('canceled');
		expect(written).toHaveLength(1);
		await until(() => newFiles().length === 0);
	});
});
