import type RunwayML from '@runwayml/sdk';
import { z } from 'zod';
import {
	contentModeration,
	hailuoFields,
	omniRatio,
	oneOf,
	proresProfile,
	prompt,
	runwayRatio,
	seed,
	seedanceFields,
	seedanceRatios,
	someSeconds,
	typedReferences,
	wholeSeconds,
} from './fields';
import { mediaUri } from './media';

const FIRST = ['first'] as const;
const FIRST_AND_LAST = ['first', 'last'] as const;

/** An image, or a list of images with their places in the clip, each place at most once, the first one always. */
function promptImage(places: readonly ['first', ...Array<'last'>]) {
	const frame = z.object({ uri: mediaUri('image'), position: z.enum(places) }).strict();
	return imageOr(
		z.array(frame).superRefine((frames, context) => {
			const taken = frames.map(({ position }) => position);
			const message = findPlacesFault(taken);
			if (message) context.addIssue({ code: 'custom', message });
		}),
	);
}

/** As above, or, without any position, a list of references. */
const promptImageOrReferences = imageOr(
	z
		.array(
			z.object({ uri: mediaUri('image'), position: z.enum(FIRST_AND_LAST).optional() }).strict(),
		)
		.min(1)
		.superRefine((frames, context) => {
			const taken = frames.flatMap(({ position }) => position ?? []);
			const isMixed = taken.length > 0 && taken.length < frames.length;
			const message = isMixed
				? 'keyframes and reference images cannot be mixed'
				: taken.length > 0 && findPlacesFault(taken);
			if (message) context.addIssue({ code: 'custom', message });
		}),
);

/** zod says nothing of use about unions, so the kind is looked at first. */
function imageOr<T extends z.ZodTypeAny>(list: T) {
	return z.unknown().superRefine((value, context) => {
		const { error } = (Array.isArray(value) ? list : mediaUri('image')).safeParse(value);
		for (const issue of error?.issues ?? []) context.addIssue(issue);
	});
}

function findPlacesFault(taken: string[]): string | undefined {
	if (new Set(taken).size < taken.length) return 'takes one image for each position';
	return taken.includes('first') ? undefined : 'must have an image at the first position';
}

/** CometAPI's page; Runway retired it. */
const gen3aTurbo = z
	.object({
		model: z.string(),
		promptImage: promptImage(FIRST_AND_LAST),
		promptText: prompt(512).optional(),
		duration: z.union([z.literal(5), z.literal(10)]).optional(),
		ratio: oneOf(
			'1280:720',
			'720:1280',
			'1104:832',
			'832:1104',
			'960:960',
			'1584:672',
			'1280:768',
			'768:1280',
		).optional(),
		seed: z.number().int().min(0).max(999999999).optional(),
		watermark: z.boolean().optional(),
		contentModeration,
	})
	.strict();

const gen4Turbo = z
	.object({
		model: z.string(),
		promptImage: promptImage(FIRST),
		promptText: prompt(1000).optional(),
		ratio: runwayRatio,
		duration: wholeSeconds(2, 10).optional(),
		seed,
		contentModeration,
	})
	.strict();

const gen45 = gen4Turbo
	.extend({
		promptText: prompt(1000),
		duration: wholeSeconds(2, 10),
		outputFormat: oneOf(
			'mp4',
			'prores',
			'png_sequence',
			'hdr10',
			'hlg',
			'sdr_rec709_10bit',
			'hdr_pq_12bit_master',
			'hdr_prores',
			'hdr_png_sequence',
			'hdr_exr_sequence',
			'hdr_exr_acescg_sequence_1_3',
			'hdr_exr_acescg_sequence_2_0',
		).optional(),
		proresProfile: proresProfile.optional(),
	})
	.refine(
		({ outputFormat, proresProfile: profile }) =>
			profile === undefined || outputFormat === 'prores' || outputFormat === 'hdr_prores',
		{ path: ['proresProfile'], message: 'is only valid when outputFormat is prores or hdr_prores' },
	);

