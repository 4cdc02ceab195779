import { words, type Models } from './limits';
import {
	GEMINI_VIDEO_RATIOS,
	HAILUO3,
	MODERATION,
	PRORES_PROFILES,
	PROMPT,
	REQUIRED_PROMPT,
	SEED,
	SEEDANCE2,
	SEEDANCE2_5,
	SEEDANCE2_SMALL,
} from './shared';

/** What CometAPI documents; Runway's SDK knows the model no more. */
export const DEFAULT_TRANSFORM_MODEL = 'gen4_aleph';

const IMAGES = { entries: 9 } as const;

const SOURCES = {
	promptVideo: { required: true },
	references: IMAGES,
	referenceVideos: {},
} as const;

/**
 * The models of `video_to_video`. `gen4_aleph` from CometAPI's page, the others from Runway's SDK 4.20. Of a clip
 * `gen4_aleph` uses the first 5 s; `aleph2` takes 2 to 30 s (Runway's page of the model).
 */
export const VIDEO_TO_VIDEO = {
	gen4_aleph: {
		takes: {
			videoUri: { required: true },
			promptText: REQUIRED_PROMPT,
			ratio: {
				oneOf: words('1280:720 720:1280 1104:832 960:960 832:1104 1584:672 848:480 640:480'),
				preset: '1280:720',
			},
			references: { typed: true },
			seed: SEED,
			contentModeration: MODERATION,
		},
	},
	aleph2: {
		takes: {
			videoUri: { required: true, seconds: { least: 2, most: 30 } },
			promptText: PROMPT,
			keyframes: { entries: 5 },
			targetAspectRatio: { oneOf: words('16:9 4:3 3:2 1:1 2:3 3:4 9:16 21:9') },
			outputFormat: { oneOf: words('mp4 prores png_sequence sdr_rec709_10bit') },
			proresProfile: { oneOf: PRORES_PROFILES },
			seed: SEED,
			contentModeration: MODERATION,
		},
	},
	gemini_omni_flash: {
		takes: { videoUri: { required: true }, promptText: { required: true }, references: {} },
	},
	'gemini_omni_flash_1.1': {
		takes: {
			videoUri: { required: true },
			promptText: { required: true },
			references: {},
			ratio: { oneOf: GEMINI_VIDEO_RATIOS },
			duration: { from: 3, to: 10, or: 'auto' },
			mode: { oneOf: words('edit extend reference') },
		},
	},
	hailuo3: { takes: { ...SOURCES, ...HAILUO3 } },
	seedance2: { takes: { ...SOURCES, ...SEEDANCE2 } },
	seedance2_fast: { takes: { ...SOURCES, ...SEEDANCE2_SMALL } },
	seedance2_mini: { takes: { ...SOURCES, ...SEEDANCE2_SMALL } },
	seedance2_5: {
		takes: {
			...SOURCES,
			...SEEDANCE2_5,
			references: { entries: 30 },
			mode: { oneOf: words('edit extend reference') },
		},
	},
} as const satisfies Models;
