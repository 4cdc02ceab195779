import { simulatorForTests } from '../support/simulatorForTests';
import type { CreateRoute } from '../../../tools/simulator/create/routes';
import { createOn, envelopedError } from './client';
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

describe('a create is refused', () => {
	it.each<[CreateRoute, string, string, Record<string, unknown>]>([
		['video_to_video', 'keyframes', 'a field of aleph2', { keyframes: [frame({ at: 0 })] }],
		[
			'video_to_video',
			'references',
			'a field of gen4_aleph',
			aleph2({ references: [{ type: 'image', uri: IMAGE }] }),
		],
		[
			'video_to_video',
			'references.0.type',
			'a field of other models',
			{ model: 'gemini_omni_flash', references: [{ type: 'image', uri: IMAGE }] },
		],
		[
			'video_to_video',
			'keyframes',
			'six',
			aleph2({ keyframes: Array.from({ length: 6 }, () => frame({ at: 0 })) }),
		],
		['video_to_video', 'keyframes.0', 'without a time', aleph2({ keyframes: [frame({})] })],
		[
			'video_to_video',
			'keyframes.0',
			'with two times',
			aleph2({ keyframes: [frame({ at: 0, seconds: 0 })] }),
		],
		[
			'video_to_video',
			'keyframes.0.at',
			'beyond the end',
			aleph2({ keyframes: [frame({ at: 1.1 })] }),
		],
		[
			'video_to_video',
			'keyframes.0',
			'out of its range',
			aleph2({ keyframes: [frame({ seconds: 2, range: span(0, 2) })] }),
		],
		[
			'video_to_video',
			'keyframes.0.range',
			'empty',
			aleph2({ keyframes: [frame({ at: 0, range: span(2, 2) })] }),
		],
		[
			'video_to_video',
			'keyframes',
			'some with a range',
			aleph2({ keyframes: [frame({ at: 0 }), frame({ at: 1, range: span(0, 9) })] }),
		],
		['video_to_video', 'proresProfile', 'without ProRes', aleph2({ proresProfile: '422' })],
		['video_to_video', 'targetAspectRatio', 'unknown', aleph2({ targetAspectRatio: '2:1' })],
		[
			'video_to_video',
			'videoUri',
			'missing, of an unknown model',
			{ model: 'aleph9', videoUri: undefined },
		],
		['video_to_video', 'promptVideo', 'missing', seedance({ promptVideo: undefined })],
		['video_to_video', 'videoUri', 'in place of promptVideo', seedance({ videoUri: VIDEO })],
		['video_to_video', 'contentModeration', 'not taken', seedance({ contentModeration: {} })],
		['video_to_video', 'promptText', 'missing, to extend', seedance({ mode: 'extend' })],
		[
			'video_to_video',
			'ratio',
			'given, to extend',
			seedance({ mode: 'extend', promptText: 'On', ratio: '1280:720' }),
		],
		[
			'video_to_video',
			'duration',
			'a number, to edit',
			seedance({ mode: 'edit', promptText: 'On', duration: 5 }),
		],
		['image_to_video', 'promptImage', 'missing', { promptImage: undefined }],
		['image_to_video', 'promptImage', 'no URL', { promptImage: 'still.jpg' }],
		['image_to_video', 'promptImage.0.uri', 'no URL', { promptImage: [{ ...first, uri: 'a' }] }],
		['image_to_video', 'promptImage.0.position', 'the last frame', { promptImage: [last] }],
		['image_to_video', 'promptImage', 'the last frame alone', { ...veo, promptImage: [last] }],
		['image_to_video', 'promptImage', 'two first frames', { promptImage: [first, first] }],
		[
			'image_to_video',
			'promptImage',
			'a mix of frames and references',
			{ model: 'wan3', promptText: 'a', ratio: undefined, promptImage: [first, { uri: IMAGE }] },
		],
		['image_to_video', 'ratio', 'missing', { ratio: undefined }],
		['image_to_video', 'watermark', 'a field of gen3a_turbo', { watermark: true }],
		[
			'image_to_video',
			'promptText',
			'too long for gen3a_turbo',
			{ model: 'gen3a_turbo', promptText: 'a'.repeat(513) },
		],
		['image_to_video', 'seed', 'too large for gen3a_turbo', { model: 'gen3a_turbo', seed: 1e9 }],
		['image_to_video', 'duration', 'neither 5 nor 10', { model: 'gen3a_turbo', duration: 7 }],
		['image_to_video', 'duration', 'missing', { ...gen45, duration: undefined }],
		['image_to_video', 'duration', 'over 10', { ...gen45, duration: 11 }],
		['image_to_video', 'duration', 'odd', { ...veo, duration: 5 }],
		['text_to_image', 'promptText', 'missing', { promptText: undefined }],
		['text_to_image', 'ratio', 'missing', { ratio: undefined }],
		['text_to_image', 'ratio', 'unknown', { ratio: '1:1' }],
		[
			'text_to_image',
			'referenceImages',
			'four',
			{ referenceImages: Array(4).fill({ uri: IMAGE }) },
		],
		[
			'text_to_image',
			'referenceImages',
			'missing',
			{ model: 'gen4_image_turbo', referenceImages: undefined },
		],
		[
			'text_to_image',
			'referenceImages.0.tag',
			'two letters',
			{ referenceImages: [{ uri: IMAGE, tag: 'ab' }] },
		],
		[
			'text_to_image',
			'referenceImages',
			'with one tag twice',
			{ ...gpt, referenceImages: Array(2).fill({ uri: IMAGE, tag: 'house' }) },
		],
		['text_to_image', 'outputCount', 'eleven', { ...gpt, outputCount: 11 }],
		[
			'text_to_image',
			'edit',
			'without an image',
			{ model: 'grok_imagine_image_2', ratio: 'auto_1k', edit: true, referenceImages: undefined },
		],
		['video_upscale', 'videoUri', 'missing', { videoUri: undefined }],
		['video_upscale', 'promptText', 'not taken', { promptText: 'Sharper' }],
		[
			'video_upscale',
			'creativity',
			'over 100',
			{ model: 'magnific_video_upscaler_creative', creativity: 101 },
		],
		['video_upscale', 'targetFramerate', 'missing', { model: 'enhance_frame_rate' }],
		[
			'character_performance',
			'character.type',
			'a sound',
			{ character: { type: 'audio', uri: VIDEO } },
		],
		[
			'character_performance',
			'character.uri',
			'no image',
			{ character: { type: 'image', uri: 'data:video/mp4;base64,AAAA' } },
		],
		['character_performance', 'reference', 'missing', { reference: undefined }],
		['character_performance', 'expressionIntensity', 'six', { expressionIntensity: 6 }],
		['character_performance', 'promptText', 'not taken', { promptText: 'Smile' }],
	])('on %s whose %s is %s', async (route, field, _what, fields) => {
		const response = await createOn(simulator, route, fields);
		const { code, message } = await envelopedError(response);
		expect([response.status, code]).toEqual([400, 'invalid_request']);
		expect(message.split(': ')[0]).toBe(field);
		expect(simulator.tasks()).toEqual([]);
	});

	it('as Runway refuses what a model does not have', async () => {
		const response = await createOn(simulator, 'video_upscale', { seed: 1 });
		expect((await envelopedError(response)).message).toMatch(/^seed: no additional properties/);
	});
});
