import type RunwayML from '@runwayml/sdk';
import { z } from 'zod';
import { contentModeration, imageReferences, oneOf, prompt, seed } from './fields';
import { IMAGE_RATIOS } from './imageRatios';
import { mediaUri } from './media';

const tag = z
	.string()
	.regex(/^[A-Za-z]\w{2,15}$/, 'must be 3 to 16 letters, digits and underscores, a letter first')
	.optional();

const taggedImage = z.object({ uri: mediaUri('image'), tag }).strict();

const runwayImage = z
	.object({
		model: z.string(),
		promptText: prompt(1000),
		ratio: oneOf(...IMAGE_RATIOS.gen4_image),
		referenceImages: z.array(taggedImage).max(3).optional(),
		seed,
		contentModeration,
	})
	.strict();

/** What the models of other houses share; the limits of their prompts are documented for some alone. */
const image = (ratios: [string, ...string[]], promptLimit?: number) =>
	z.object({
		model: z.string(),
		promptText: prompt(promptLimit),
		ratio: oneOf(...ratios),
	});

const someOutputs = z.number().int().min(1).max(10).optional();

const gptImage = (promptLimit?: number) =>
	image(IMAGE_RATIOS.gpt_image_2, promptLimit).extend({
		background: oneOf('transparent', 'opaque', 'auto').optional(),
		outputCount: someOutputs,
		quality: oneOf('low', 'medium', 'high', 'auto').optional(),
		referenceImages: z
			.array(taggedImage)
			.max(16)
			.refine((images) => {
				const tags = images.flatMap((reference) => reference.tag ?? []);
				return new Set(tags).size === tags.length;
			}, 'no two images may share a tag')
			.optional(),
	});

const gptImage25 = gptImage().extend({
	quality: oneOf('low', 'medium', 'high', 'xhigh', 'max').optional(),
});

const geminiImage3 = (ratios: [string, ...string[]]) =>
	image(ratios)
		.extend({
			outputCount: z.union([z.literal(1), z.literal(4)]).optional(),
			referenceImages: z
				.array(taggedImage.extend({ subject: oneOf('object', 'human').optional() }).strict())
				.max(14)
				.optional(),
		})
		.strict();

const seedream = (ratio: z.ZodType<string>) =>
	z
		.object({
			model: z.string(),
			promptText: prompt(4000),
			ratio,
			grounding: z.boolean().optional(),
			outputCount: someOutputs,
			outputFormat: oneOf('png', 'jpeg').optional(),
			referenceImages: imageReferences(),
		})
		.strict();

const grokImage = image(IMAGE_RATIOS.grok_imagine_image_2)
	.extend({
		edit: z.boolean().optional(),
		outputCount: someOutputs,
		quality: oneOf('low', 'medium').optional(),
		referenceImages: imageReferences(3),
	})
	.strict()
	.refine(({ edit, referenceImages = [] }) => !edit || referenceImages.length > 0, {
		path: ['edit'],
		message: 'requires at least one reference image',
	});

const anyRatio = z.string().regex(/^[1-9]\d*:[1-9]\d*$/, 'must be width:height, like 1280:720');

type SdkModel = RunwayML.TextToImageCreateParams['model'];

/** What each model of the route takes; the SDK's own list of models must be in it. */
export const textToImageModels = {
	gen4_image: runwayImage,
	gen4_image_turbo: runwayImage.extend({ referenceImages: z.array(taggedImage).min(1).max(3) }),
	'gemini_2.5_flash': image(IMAGE_RATIOS['gemini_2.5_flash'])
		.extend({ referenceImages: z.array(taggedImage).max(3).optional() })
		.strict(),
	gemini_image3_pro: geminiImage3(IMAGE_RATIOS.gemini_image3_pro),
	'gemini_image3.1_flash': geminiImage3(IMAGE_RATIOS['gemini_image3.1_flash']),
	gpt_image_2: gptImage(32000).strict(),
	gpt_image_2_5_flare: gptImage25
		.extend({ background: oneOf('opaque', 'auto').optional() })
		.strict(),
	gpt_image_2_5_sunburst: gptImage25.strict(),
	muse_image: image(IMAGE_RATIOS.muse_image)
		.extend({
			outputCount: someOutputs,
			outputFormat: oneOf('png', 'jpeg', 'webp').optional(),
			referenceImages: imageReferences(10),
		})
		.strict(),
	seedream5_pro: seedream(oneOf(...IMAGE_RATIOS.seedream5_pro)),
	seedream5_lite: seedream(anyRatio),
	grok_imagine_image_2: grokImage,
} satisfies Record<SdkModel, z.ZodTypeAny>;

/** For models that are not in the table. */
export const anyTextToImage = z
	.object({
		model: z.string().min(1),
		promptText: prompt(),
		ratio: z.string(),
		referenceImages: z.array(z.object({ uri: mediaUri('image') }).passthrough()).optional(),
		seed,
	})
	.passthrough();
