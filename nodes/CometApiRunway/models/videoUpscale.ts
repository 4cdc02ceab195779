import { words, type Models } from './limits';

/** What CometAPI documents; Runway's SDK knows the model no more. */
export const DEFAULT_UPSCALE_MODEL = 'upscale_v1';

const SHARE = { from: 0, to: 100 } as const;

/** The models of `video_upscale`: `upscale_v1` from CometAPI's page, the others from Runway's SDK 4.20. */
export const VIDEO_UPSCALE = {
	upscale_v1: { takes: { videoUri: { required: true, seconds: { most: 40 } } } },
	magnific_video_upscaler_creative: {
		takes: {
			videoUri: { required: true },
			resolution: { oneOf: words('720p 1k 2k 4k') },
			flavor: { oneOf: words('vivid natural') },
			creativity: SHARE,
			sharpen: SHARE,
			smartGrain: SHARE,
			fpsBoost: {},
		},
	},
	enhance_frame_rate: {
		takes: {
			videoUri: { required: true },
			targetFramerate: {
				oneOf: words('60 23_98 24 25 29_97 30 48 50 59_94 120'),
				required: true,
			},
		},
	},
} as const satisfies Models;
