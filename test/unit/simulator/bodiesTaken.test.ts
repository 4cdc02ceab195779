import { simulatorForTests } from '../support/simulatorForTests';
import { CREATE_ROUTES, type CreateRoute } from '../../../tools/simulator/create/routes';
import { BODIES, createOn } from './client';
import {
	IMAGE,
	VIDEO,
	aleph2,
	seedance,
	frame,
	first,
	last,
	gen45,
	veo,
	gpt,
	span,
} from './fields';

const simulator = simulatorForTests();

describe('a create is accepted', () => {
	it.each(CREATE_ROUTES)('on %s with no more than is required', async (route) => {
		expect((await createOn(simulator, route)).status).toBe(200);
		expect(simulator.tasks()).toMatchObject([{ route, model: BODIES[route].model }]);
	});

	it.each<[CreateRoute, string, Record<string, unknown>]>([
		['video_to_video', 'aleph2 without a prompt', aleph2({})],
		['video_to_video', 'aleph2 with a deprecated ratio', aleph2({ ratio: '1280:720' })],
		[
			'video_to_video',
			'five keyframes at seconds and shares',
			aleph2({
				keyframes: [0, 1, 2, 3].map((at) => frame({ at: at / 3 })).concat(frame({ seconds: 4.5 })),
			}),
		],
		[
			'video_to_video',
			'keyframes that all have a range',
			aleph2({
				keyframes: [
					frame({ seconds: 1, range: span(0, 2) }),
					frame({ at: 0.9, range: span(2, 4) }),
				],
			}),
		],
		['video_to_video', 'ProRes', aleph2({ outputFormat: 'prores', proresProfile: '422 HQ' })],
		[
			'video_to_video',
			'references of gemini_omni_flash',
			{ model: 'gemini_omni_flash', references: [{ uri: IMAGE }] },
		],
		['video_to_video', 'the promptVideo of seedance2_5', seedance({ duration: 'auto' })],
		['video_to_video', 'an unknown model with promptVideo', seedance({ model: 'seedance9' })],
		[
			'image_to_video',
			'gen3a_turbo as CometAPI has it',
			{ model: 'gen3a_turbo', watermark: true, ratio: undefined, duration: 10 },
		],
		['image_to_video', 'a list of one image', { promptImage: [first] }],
		['image_to_video', 'a first and a last image', { ...veo, promptImage: [first, last] }],
		['image_to_video', 'gen4.5 as ProRes', { ...gen45, outputFormat: 'hdr_prores' }],
		[
			'image_to_video',
			'references of hailuo3',
			{
				model: 'hailuo3',
				promptText: 'Wind',
				ratio: 'adaptive',
				promptImage: [{ uri: IMAGE }, { uri: IMAGE }],
			},
		],
		['image_to_video', 'a data URI', { promptImage: 'data:image/png;base64,AAAA' }],
		['text_to_image', 'tagged references', { referenceImages: [{ uri: IMAGE, tag: 'house_1' }] }],
		[
			'text_to_image',
			'an image model without references',
			{ ...gpt, referenceImages: undefined, outputCount: 3 },
		],
		[
			'text_to_image',
			'an unknown model with fields of its own',
			{ model: 'gen9_image', mood: 'warm' },
		],
		[
			'video_upscale',
			'the creative upscaler',
			{
				model: 'magnific_video_upscaler_creative',
				creativity: 40,
				flavor: 'natural',
				resolution: '4k',
			},
		],
		['video_upscale', 'a frame rate', { model: 'enhance_frame_rate', targetFramerate: '59_94' }],
		[
			'character_performance',
			'a film of the character',
			{
				character: { type: 'video', uri: VIDEO },
				bodyControl: true,
				expressionIntensity: 5,
				ratio: '960:960',
			},
		],
	])('on %s with %s', async (route, _what, fields) => {
		const response = await createOn(simulator, route, fields);
		expect([response.status, await response.json()]).toEqual([200, { id: expect.any(String) }]);
	});
});
