import { Readable } from 'node:stream';
import type { IExecuteFunctions } from 'n8n-workflow';
import { downloadOutputs } from '../../../nodes/shared/n8n/media/outputs';
import { createLimiter } from '../../../nodes/shared/http/limiter';
import type { Task } from '../../../nodes/shared/task/task';
import { fake } from '../support/fake';

interface Output {
	path: string;
	type?: string;
	statusCode?: number;
	content?: Buffer;
}

const MP4 = Buffer.from('000000206674797069736f6d', 'hex');
const MOV = Buffer.from('00000014667479707174202000000000', 'hex');
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex');
const WEBP = Buffer.from('524946461000000057454250', 'hex');
const ZIP = Buffer.from('504b0304140000000800', 'hex');

/** Downloads a task's outputs from a host that has them, two at a time. */
async function downloadAll(...outputs: Output[]) {
	const asked: string[] = [];
	const urls = outputs.map(({ path }) => `https://cdn.example/${path}`);
	const helpers = fake<IExecuteFunctions['helpers']>({
		async httpRequest({ url }) {
			asked.push(url);
			const { statusCode = 200, type, content = MP4 } = outputs[urls.indexOf(url)];
			const headers = type === undefined ? {} : { 'content-type': type };
			return { statusCode, headers, body: Readable.from([content]) };
		},
		async prepareBinaryData(content, fileName, mimeType) {
			const chunks: Buffer[] = [];
			for await (const chunk of content) chunks.push(Buffer.from(chunk));
			return { data: Buffer.concat(chunks).toString('hex'), fileName, mimeType: String(mimeType) };
		},
	});
	const clock = {
		now: () => 0,
		random: () => 0,
		stopped: () => false,
		sleep: async () => await new Promise<void>((resolve) => setImmediate(resolve)),
	};
	const task: Task = {
		taskId: 'task-1',
		status: 'SUCCEEDED',
		outputUrl: urls[0],
		outputUrls: urls,
	};
	const lane = createLimiter(2).lane(2);
	const end = await downloadOutputs({
		task,
		field: 'data',
		downloader: {
			context: fake<IExecuteFunctions>({ helpers }),
			clock,
			reach: 'internet',
			maxBytes: 1_000,
		},
		inTurn: async (job) => await lane.run(job),
	});
	return { end, asked };
}

test.each<[string, Output, string, string]>([
	['an .mp4', { path: 'a.mp4?x=1', type: 'video/mp4' }, 'task-1.mp4', 'video/mp4'],
	['a .MOV', { path: 'a.MOV', type: 'video/quicktime' }, 'task-1.mov', 'video/quicktime'],
	[
		'a .png of a vague type',
		{ path: 'a.png', type: 'binary/octet-stream' },
		'task-1.png',
		'image/png',
	],
	['a .jpeg without a type', { path: 'a.jpeg' }, 'task-1.jpeg', 'image/jpeg'],
	['a .webp', { path: 'a.webp', type: 'image/webp' }, 'task-1.webp', 'image/webp'],
	['a .zip', { path: 'a.zip', type: 'application/zip' }, 'task-1.zip', 'application/zip'],
	[
		'a .zip of a vague type',
		{ path: 'a.zip', type: 'application/octet-stream' },
		'task-1.zip',
		'application/zip',
	],
	[
		'a type without an extension',
		{ path: 'a', type: 'image/jpeg; q=1' },
		'task-1.jpg',
		'image/jpeg',
	],
	['the same for film', { path: 'a', type: 'video/quicktime' }, 'task-1.mov', 'video/quicktime'],
	[
		'an extension that nobody knows',
		{ path: 'a.mkv', type: 'video/x-matroska' },
		'task-1.mkv',
		'video/x-matroska',
	],
	['nothing but the bytes of an MP4', { path: 'a', content: MP4 }, 'task-1.mp4', 'video/mp4'],
	['… of a QuickTime film', { path: 'a', content: MOV }, 'task-1.mov', 'video/quicktime'],
	['… of a PNG', { path: 'a', content: PNG }, 'task-1.png', 'image/png'],
	['… of a JPEG', { path: 'a', content: JPEG }, 'task-1.jpg', 'image/jpeg'],
	['… of a WebP', { path: 'a', content: WEBP }, 'task-1.webp', 'image/webp'],
	['… of a ZIP', { path: 'a', content: ZIP }, 'task-1.zip', 'application/zip'],
	[
		'… of a ZIP, whatever it is called',
		{ path: 'a', type: 'application/x-zip-compressed', content: ZIP },
		'task-1.zip',
		'application/x-zip-compressed',
	],
	[
		'no sign at all',
		{ path: 'a', content: Buffer.from('????') },
		'task-1',
		'application/octet-stream',
	],
])(
	'by %s a file gets its name and type, and stays whole',
	async (_what, output, fileName, mimeType) => {
		const { end } = await downloadAll(output);
		const data = (output.content ?? MP4).toString('hex');
		expect(end).toEqual({ kind: 'stored', binary: { data: { data, fileName, mimeType } } });
	},
);

test('all outputs are downloaded, in order, under numbered fields and names', async () => {
	const { end, asked } = await downloadAll(
		{ path: 'a.png', content: PNG },
		{ path: 'b.png', content: PNG },
		{ path: 'c.jpg', content: JPEG },
	);
	expect(asked).toHaveLength(3);
	expect(end).toMatchObject({
		kind: 'stored',
		binary: {
			data: { fileName: 'task-1.png' },
			data_1: { fileName: 'task-1_1.png' },
			data_2: { fileName: 'task-1_2.jpg', mimeType: 'image/jpeg' },
		},
	});
});

test('one that fails fails all: it is named, and none begins after it', async () => {
	const { end, asked } = await downloadAll(
		{ path: 'a.png' },
		{ path: 'b.png', statusCode: 410 },
		{ path: 'c.png' },
		{ path: 'd.png' },
		{ path: 'e.png' },
	);
	expect(end).toMatchObject({ kind: 'expired', url: 'https://cdn.example/b.png' });
	expect(asked.length).toBeLessThan(5);
});

test('the size limit is that of each file', async () => {
	const half = Buffer.concat([MP4, Buffer.alloc(700)]);
	const { end } = await downloadAll({ path: 'a', content: half }, { path: 'b', content: half });
	expect(end.kind).toBe('stored');
	const over = Buffer.concat([MP4, Buffer.alloc(1_000)]);
	const { end: failed } = await downloadAll(
		{ path: 'a', content: half },
		{ path: 'b', content: over },
	);
	expect(failed).toMatchObject({ kind: 'tooLarge', url: 'https://cdn.example/b' });
});
