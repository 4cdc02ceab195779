import { words } from './limits';

/** What several models take alike. Runway's SDK 4.20 (resources/*.d.ts), and CometAPI's pages where they know more. */

export const SEED = { from: 0, to: 4_294_967_295 } as const;

export const MODERATION = {} as const;

/** Runway's own models count UTF-16 code units. */
export const PROMPT = { characters: 1_000 } as const;
export const REQUIRED_PROMPT = { characters: 1_000, required: true } as const;

export const PRORES_PROFILES = ['422', '4444', '422 Proxy', '422 LT', '422 HQ', '4444 XQ'] as const;

export const GEN4_RATIOS = words('1280:720 720:1280 1104:832 832:1104 960:960 1584:672');

const HAILUO3_RATIOS = words('adaptive 21:9 16:9 4:3 1:1 3:4 9:16');
const SEEDANCE2_RATIOS = words(
	'992:432 864:496 752:560 640:640 560:752 496:864 1470:630 1280:720 1112:834 960:960 834:1112 720:1280 2206:946 1920:1080 1664:1248 1440:1440 1248:1664 1080:1920 3840:1646 3840:2160 3840:2880 3840:3840 2880:3840 2160:3840',
);
const SEEDANCE2_SMALL_RATIOS = words(
	'992:432 864:496 752:560 640:640 560:752 496:864 1470:630 1280:720 1112:834 960:960 834:1112 720:1280',
);
const SEEDANCE2_5_RATIOS = words(
	'992:432 854:480 752:560 640:640 560:752 480:854 1470:630 1280:720 1112:834 960:960 834:1112 720:1280 2206:946 1920:1080 1664:1248 1440:1440 1248:1664 1080:1920',
);
export const GEMINI_VIDEO_RATIOS = words(
	'640:360 360:640 1280:720 720:1280 1920:1080 1080:1920 3840:2160 2160:3840',
);

/** What Hailuo 3.0 takes, whatever it starts from. */
export const HAILUO3 = {
	promptText: { required: true },
	ratio: { oneOf: HAILUO3_RATIOS },
	resolution: { oneOf: ['768p', '2k'] },
	duration: { from: 1 },
	referenceAudio: {},
} as const;

/** What the models of the Seedance family take, whatever they start from. */
const SEEDANCE = {
	duration: { from: 1, or: 'auto' },
	audio: {},
	referenceAudio: {},
	seed: SEED,
} as const;
export const SEEDANCE2 = {
	...SEEDANCE,
	promptText: { characters: 3_500 },
	ratio: { oneOf: SEEDANCE2_RATIOS },
} as const;
export const SEEDANCE2_SMALL = {
	...SEEDANCE,
	promptText: { characters: 3_500 },
	ratio: { oneOf: SEEDANCE2_SMALL_RATIOS },
} as const;
export const SEEDANCE2_5 = {
	...SEEDANCE,
	promptText: { characters: 15_000 },
	ratio: { oneOf: SEEDANCE2_5_RATIOS },
} as const;
