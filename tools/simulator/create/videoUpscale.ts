import type RunwayML from '@runwayml/sdk';
import { z } from 'zod';
import { oneOf } from './fields';
import { mediaUri } from './media';

const percentage = z.number().min(0).max(100).optional();

const source = z.object({ model: z.string(), videoUri: mediaUri('video') });

type SdkModel = RunwayML.VideoUpscaleCreateParams['model'];

/** What each model of the route takes; the SDK's own list of models must be in it. */
export const videoUpscaleModels = {
	// CometAPI's page; Runway's SDK no longer knows it.
	upscale_v1: source.strict(),
	magnific_video_upscaler_creative: source
		.extend({
			creativity: percentage,
			flavor: oneOf('vivid', 'natural').optional(),
			fpsBoost: z.boolean().optional(),
			resolution: oneOf('720p', '1k', '2k', '4k').optional(),
			sharpen: percentage,
			smartGrain: percentage,
		})
		.strict(),
	enhance_frame_rate: source
		.extend({
			targetFramerate: oneOf('24', '25', '30', '48', '50', '60', '120', '23_98', '29_97', '59_94'),
		})
		.strict(),
} satisfies Record<SdkModel | 'upscale_v1', z.ZodTypeAny>;

/** For models that are not in the table. */
export const anyVideoUpscale = source.extend({ model: z.string().min(1) }).passthrough();
