import { CHARACTER_PERFORMANCE } from './characterPerformance';
import { IMAGE_TO_VIDEO } from './imageToVideo';
import type { Models } from './limits';
import { TEXT_TO_IMAGE } from './textToImage';
import { VIDEO_TO_VIDEO } from './videoToVideo';
import { VIDEO_UPSCALE } from './videoUpscale';

/** The models of a create route, and how CometAPI's catalogue speaks of it. */
export interface Route {
	models: Models;
	/** The feature by which the catalogue marks models of the route. */
	feature: string;
	/** The entry under which CometAPI bills the route: a price, no model. */
	billedAs: string;
}

/** By `resource/operation`. */
export const ROUTES: Record<string, Route> = {
	'video/transform': {
		models: VIDEO_TO_VIDEO,
		feature: 'video-to-video',
		billedAs: 'runwayml_video_to_video',
	},
	'video/generate': {
		models: IMAGE_TO_VIDEO,
		feature: 'image-to-video',
		billedAs: 'runwayml_image_to_video',
	},
	'video/upscale': {
		models: VIDEO_UPSCALE,
		feature: 'video-upscale',
		billedAs: 'runwayml_video_upscale',
	},
	'video/perform': {
		models: CHARACTER_PERFORMANCE,
		feature: 'character-performance',
		billedAs: 'runwayml_character_performance',
	},
	'image/generate': {
		models: TEXT_TO_IMAGE,
		feature: 'text-to-image',
		billedAs: 'runwayml_text_to_image',
	},
};
