import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';
import type { IDataObject } from 'n8n-workflow';
import { DEFAULT_API_KEY } from '../../tools/simulator';
import { chain, disposeEngine, type RunOptions, runWorkflow, trigger } from '../../tools/engine';
import { getTask, told, wait } from '../../tools/engine/runway';

const FILM = readFileSync(join(__dirname, '../../tools/simulator/assets/transformed.mp4'));
/** What packing makes larger, as it does many a video. */
const NOISE = randomBytes(100_000);
const PACKED: Record<string, (content: Buffer) => Buffer> = {
	gzip: gzipSync,
	br: brotliCompressSync,
	deflate: deflateSync,
};

afterAll(disposeEngine);

/** A host whose one task has succeeded, with an output that is answered so. */
async function withOutput<Result>(
	output: { headers?: Record<string, string>; body: Buffer | string },
	use: (
		credentials: NonNullable<RunOptions['credentials']>,
		asked: () => number,
	) => Promise<Result>,
): Promise<Result> {
	let asked = 0;
	const server = Fastify({ forceCloseConnections: true });
	const baseUrl: string = await server
		.get('/runwayml/v1/tasks/:id', ({ params }, reply) =>
			reply.send({ ...(params as object), status: 'SUCCEEDED', output: [`${baseUrl}/clip.mp4`] }),
		)
		.get('/clip.mp4', (_request, reply) => {
			asked += 1;
			return reply.headers(output.headers ?? {}).send(output.body);
		})
		.listen({ host: '127.0.0.1', port: 0 });
	try {
		return await use({ cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl } }, () => asked);
	} finally {
		await server.close();
	}
}

const download = wait({ download: true }, { taskId: 'task-1' });

test.each(Object.entries(PACKED))(
	'an output that its host sends as %s all the same is stored as it is, byte for byte',
	async (encoding, pack) => {
		const headers = { 'content-encoding': encoding, 'content-type': 'video/mp4' };
		for (const content of [FILM, NOISE]) {
			await withOutput({ headers, body: pack(content) }, async (credentials, asked) => {
				const run = await runWorkflow(chain(trigger, download), { credentials });
				expect(run.error).toBeUndefined();
				const stored = await run.binaryBuffer(run.output('Wait')[0], 'data');
				expect(stored.equals(content)).toBe(true);
				expect(asked()).toBe(1);
			});
		}
	},
);

test.each<[string, { headers?: Record<string, string>; body: string }, string]>([
	['a page', { headers: { 'content-type': 'text/html' }, body: '<p>Sign in' }, 'text/html'],
	['nothing', { headers: { 'content-type': 'video/mp4' }, body: '' }, 'empty'],
])('%s is not stored as the video, and the error keeps the URL', async (_what, output, what) => {
	await withOutput(output, async (credentials, asked) => {
		const run = await runWorkflow(chain(trigger, download), { credentials });
		const { message, description, context } = told(run);
		expect(message).toBe(
			`The output of task task-1 is no media file but ${what}, so it was not stored`,
		);
		expect(description).toContain(String(context.outputUrl));
		expect(asked()).toBe(1);
	});
});

describe('several outputs', () => {
	const IMAGE = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(1_000)]);

	/** A host whose one task has four outputs, three of which are images, and where all URLs expire at their first use. */
	async function withFour<Result>(
		broken: string | undefined,
		use: (
			credentials: NonNullable<RunOptions['credentials']>,
			reads: () => number,
		) => Promise<Result>,
	): Promise<Result> {
		let reads = 0;
		const server = Fastify({ forceCloseConnections: true });
		const baseUrl: string = await server
			.get('/runwayml/v1/tasks/:id', ({ params }, reply) => {
				reads += 1;
				const urls = ['a.png', 'b', 'c.webp', 'd.zip'].map((file) => `${baseUrl}/${reads}/${file}`);
				return reply.send({ ...(params as object), status: 'SUCCEEDED', output: urls });
			})
			.get('/:reading/:file', ({ params }, reply) => {
				const { reading, file } = params as { reading: string; file: string };
				if (reading === '1') return reply.status(403).send('');
				return file === broken ? reply.status(400).send('') : reply.send(IMAGE);
			})
			.listen({ host: '127.0.0.1', port: 0 });
		try {
			return await use({ cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl } }, () => reads);
		} finally {
			await server.close();
		}
	}

	test('all come along, in fields of their own; one fresh read brings URLs for all', async () => {
		await withFour(undefined, async (credentials, reads) => {
			const run = await runWorkflow(chain(trigger, download), { credentials });
			const [item] = run.output('Wait');
			const files = Object.entries(item.binary ?? {}).map(([field, file]) => [
				field,
				file.fileName,
				file.mimeType,
				file.fileExtension,
			]);
			expect(files).toEqual([
				['data', 'task-1.png', 'image/png', 'png'],
				['data_1', 'task-1_1.png', 'image/png', 'png'],
				['data_2', 'task-1_2.webp', 'image/webp', 'webp'],
				['data_3', 'task-1_3.zip', 'application/zip', 'zip'],
			]);
			for (const field of ['data', 'data_1', 'data_2', 'data_3'])
				expect((await run.binaryBuffer(item, field)).equals(IMAGE)).toBe(true);
			expect(reads()).toBe(2);
		});
	});

	test('one that fails fails all: the error names it and all the others', async () => {
		await withFour('c.webp', async (credentials) => {
			const run = await runWorkflow(chain(trigger, download), { credentials });
			const { message, description, context } = told(run);
			expect(message).toBe('The output 3 of 4 of task task-1 could not be downloaded: HTTP 400');
			const urls = context.outputUrls as string[];
			expect(urls).toHaveLength(4);
			expect(context.outputUrl).toBe(urls[2]);
			for (const url of urls) expect(description).toContain(url);
		});
	});
});

describe('what can be no id', () => {
	test.each<[string, unknown, string]>([
		['a step up in the path', '..', 'Task ID is "..", which can be no id [item 0]'],
		['half of a character', 'a\ud800', 'which can be no id [item 0]'],
		['nothing', ' ', 'Task ID is empty [item 0]'],
	])('%s: is told by Get and Wait, which ask for nothing', async (_what, taskId, message) => {
		await withOutput({ body: '' }, async (credentials) => {
			const input = [{ json: { taskId } as IDataObject }];
			for (const node of [getTask(), wait()]) {
				const run = await runWorkflow(chain(trigger, node), { credentials, input });
				expect(told(run).message).toContain(message);
			}
		});
	});

	test('but a number can', async () => {
		await withOutput({ body: '' }, async (credentials) => {
			const input = [{ json: { taskId: 9000001 } }];
			for (const node of [getTask(), wait()]) {
				const run = await runWorkflow(chain(trigger, node), { credentials, input });
				expect(run.json(node.name)).toMatchObject([{ taskId: '9000001', status: 'SUCCEEDED' }]);
			}
		});
	});
});
