import { words, type Models } from './limits';
import { MODERATION, REQUIRED_PROMPT, SEED } from './shared';

export const DEFAULT_IMAGE_MODEL = 'gen4_image';

const GEN4_IMAGE = {
	takes: {
		promptText: REQUIRED_PROMPT,
		ratio: {
			oneOf: words(
				'1920:1080 1080:1920 1024:1024 1080:1080 1168:880 1360:768 1440:1080 1080:1440 1808:768 2112:912 1280:720 720:1280 720:720 960:720 720:960 1680:720',
			),
			required: true,
		},
		// Runway takes a text alone for gen4_image; CometAPI answers `reference_images_empty`.
		referenceImages: { entries: 3, required: true },
		seed: SEED,
		contentModeration: MODERATION,
	},
} as const;

const GPT_RATIO = {
	oneOf: words(
		'auto 2048:880 1920:1088 1920:1280 1920:1440 1920:1536 1920:1920 1536:1920 1440:1920 1280:1920 1088:1920 2912:1248 2560:1440 2560:1712 2560:1920 2560:2048 2560:2560 2048:2560 1920:2560 1712:2560 1440:2560 3840:1648 3840:2160 3504:2336 3264:2448 3200:2560 2880:2880 2560:3200 2448:3264 2336:3504 2160:3840',
	),
	required: true,
} as const;

const GPT_IMAGE = {
	promptText: { characters: 32_000, required: true },
	ratio: GPT_RATIO,
	referenceImages: { entries: 16 },
	outputCount: { from: 1, to: 10 },
} as const;

const GPT_QUALITIES = words('low medium high xhigh max');

const GEMINI_3_RATIOS =
	'2048:2048 1696:2528 2528:1696 1792:2400 2400:1792 1856:2304 2304:1856 1536:2752 2752:1536 3168:1344 4096:4096 3392:5056 5056:3392 3584:4800 4800:3584 3712:4608 4608:3712 3072:5504 5504:3072 6336:2688';

/** The models of `text_to_image`, from Runway's SDK 4.20; CometAPI's page documents `gen4_image`. */
export const TEXT_TO_IMAGE = {
	gen4_image: GEN4_IMAGE,
	gen4_image_turbo: GEN4_IMAGE,
	gpt_image_2: {
		takes: {
			...GPT_IMAGE,
			quality: { oneOf: words('low medium high auto') },
			background: { oneOf: words('auto opaque transparent') },
		},
	},
	gpt_image_2_5_flare: {
		takes: {
			...GPT_IMAGE,
			quality: { oneOf: GPT_QUALITIES },
			background: { oneOf: words('auto opaque') },
		},
	},
	gpt_image_2_5_sunburst: {
		takes: {
			...GPT_IMAGE,
			quality: { oneOf: GPT_QUALITIES },
			background: { oneOf: words('auto opaque transparent') },
		},
	},
	'gemini_2.5_flash': {
		takes: {
			promptText: { required: true },
			ratio: {
				oneOf: words(
					'1344:768 768:1344 1024:1024 1184:864 864:1184 1536:672 832:1248 1248:832 896:1152 1152:896',
				),
				required: true,
			},
			referenceImages: {},
		},
	},
	gemini_image3_pro: {
		takes: {
			promptText: { required: true },
			ratio: {
				oneOf: words(
					`1344:768 768:1344 1024:1024 1184:864 864:1184 1536:672 832:1248 1248:832 896:1152 1152:896 ${GEMINI_3_RATIOS}`,
				),
				required: true,
			},
			referenceImages: { entries: 14 },
			outputCount: { numbers: [1, 4] },
		},
	},
	'gemini_image3.1_flash': {
		takes: {
			promptText: { required: true },
			ratio: {
				oneOf: words(
					`1024:1024 832:1248 1248:832 864:1184 1184:864 896:1152 1152:896 768:1344 1344:768 1536:672 512:512 416:624 624:416 432:592 592:432 448:576 576:448 384:672 672:384 768:336 256:1024 1024:256 176:1408 1408:176 512:2048 2048:512 352:2816 2816:352 1024:4096 4096:1024 704:5632 5632:704 2048:8192 8192:2048 1408:11264 11264:1408 ${GEMINI_3_RATIOS}`,
				),
				required: true,
			},
			referenceImages: { entries: 14 },
			outputCount: { numbers: [1, 4] },
		},
	},
	muse_image: {
		takes: {
			promptText: { required: true },
			ratio: {
				oneOf: words(
					'auto 2352:1008 2016:1152 1920:1280 1792:1344 1600:1600 1344:1792 1280:1920 1152:2016',
				),
				required: true,
			},
			referenceImages: { entries: 10 },
			outputCount: { from: 1 },
			outputFormat: { oneOf: words('webp png jpeg') },
		},
	},
	seedream5_pro: {
		takes: {
			promptText: { characters: 4_000, required: true },
			ratio: {
				oneOf: words(
					'auto_1k auto_2k 1024:1024 1184:896 896:1184 1376:768 768:1376 1296:864 864:1296 2048:2048 2304:1728 1728:2304 2720:1530 1530:2720 2496:1664 1664:2496',
				),
				required: true,
			},
			referenceImages: {},
			outputCount: { from: 1 },
			outputFormat: { oneOf: words('png jpeg') },
			grounding: {},
		},
	},
	seedream5_lite: {
		takes: {
			promptText: { required: true },
			// Any other of 3,686,400 to 16,777,216 pixels as well, so these are no limit.
			ratio: { required: true, preset: '2048:2048' },
			referenceImages: {},
			outputCount: { from: 1 },
			outputFormat: { oneOf: words('png jpeg') },
			grounding: {},
		},
	},
	grok_imagine_image_2: {
		takes: {
			promptText: { required: true },
			ratio: {
				oneOf: words(
					'auto_1k auto_2k 1024:1024 1280:720 720:1280 1152:864 864:1152 1248:832 832:1248 1248:576 576:1248 1280:576 576:1280 1408:704 704:1408 2048:2048 2816:1584 1584:2816 2368:1776 1776:2368 2496:1664 1664:2496 2912:1344 1344:2912 3200:1440 1440:3200 2912:1456 1456:2912',
				),
				required: true,
			},
			referenceImages: { entries: 3 },
			outputCount: { from: 1 },
			quality: { oneOf: words('low medium') },
			edit: {},
		},
	},
} as const satisfies Models;
