import type { DetailKey } from '../../fields/details';
import { TEXT_TO_IMAGE } from '../../models/textToImage';
import { bodyOf, type BodyTable } from '../../submit/body';
import { detailRows, filesRow, MODERATION_ROW, PROMPT_ROW, RATIO_ROW } from '../../submit/rows';
import { parameter } from '../../submit/sources';

/** Options that are fields of the body. */
export const IMAGE_DETAILS = [
	'background',
	'edit',
	'grounding',
	'outputCount',
	'outputFormat',
	'quality',
	'seed',
] as const satisfies DetailKey[];

/** The body of Image → Generate (CometAPI's `text_to_image`): field by field, and where it comes from. */
const IMAGE_BODY: BodyTable = {
	promptText: PROMPT_ROW,
	ratio: RATIO_ROW,
	referenceImages: filesRow('image', 'Reference Image', parameter('referenceImages')),
	contentModeration: MODERATION_ROW,
	...detailRows(IMAGE_DETAILS),
};

export const imageBody = bodyOf(IMAGE_BODY, TEXT_TO_IMAGE);
