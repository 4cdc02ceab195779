import type RunwayML from '@runwayml/sdk';
import { z } from 'zod';
import {
	contentModeration,
	hailuoFields,
	imageReferences,
	omniRatio,
	oneOf,
	proresProfile,
	prompt,
	seed,
	seedanceFields,
	seedanceRatios,
	secondsOrAuto,
	typedReferences,
} from './fields';
import { mediaUri } from './media';

/** CometAPI's page; Runway's SDK no longer knows it. */
const gen4Aleph = z
	.object({
		model: z.string(),
		videoUri: mediaUri('video'),
		promptText: prompt(1000),
		ratio: oneOf(
			'1280:720',
			'720:1280',
			'1104:832',
			'960:960',
			'832:1104',
			'1584:672',
			'848:480',
			'640:480',
		).optional(),
		seed,
		references: z
			.array(z.object({ type: z.literal('image'), uri: mediaUri('image') }).strict())
			.optional(),
		contentModeration,
	})
	.strict();

const editWindow = z
	.object({
		start_seconds: z.number().int().min(0),
		end_seconds: z.number().int().min(0),
	})
	.strict()
	.refine((range) => range.start_seconds < range.end_seconds, 'must end after it starts');

const keyframe = z
	.object({
		uri: mediaUri('image'),
		seconds: z.number().min(0).optional(),
		at: z.number().min(0).max(1).optional(),
		range: editWindow.optional(),
	})
	.strict()
	.refine(
		({ seconds, at }) => (seconds === undefined) !== (at === undefined),
		'must have exactly one of seconds and at',
	)
	.refine(
		({ seconds, range }) =>
			seconds === undefined ||
			range === undefined ||
			(seconds >= range.start_seconds && seconds < range.end_seconds),
		'must lie within its range',
	);

const keyframes = z
	.array(keyframe)
	.max(5)
	.refine(
		(frames) => new Set(frames.map(({ range }) => range === undefined)).size <= 1,
		'must all have a range, or none',
	);

const aleph2 = z
	.object({
		model: z.string(),
		videoUri: mediaUri('video'),
		promptText: prompt(1000).optional(),
		keyframes: keyframes.optional(),
		targetAspectRatio: oneOf('16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16', '21:9').optional(),
		outputFormat: oneOf('mp4', 'prores', 'png_sequence', 'sdr_rec709_10bit').optional(),
		proresProfile: proresProfile.optional(),
		// Deprecated: any text passes, and changes nothing.
		ratio: z.string().optional(),
		seed,
		contentModeration,
	})
	.strict()
	.refine((body) => body.proresProfile === undefined || body.outputFormat === 'prores', {
		path: ['proresProfile'],
		message: 'is only valid when outputFormat is prores',
	});

const omni = z.object({
	model: z.string(),
	videoUri: mediaUri('video'),
	promptText: prompt(),
	references: imageReferences(),
});

const seedance2 = (ratio: z.ZodEnum<[string, ...string[]]>) =>
	z
		.object({
			model: z.string(),
			promptVideo: mediaUri('video'),
			promptText: prompt(3500).optional(),
			ratio: ratio.optional(),
			references: imageReferences(9),
			referenceVideos: typedReferences('video'),
			...seedanceFields,
		})
		.strict();

/** `extend` and `edit` have rules of their own; see the SDK's `mode`. */
const seedance25 = seedance2(seedanceRatios.seedance2_5)
	.extend({
		promptText: prompt(15000).optional(),
		references: imageReferences(30),
		mode: oneOf('reference', 'extend', 'edit').optional(),
	})
	.superRefine(({ mode = 'reference', promptText, ratio, duration }, context) => {
		if (mode === 'reference') return;
		const refuse = (field: string, message: string) =>
			context.addIssue({ code: 'custom', path: [field], message });
		if (promptText === undefined) refuse('promptText', `is required when mode is ${mode}`);
		if (ratio !== undefined) refuse('ratio', `may not be provided when mode is ${mode}`);
		if (mode === 'edit' && duration !== 'auto')
			refuse('duration', 'must be auto when mode is edit');
	});

type SdkModel = RunwayML.VideoToVideoCreateParams['model'];

/** What each model of the route takes; the SDK's own list of models must be in it. */
export const videoToVideoModels = {
	gen4_aleph: gen4Aleph,
	aleph2,
	gemini_omni_flash: omni.strict(),
	'gemini_omni_flash_1.1': omni
		.extend({
			duration: secondsOrAuto.optional(),
			mode: oneOf('reference', 'extend', 'edit').optional(),
			ratio: omniRatio.optional(),
		})
		.strict(),
	seedance2: seedance2(seedanceRatios.seedance2),
	seedance2_fast: seedance2(seedanceRatios.small),
	seedance2_mini: seedance2(seedanceRatios.small),
	seedance2_5: seedance25,
	hailuo3: z
		.object({
			model: z.string(),
			promptVideo: mediaUri('video'),
			references: imageReferences(9),
			referenceVideos: typedReferences('video'),
			...hailuoFields,
		})
		.strict(),
} satisfies Record<SdkModel | 'gen4_aleph', z.ZodTypeAny>;

/** For models that are not in the table. */
export const anyVideoToVideo = z
	.object({
		model: z.string().min(1),
		videoUri: mediaUri('video').optional(),
		promptVideo: mediaUri('video').optional(),
		promptText: prompt().optional(),
		ratio: z.string().optional(),
		seed,
		contentModeration,
	})
	.passthrough()
	.refine(({ videoUri, promptVideo }) => videoUri !== undefined || promptVideo !== undefined, {
		path: ['videoUri'],
		message: 'Required',
	});
