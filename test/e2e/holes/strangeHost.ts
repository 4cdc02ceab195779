import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { repositoryRoot } from '../../../tools/n8n/paths';
import { startStrictServer } from '../strictServer';

/** An API that answers creates and reads in ways that the simulator has not, and serves outputs in such ways. */
export interface StrangeHost {
	baseUrl: string;
	/** How many creates have arrived. */
	creates(): number;
}

/** The id that creates are answered with, under a header that says HTML. */
export const HTML_ID = 'task-of-a-page';
/** A task that has succeeded, whose output is sent packed, with a length. */
export const PACKED_TASK = 'packed';
/** One that succeeds at once, and whose URL comes with the third look. */
export const LATE_TASK = 'late';
const LOOKS_WITHOUT_URL = 2;

/** Where a video lies that is of no particular type by its header. */
export const VAGUE_CLIP = '/vague';

const VIDEO = readFileSync(join(repositoryRoot, 'tools', 'simulator', 'assets', 'transformed.mp4'));
const taskParams = z.object({ taskId: z.enum([PACKED_TASK, LATE_TASK]) });

export async function startStrangeHost(): Promise<StrangeHost> {
	let creates = 0;
	let looks = 0;
	let baseUrl = '';
	const statusOf = (id: string) => {
		const isLate = id === LATE_TASK && (looks += 1) <= LOOKS_WITHOUT_URL;
		return { id, status: 'SUCCEEDED', output: isLate ? [] : [`${baseUrl}/outputs/clip.mp4`] };
	};
	baseUrl = await startStrictServer((server) => {
		server.post('/runwayml/v1/video_to_video', async (_request, reply) => {
			creates += 1;
			return await reply.type('text/html').send(JSON.stringify({ id: HTML_ID }));
		});
		server.get('/runwayml/v1/tasks/:taskId', async ({ params }) =>
			statusOf(taskParams.parse(params).taskId),
		);
		server.get('/outputs/clip.mp4', async (_request, reply) => {
			const packed = gzipSync(VIDEO);
			const headers = { 'content-encoding': 'gzip', 'content-length': packed.length };
			return await reply.headers(headers).type('video/mp4').send(packed);
		});
		server.get(VAGUE_CLIP, async (_request, reply) =>
			reply.type('application/octet-stream').send(VIDEO),
		);
	});
	return { baseUrl, creates: () => creates };
}
