import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulatorForTests } from '../support/simulatorForTests';
import type { CreateRoute } from '../../../tools/simulator/create/routes';
import { outputFile } from '../../../tools/simulator/outputFile';
import { createOn, createdTask, read, readOutput } from './client';

const AT_ONCE = { pendingMs: 0, runningMs: 0 };

const simulator = simulatorForTests({ scenario: AT_ONCE });

async function createdOn(route: CreateRoute, fields: Record<string, unknown> = {}) {
	return createdTask.parse(await (await createOn(simulator, route, fields)).json()).id;
}

const aleph2 = (outputFormat: string) => ({ model: 'aleph2', outputFormat });
const muse = (outputFormat: string) => ({
	model: 'muse_image',
	ratio: 'auto',
	outputFormat,
});
const MOV = Buffer.from('ftypqt  ');

describe('the output', () => {
	it.each<[CreateRoute, Record<string, unknown>, string, string, Buffer, number]>([
		['video_to_video', {}, 'mp4', 'video/mp4', Buffer.from('ftypisom'), 4],
		['image_to_video', {}, 'mp4', 'video/mp4', Buffer.from('ftypisom'), 4],
		['video_upscale', {}, 'mp4', 'video/mp4', Buffer.from('ftypisom'), 4],
		['character_performance', {}, 'mp4', 'video/mp4', Buffer.from('ftypisom'), 4],
		['video_to_video', aleph2('prores'), 'mov', 'video/quicktime', MOV, 4],
		[
			'video_to_video',
			aleph2('png_sequence'),
			'zip',
			'application/zip',
			Buffer.from('PK\x03\x04'),
			0,
		],
		['text_to_image', {}, 'png', 'image/png', Buffer.from('\x89PNG\r\n', 'latin1'), 0],
		['text_to_image', muse('jpeg'), 'jpg', 'image/jpeg', Buffer.from([0xff, 0xd8, 0xff]), 0],
		['text_to_image', muse('webp'), 'webp', 'image/webp', Buffer.from('WEBP'), 8],
	])('of %s with %j is a .%s of type %s', async (route, fields, kind, type, magic, at) => {
		const [url] = await readOutput(simulator, await createdOn(route, fields));
		expect(new URL(url).pathname).toMatch(new RegExp(`/0\\.${kind}$`));
		const response = await fetch(url);
		const bytes = Buffer.from(await response.arrayBuffer());
		expect(response.headers.get('content-type')).toBe(type);
		expect(bytes.subarray(at, at + magic.length)).toEqual(magic);
		const asset = join(__dirname, `../../../tools/simulator/assets/transformed.${kind}`);
		expect(bytes.equals(readFileSync(asset))).toBe(true);
	});

	it('is padded where it is made of boxes, and as it is otherwise', () => {
		const wanted = 1_000_000;
		expect(outputFile('mov', wanted).bytes).toBe(wanted);
		for (const kind of ['zip', 'png', 'jpg', 'webp'] as const) {
			expect(outputFile(kind, wanted).bytes).toBe(outputFile(kind).bytes);
		}
	});

	it('comes as often as the body says, unless the scenario knows better', async () => {
		const body = { model: 'gpt_image_2', ratio: 'auto', outputCount: 3 };
		expect(await readOutput(simulator, await createdOn('text_to_image', body))).toHaveLength(3);
		simulator.useScenario({ ...AT_ONCE, outputCount: 2 });
		expect(await readOutput(simulator, await createdOn('text_to_image', body))).toHaveLength(2);
	});
});

it.each([
	['video_to_video', 'VIDEO_TO_VIDEO'],
	['image_to_video', 'IMAGE_TO_VIDEO'],
	['text_to_image', 'TEXT_TO_IMAGE'],
	['video_upscale', 'VIDEO_UPSCALE'],
	['character_performance', 'CHARACTER_PERFORMANCE'],
] as const)('%s is the action %s in the wrapped shape', async (route, action) => {
	simulator.useScenario({ ...AT_ONCE, shape: 'wrapped' });
	expect(await read(simulator, await createdOn(route))).toMatchObject({ data: { action } });
});

describe('where there is no prompt, every other text of the body', () => {
	it('is what rules, faults and words are looked for in, but for data URIs', async () => {
		simulator.addRule({ promptIncludes: 'acting', scenario: { outcome: 'CANCELLED' } });
		simulator.addRule({ promptIncludes: 'AAAA', scenario: { outcome: 'FAILED' } });
		const character = { type: 'image', uri: 'data:image/png;base64,AAAA' };
		const performed = await createdOn('character_performance', { character });
		const upscaled = await createdOn('video_upscale', {
			videoUri: 'https://example.com/[sim:fail].mp4',
		});
		expect(await read(simulator, performed)).toMatchObject({ status: 'CANCELLED' });
		expect(await read(simulator, upscaled)).toMatchObject({ status: 'FAILED' });
		simulator.addFault({ on: 'create', kind: 'status', promptIncludes: 'small.mp4' });
		expect((await createOn(simulator, 'video_upscale')).status).toBe(500);
	});

	it('counts the creates of a task', async () => {
		simulator.addFault({ on: 'create', kind: 'status' });
		await createOn(simulator, 'video_upscale');
		await createdOn('video_upscale');
		await createdOn('video_upscale', { videoUri: 'https://example.com/other.mp4' });
		expect(simulator.tasks()).toMatchObject([
			{ createCount: 2, promptText: '', route: 'video_upscale', model: 'upscale_v1' },
			{ createCount: 1 },
		]);
	});

	it('is not looked at where there is a prompt', async () => {
		simulator.addRule({ promptIncludes: 'clip.mp4', scenario: { outcome: 'FAILED' } });
		const id = await createdOn('video_to_video');
		expect(await read(simulator, id)).toMatchObject({ status: 'SUCCEEDED' });
	});
});

it('records route and model of refused creates, too', async () => {
	await createOn(simulator, 'video_upscale', { videoUri: 'nothing' });
	expect(simulator.requests()).toMatchObject([
		{ operation: 'create', route: 'video_upscale', model: 'upscale_v1', status: 400 },
	]);
	expect(simulator.requests()[0]).not.toHaveProperty('promptText');
});
