import type { z } from 'zod';
import { anyCharacterPerformance, characterPerformanceModels } from './characterPerformance';
import { anyImageToVideo, imageToVideoModels } from './imageToVideo';
import { anyTextToImage, textToImageModels } from './textToImage';
import { anyVideoToVideo, videoToVideoModels } from './videoToVideo';
import { anyVideoUpscale, videoUpscaleModels } from './videoUpscale';

/** The last part of a create's path, POST /runwayml/v1/ROUTE. */
export const CREATE_ROUTES = [
	'video_to_video',
	'image_to_video',
	'text_to_image',
	'video_upscale',
	'character_performance',
] as const;

export type CreateRoute = (typeof CREATE_ROUTES)[number];

interface RouteBodies {
	/** By model: the fields it has, and no others. */
	models: Record<string, z.ZodTypeAny>;
	/** For any other model: the fields the route's models share; more of them pass. */
	anyModel: z.ZodTypeAny;
}

const BODIES: Record<CreateRoute, RouteBodies> = {
	video_to_video: { models: videoToVideoModels, anyModel: anyVideoToVideo },
	image_to_video: { models: imageToVideoModels, anyModel: anyImageToVideo },
	text_to_image: { models: textToImageModels, anyModel: anyTextToImage },
	video_upscale: { models: videoUpscaleModels, anyModel: anyVideoUpscale },
	character_performance: {
		models: characterPerformanceModels,
		anyModel: anyCharacterPerformance,
	},
};

export function knowsModel(route: CreateRoute, model: string): boolean {
	return Object.hasOwn(BODIES[route].models, model);
}

/** What a body for that model must fit; the model may be missing or no text. */
export function bodySchema(route: CreateRoute, model: string | undefined): z.ZodTypeAny {
	const { models, anyModel } = BODIES[route];
	return model !== undefined && knowsModel(route, model) ? models[model] : anyModel;
}
