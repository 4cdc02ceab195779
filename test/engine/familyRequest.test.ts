import { chain, runWorkflow, trigger } from '../../tools/engine';
import { DEFAULT_API_KEY } from '../../tools/simulator';
import { useCaptureServer } from './support/captureServer';
import { ROUTES } from '../../nodes/CometApiRunway/models/routes';
import { create, everything, IMAGE, LEAST, modelId, VIDEO } from './support/family';

const server = useCaptureServer();

/** What an operation sends, with what it needs and this filled in. */
async function send(operation: string, more: object = {}) {
	const run = await runWorkflow(
		chain(trigger, create(operation, { ...LEAST[operation], ...more })),
		{
			credentials: {
				cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl: server.baseUrl() },
			},
			input: [{ json: {} }],
		},
	);
	expect(run.error).toBeUndefined();
	expect(server.captured).toHaveLength(1);
	const [{ method, url, headers, body }] = server.captured;
	expect(headers).toMatchObject({
		authorization: `Bearer ${DEFAULT_API_KEY}`,
		'x-runway-version': '2024-11-06',
	});
	return [`${method} ${url}`, body];
}

/** CometAPI's pages, with nothing filled in that they do not require. */
test.each<[string, string, object]>([
	[
		'video/transform',
		'video_to_video',
		{ videoUri: VIDEO, promptText: 'Make it snow', model: 'gen4_aleph', ratio: '1280:720' },
	],
	[
		'video/generate',
		'image_to_video',
		{
			promptImage: IMAGE,
			promptText: 'Snow begins to fall',
			model: 'gen4_turbo',
			ratio: '1280:720',
			duration: 5,
		},
	],
	['video/upscale', 'video_upscale', { videoUri: VIDEO, model: 'upscale_v1' }],
	[
		'video/perform',
		'character_performance',
		{
			character: { type: 'image', uri: IMAGE },
			reference: { type: 'video', uri: VIDEO },
			model: 'act_two',
		},
	],
	[
		'image/generate',
		'text_to_image',
		{
			promptText: 'The house in the snow',
			ratio: '1920:1080',
			model: 'gen4_image',
			referenceImages: [{ uri: IMAGE }],
		},
	],
])('%s sends what CometAPI documents for %s', async (operation, route, body) => {
	expect(await send(operation)).toEqual([`POST /runwayml/v1/${route}`, body]);
});

const models = Object.entries(ROUTES).flatMap(([operation, route]) =>
	Object.entries(route.models).map(([model, { takes }]): [string, string, string[]] => [
		operation,
		model,
		Object.keys(takes),
	]),
);

test.each(models)('%s sends all that is filled in for %s', async (operation, model, keys) => {
	const [, body] = await send(operation, everything(operation, model));
	expect(Object.keys(Object(body)).sort()).toEqual([...keys, 'model'].sort());
});

const LIST = { reference: [{ source: 'url', url: IMAGE, tag: 'house' }] };

test.each<[string, string, object, object]>([
	[
		'aleph2 keyframes, by seconds and by share, and a prompt left out',
		'video/transform',
		{
			model: modelId('aleph2'),
			promptText: '',
			targetAspectRatio: '16:9',
			keyframes: {
				keyframe: [
					{ url: IMAGE, seconds: 1.5, hasRange: true, startSeconds: 1, endSeconds: 3 },
					{ url: IMAGE, position: 'at', at: 0.9, hasRange: true, startSeconds: 3, endSeconds: 5 },
				],
			},
			options: { outputFormat: 'prores', proresProfile: '422 HQ' },
		},
		{
			videoUri: VIDEO,
			model: 'aleph2',
			targetAspectRatio: '16:9',
			keyframes: [
				{ uri: IMAGE, seconds: 1.5, range: { start_seconds: 1, end_seconds: 3 } },
				{ uri: IMAGE, at: 0.9, range: { start_seconds: 3, end_seconds: 5 } },
			],
			outputFormat: 'prores',
			proresProfile: '422 HQ',
		},
	],
	[
		'no ProRes profile for what an expression says is an MP4',
		'video/transform',
		{
			model: modelId('aleph2'),
			options: { outputFormat: '={{ "mp4" }}', proresProfile: '422 HQ' },
		},
		{ videoUri: VIDEO, promptText: 'Make it snow', model: 'aleph2', outputFormat: 'mp4' },
	],
	[
		'a first and a last image',
		'video/generate',
		{ model: modelId('veo3.1'), options: { lastImage: { reference: { url: IMAGE } } } },
		{
			promptImage: [
				{ uri: IMAGE, position: 'first' },
				{ uri: IMAGE, position: 'last' },
			],
			promptText: 'Snow begins to fall',
			model: 'veo3.1',
			ratio: '1280:720',
			duration: 4,
		},
	],
	[
		'a character by video, with its options',
		'video/perform',
		{
			characterType: 'video',
			characterUrl: VIDEO,
			ratio: '720:1280',
			options: { bodyControl: true, expressionIntensity: 3, seed: 7, publicFigureThreshold: 'low' },
		},
		{
			character: { type: 'video', uri: VIDEO },
			reference: { type: 'video', uri: VIDEO },
			model: 'act_two',
			ratio: '720:1280',
			bodyControl: true,
			expressionIntensity: 3,
			seed: 7,
			contentModeration: { publicFigureThreshold: 'low' },
		},
	],
	[
		'reference images by name',
		'image/generate',
		{ referenceImages: LIST, ratio: '720:1280', options: { seed: 7 } },
		{
			promptText: 'The house in the snow',
			ratio: '720:1280',
			model: 'gen4_image',
			referenceImages: [{ uri: IMAGE, tag: 'house' }],
			seed: 7,
		},
	],
	[
		'a source that the model has another name for',
		'video/transform',
		{ model: modelId('seedance2'), options: { duration: '={{ "auto" }}', audio: true } },
		{
			promptVideo: VIDEO,
			promptText: 'Make it snow',
			model: 'seedance2',
			duration: 'auto',
			audio: true,
		},
	],
])('%s (%s)', async (_what, operation, more, body) => {
	expect((await send(operation, more))[1]).toEqual(body);
});
