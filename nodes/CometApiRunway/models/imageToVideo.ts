import { words, type Models } from './limits';
import {
	GEMINI_VIDEO_RATIOS,
	GEN4_RATIOS,
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

/** CometAPI's page still says `gen3a_turbo`, which Runway has retired, and to choose a current one. */
export const DEFAULT_GENERATE_MODEL = 'gen4_turbo';

const FIRST = { required: true } as const;
const FIRST_AND_LAST = { required: true, last: true } as const;

const VEO = {
	takes: {
		promptImage: FIRST_AND_LAST,
		promptText: {},
		ratio: { oneOf: words('1280:720 720:1280 1920:1080 1080:1920'), required: true },
		duration: { numbers: [4, 6, 8], preset: 4 },
		audio: {},
		negativePrompt: {},
		seed: SEED,
	},
} as const;

const WAN3 = {
	takes: {
		promptImage: FIRST_AND_LAST,
		promptText: { required: true },
		ratio: {
			oneOf: words(
				'832:480 720:544 624:624 544:720 480:832 1280:720 1104:832 960:960 832:1104 720:1280 1920:1080 1648:1248 1440:1440 1248:1648 1080:1920 auto_480p auto_720p auto_1080p',
			),
		},
		duration: { from: 1 },
		audio: {},
		referenceAudio: {},
		referenceVideos: {},
	},
} as const;

/** The models of `image_to_video`. `gen3a_turbo` from CometAPI's page, the others from Runway's SDK 4.20. */
export const IMAGE_TO_VIDEO = {
	gen3a_turbo: {
		takes: {
			promptImage: FIRST_AND_LAST,
			promptText: { characters: 512 },
			ratio: { oneOf: words('1280:768 768:1280'), preset: '1280:768' },
			duration: { numbers: [5, 10], preset: 5 },
			seed: { from: 0, to: 999_999_999 },
			watermark: {},
		},
	},
	gen4_turbo: {
		takes: {
			promptImage: FIRST,
			promptText: PROMPT,
			ratio: { oneOf: GEN4_RATIOS, required: true },
			duration: { from: 2, to: 10, preset: 5 },
			seed: SEED,
			contentModeration: MODERATION,
		},
	},
	'gen4.5': {
		takes: {
			promptImage: FIRST,
			promptText: REQUIRED_PROMPT,
			ratio: { oneOf: GEN4_RATIOS, required: true },
			duration: { from: 2, to: 10, preset: 5, required: true },
			outputFormat: {
				oneOf: words(
					'mp4 prores png_sequence hdr10 hlg sdr_rec709_10bit hdr_pq_12bit_master hdr_prores hdr_png_sequence hdr_exr_sequence hdr_exr_acescg_sequence_1_3 hdr_exr_acescg_sequence_2_0',
				),
			},
			proresProfile: { oneOf: PRORES_PROFILES },
			seed: SEED,
			contentModeration: MODERATION,
		},
	},
	'veo3.1': VEO,
	'veo3.1_fast': VEO,
	hailuo3: { takes: { ...HAILUO3, promptImage: FIRST_AND_LAST } },
	happyhorse_1_0: {
		takes: {
			promptImage: FIRST,
			promptText: { characters: 2_500 },
			duration: { from: 1, preset: 5 },
			resolution: { oneOf: ['720p', '1080p'] },
		},
	},
	seedance2: { takes: { ...SEEDANCE2, promptImage: FIRST_AND_LAST } },
	seedance2_fast: { takes: { ...SEEDANCE2_SMALL, promptImage: FIRST_AND_LAST } },
	seedance2_mini: { takes: { ...SEEDANCE2_SMALL, promptImage: FIRST_AND_LAST } },
	seedance2_5: { takes: { ...SEEDANCE2_5, promptImage: FIRST_AND_LAST } },
	gemini_omni_flash: {
		takes: {
			promptImage: FIRST,
			promptText: {},
			ratio: { oneOf: ['1280:720', '720:1280'] },
			duration: { from: 3, to: 10, preset: 5 },
		},
	},
	'gemini_omni_flash_1.1': {
		takes: {
			promptImage: FIRST_AND_LAST,
			promptText: { required: true },
			ratio: { oneOf: GEMINI_VIDEO_RATIOS },
			duration: { from: 3, to: 10, or: 'auto', preset: 5 },
		},
	},
	grok_imagine_1_5: {
		takes: {
			promptImage: FIRST,
			promptText: {},
			duration: { from: 1, preset: 5 },
			resolution: { oneOf: ['480p', '720p', '1080p'] },
		},
	},
	wan3: WAN3,
	wan3_prime: WAN3,
	h3_max: {
		takes: {
			promptImage: FIRST_AND_LAST,
			promptText: { required: true },
			duration: { from: 1, preset: 5 },
			resolution: { oneOf: ['480p', '768p'] },
			promptExpansionMode: { oneOf: ['disabled', 'balanced', 'quality'] },
			seed: SEED,
		},
	},
} as const satisfies Models;
