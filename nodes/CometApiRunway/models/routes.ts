import { CHARACTER_PERFORMANCE, DEFAULT_PERFORM_MODEL } from './characterPerformance';
import { DEFAULT_GENERATE_MODEL, IMAGE_TO_VIDEO } from './imageToVideo';
import type { Models } from './limits';
import { DEFAULT_IMAGE_MODEL, TEXT_TO_IMAGE } from './textToImage';
import { DEFAULT_TRANSFORM_MODEL, VIDEO_TO_VIDEO } from './videoToVideo';
import { DEFAULT_UPSCALE_MODEL, VIDEO_UPSCALE } from './videoUpscale';

/** The models of a create route, and how CometAPI's catalogue speaks of it. */
export interface Route {
	models: Models;
	/** The one the panel begins with. */
	defaultModel: string;
	/** The feature by which the catalogue marks models of the route. */
	feature: string;
	/** The entry under which CometAPI bills the route: a price, no model. */
	billedAs: string;
}

/** By `resource/operation`. */
export const ROUTES: Record<string, Route> = {
	'video/transform': {
		models: VIDEO_TO_VIDEO,
		defaultModel: DEFAULT_TRANSFORM_MODEL,
		feature: 'video-to-video',
		billedAs: 'runwayml_video_to_video',
	},
	'video/generate': {
		models: IMAGE_TO_VIDEO,
		defaultModel: DEFAULT_GENERATE_MODEL,
		feature: 'image-to-video',
		billedAs: 'runwayml_image_to_video',
	},
	'video/upscale': {
		models: VIDEO_UPSCALE,
		defaultModel: DEFAULT_UPSCALE_MODEL,
		feature: 'video-upscale',
		billedAs: 'runwayml_video_upscale',
	},
	'video/perform': {
		models: CHARACTER_PERFORMANCE,
		defaultModel: DEFAULT_PERFORM_MODEL,
		feature: 'character-performance',
		billedAs: 'runwayml_character_performance',
	},
	'image/generate': {
		models: TEXT_TO_IMAGE,
		defaultModel: DEFAULT_IMAGE_MODEL,
		feature: 'text-to-image',
		billedAs: 'runwayml_text_to_image',
	},
};