const veo = z
	.object({
		model: z.string(),
		promptImage: promptImage(FIRST_AND_LAST),
		promptText: prompt(1000).optional(),
		ratio: oneOf('1280:720', '720:1280', '1080:1920', '1920:1080'),
		audio: z.boolean().optional(),
		duration: z.union([z.literal(4), z.literal(6), z.literal(8)]).optional(),
		negativePrompt: z.string().optional(),
		seed,
	})
	.strict();

const seedance2 = (ratio: z.ZodEnum<[string, ...string[]]>, promptLimit = 3500) =>
	z
		.object({
			model: z.string(),
			promptImage: promptImageOrReferences,
			promptText: prompt(promptLimit).optional(),
			ratio: ratio.optional(),
			...seedanceFields,
		})
		.strict();

const wan = z
	.object({
		model: z.string(),
		promptImage: promptImageOrReferences,
		promptText: prompt(),
		audio: z.boolean().optional(),
		duration: someSeconds.optional(),
		ratio: oneOf(
			'832:480',
			'720:544',
			'624:624',
			'544:720',
			'480:832',
			'1280:720',
			'1104:832',
			'960:960',
			'832:1104',
			'720:1280',
			'1920:1080',
			'1648:1248',
			'1440:1440',
			'1248:1648',
			'1080:1920',
			'auto_480p',
			'auto_720p',
			'auto_1080p',
		).optional(),
		referenceAudio: typedReferences('audio'),
		referenceVideos: typedReferences('video'),
	})
	.strict();

/** The models that take an image, a text and a few words on the output, and little else. */
const plain = (places: readonly ['first', ...Array<'last'>], promptLimit?: number) =>
	z.object({
		model: z.string(),
		promptImage: promptImage(places),
		promptText: prompt(promptLimit).optional(),
		duration: someSeconds.optional(),
	});

type SdkModel = RunwayML.ImageToVideoCreateParams['model'];

/** What each model of the route takes; the SDK's own list of models must be in it. */
export const imageToVideoModels = {
	gen3a_turbo: gen3aTurbo,
	gen4_turbo: gen4Turbo,
	'gen4.5': gen45,
	'veo3.1': veo,
	'veo3.1_fast': veo,
	hailuo3: z
		.object({ model: z.string(), promptImage: promptImageOrReferences, ...hailuoFields })
		.strict(),
	happyhorse_1_0: plain(FIRST, 2500)
		.extend({ resolution: oneOf('720p', '1080p', '720P', '1080P').optional() })
		.strict(),
	seedance2: seedance2(seedanceRatios.seedance2),
	seedance2_fast: seedance2(seedanceRatios.small),
	seedance2_mini: seedance2(seedanceRatios.small),
	seedance2_5: seedance2(seedanceRatios.seedance2_5, 15000),
	gemini_omni_flash: plain(FIRST)
		.extend({
			duration: wholeSeconds(3, 10).optional(),
			ratio: oneOf('1280:720', '720:1280').optional(),
		})
		.strict(),
	'gemini_omni_flash_1.1': plain(FIRST_AND_LAST)
		.extend({
			promptText: prompt(),
			duration: z.union([z.literal('auto'), z.number().min(3).max(10)]).optional(),
			ratio: omniRatio.optional(),
		})
		.strict(),
	grok_imagine_1_5: plain(FIRST)
		.extend({ resolution: oneOf('480p', '720p', '1080p').optional() })
		.strict(),
	wan3: wan,
	wan3_prime: wan,
	h3_max: plain(FIRST_AND_LAST)
		.extend({
			promptText: prompt(),
			promptExpansionMode: oneOf('disabled', 'balanced', 'quality').optional(),
			resolution: oneOf('480p', '768p').optional(),
			seed,
		})
		.strict(),
} satisfies Record<SdkModel | 'gen3a_turbo', z.ZodTypeAny>;

/** For models that are not in the table. */
export const anyImageToVideo = z
	.object({
		model: z.string().min(1),
		promptImage: promptImageOrReferences,
		promptText: prompt().optional(),
		duration: z.union([z.string(), someSeconds]).optional(),
		ratio: z.string().optional(),
		seed,
		contentModeration,
	})
	.passthrough();
