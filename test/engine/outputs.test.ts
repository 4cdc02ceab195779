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
