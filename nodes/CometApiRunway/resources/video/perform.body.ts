import { z } from 'zod';
import type { DetailKey } from '../../fields/details';
import type { SourceNames } from '../../fields/media';
import { CHARACTER_PERFORMANCE } from '../../models/characterPerformance';
import { bodyOf, type BodyTable } from '../../submit/body';
import { detailRows, fileTexts, MODERATION_ROW, RATIO_ROW } from '../../submit/rows';
import { mediaUri } from '../../submit/schemas';
import { fileFrom, type Source } from '../../submit/sources';

/** The parameters that name the character, an image or a video. */
export const CHARACTER_NAMES: SourceNames = {
	label: 'Character',
	source: 'characterSource',
	url: 'characterUrl',
	binary: 'characterBinaryPropertyName',
};

/** The parameters that name the video of the performance. */
export const PERFORMANCE_NAMES: SourceNames = {
	label: 'Performance',
	source: 'performanceSource',
	url: 'performanceUrl',
	binary: 'performanceBinaryPropertyName',
};

/** Options that are fields of the body. */
export const PERFORM_DETAILS = [
	'bodyControl',
	'expressionIntensity',
	'seed',
] as const satisfies DetailKey[];

const readCharacter: Source = async (context, limits) => {
	const type = context.getNodeParameter('characterType') === 'video' ? 'video' : 'image';
	return { type, uri: await fileFrom(type, CHARACTER_NAMES)(context, limits) };
};

const readPerformance: Source = async (context, limits) => ({
	type: 'video',
	uri: await fileFrom('video', PERFORMANCE_NAMES)(context, limits),
});

/** The body of Video → Perform (CometAPI's `character_performance`): field by field, and where it comes from. */
const PERFORM_BODY: BodyTable = {
	character: {
		...fileTexts(CHARACTER_NAMES),
		schema: z.discriminatedUnion('type', [
			z.object({ type: z.literal('image'), uri: mediaUri('image') }),
			z.object({ type: z.literal('video'), uri: mediaUri('video') }),
		]),
		from: readCharacter,
	},
	reference: {
		...fileTexts(PERFORMANCE_NAMES),
		schema: z.object({ type: z.literal('video'), uri: mediaUri('video') }),
		from: readPerformance,
	},
	ratio: RATIO_ROW,
	contentModeration: MODERATION_ROW,
	...detailRows(PERFORM_DETAILS),
};

export const performBody = bodyOf(PERFORM_BODY, CHARACTER_PERFORMANCE);
