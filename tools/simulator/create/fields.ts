import { z } from 'zod';
import { mediaUri } from './media';

/** The largest 32-bit seed, which every model takes but `gen3a_turbo`. */
export const seed = z.number().int().min(0).max(4294967295).optional();

/** @param max UTF-16 code units, as zod and Runway count; left out where no limit is documented */
export function prompt(max = Number.MAX_SAFE_INTEGER) {
	return z.string().min(1).max(max);
}

/** One of the texts, which the message lists when it is another one. */
export function oneOf<T extends string>(...texts: [T, ...T[]]) {
	return z.enum(texts);
}

export const contentModeration = z
	.object({ publicFigureThreshold: oneOf('auto', 'low').optional() })
	.strict()
	.optional();

export const wholeSeconds = (from: number, to: number) => z.number().int().min(from).max(to);
/** Where only "a number of seconds" is documented. */
export const someSeconds = z.number().positive();
export const secondsOrAuto = z.union([z.literal('auto'), someSeconds]);

/** `{uri}` of images that guide, without a type. */
export function imageReferences(max = Number.MAX_SAFE_INTEGER) {
	return z
		.array(z.object({ uri: mediaUri('image') }).strict())
		.max(max)
		.optional();
}

/** `{type, uri}` of clips or sounds that guide. */
export function typedReferences(media: 'video' | 'audio') {
	return z.array(z.object({ type: z.literal(media), uri: mediaUri(media) }).strict()).optional();
}

/** The sizes of Runway's own video models. */
export const runwayRatio = oneOf(
	'1280:720',
	'720:1280',
	'1104:832',
	'832:1104',
	'960:960',
	'1584:672',
);

const SEEDANCE_SMALL = [
	'992:432',
	'864:496',
	'752:560',
	'640:640',
	'560:752',
	'496:864',
	'1470:630',
	'1280:720',
	'1112:834',
	'960:960',
	'834:1112',
	'720:1280',
] as const;
const SEEDANCE_FULL_HD = [
	'2206:946',
	'1920:1080',
	'1664:1248',
	'1440:1440',
	'1248:1664',
	'1080:1920',
] as const;
const SEEDANCE_4K = [
	'3840:1646',
	'3840:2160',
	'3840:2880',
	'3840:3840',
	'2880:3840',
	'2160:3840',
] as const;

/** What the Seedance models share on every route; each has a range of sizes of its own. */
export const seedanceRatios = {
	seedance2: oneOf(...SEEDANCE_SMALL, ...SEEDANCE_FULL_HD, ...SEEDANCE_4K),
	small: oneOf(...SEEDANCE_SMALL),
	seedance2_5: oneOf(
		'992:432',
		'854:480',
		'752:560',
		'640:640',
		'560:752',
		'480:854',
		'1470:630',
		'1280:720',
		'1112:834',
		'960:960',
		'834:1112',
		'720:1280',
		...SEEDANCE_FULL_HD,
	),
};

export const seedanceFields = {
	audio: z.boolean().optional(),
	duration: secondsOrAuto.optional(),
	referenceAudio: typedReferences('audio'),
	seed,
};

export const hailuoFields = {
	promptText: prompt(),
	duration: someSeconds.optional(),
	ratio: oneOf('adaptive', '21:9', '16:9', '4:3', '1:1', '3:4', '9:16').optional(),
	referenceAudio: typedReferences('audio'),
	resolution: oneOf('768p', '2k', '768P', '2K').optional(),
};

export const omniRatio = oneOf(
	'640:360',
	'360:640',
	'1280:720',
	'720:1280',
	'1920:1080',
	'1080:1920',
	'3840:2160',
	'2160:3840',
);

export const proresProfile = oneOf('422', '4444', '422 Proxy', '422 LT', '422 HQ', '4444 XQ');
