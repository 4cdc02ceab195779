import type RunwayML from '@runwayml/sdk';
import { z } from 'zod';
import { contentModeration, runwayRatio, seed } from './fields';
import { mediaUri } from './media';

const video = z.object({ type: z.literal('video'), uri: mediaUri('video') }).strict();
const image = z.object({ type: z.literal('image'), uri: mediaUri('image') }).strict();

const actTwo = z
	.object({
		model: z.string(),
		character: z.discriminatedUnion('type', [image, video]),
		reference: video,
		ratio: runwayRatio.optional(),
		bodyControl: z.boolean().optional(),
		expressionIntensity: z.number().int().min(1).max(5).optional(),
		seed,
		contentModeration,
	})
	.strict();

type SdkModel = RunwayML.CharacterPerformanceCreateParams['model'];

/** What each model of the route takes; the SDK's own list of models must be in it. */
export const characterPerformanceModels = {
	act_two: actTwo,
} satisfies Record<SdkModel, z.ZodTypeAny>;

/** For models that are not in the table. */
export const anyCharacterPerformance = actTwo
	.extend({ model: z.string().min(1), ratio: z.string().optional() })
	.passthrough();
