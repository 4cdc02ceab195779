import { z } from 'zod';
import { numeric } from '../../../shared/n8n/input';
import type { DetailKey } from '../../fields/details';
import type { SourceNames } from '../../fields/media';
import { IMAGE_TO_VIDEO } from '../../models/imageToVideo';
import { bodyOf, type BodyTable } from '../../submit/body';
import {
	detailRows,
	entriesOf,
	fileTexts,
	MODERATION_ROW,
	NUMBER,
	PROMPT_ROW,
	RATIO_ROW,
	readEntry,
} from '../../submit/rows';
import { chosen, mediaUri } from '../../submit/schemas';
import { fileFrom, option, parameter, type Source } from '../../submit/sources';

/** The parameters that name the image. */
export const IMAGE_NAMES: SourceNames = {
	label: 'Image',
	source: 'imageSource',
	url: 'imageUrl',
	binary: 'binaryPropertyName',
};

/** The option that names the last frame. */
export const LAST_IMAGE = { name: 'lastImage', label: 'Last Image' };

/** Options that are fields of the body. */
export const GENERATE_DETAILS = [
	'audio',
	'negativePrompt',
	'outputFormat',
	'promptExpansionMode',
	'proresProfile',
	'referenceAudio',
	'referenceVideos',
	'resolution',
	'seed',
	'watermark',
] as const satisfies DetailKey[];

const firstImage = fileFrom('image', IMAGE_NAMES);

/** The image alone, or with the last frame, a list of both. */
const readImages: Source = async (context, limits) => {
	const first = await firstImage(context, limits);
	const [last] = entriesOf(option(LAST_IMAGE.name)(context));
	if (!last) return first;
	const uri = await readEntry(context, last, 'image', LAST_IMAGE.label);
	return [
		{ uri: first, position: 'first' },
		{ uri, position: 'last' },
	];
};

/** 0 leaves it to the model. */
const readDuration: Source = (context, limits) => {
	const duration = numeric(parameter('duration')(context, limits));
	return duration === 0 ? undefined : duration;
};

/** The body of Video → Generate (CometAPI's `image_to_video`): field by field, and where it comes from. */
const GENERATE_BODY: BodyTable = {
	promptImage: {
		...fileTexts(IMAGE_NAMES),
		schema: chosen((value) => (Array.isArray(value) ? positionedImages : mediaUri('image'))),
		from: readImages,
	},
	promptText: PROMPT_ROW,
	ratio: RATIO_ROW,
	duration: {
		label: 'Duration (Seconds)',
		remedy: 'Give Duration (Seconds) a number of seconds that the model takes.',
		schema: NUMBER,
		from: readDuration,
	},
	contentModeration: MODERATION_ROW,
	...detailRows(GENERATE_DETAILS),
};

const positionedImages = z.array(z.object({ uri: mediaUri('image') }).passthrough());

export const generateBody = bodyOf(GENERATE_BODY, IMAGE_TO_VIDEO);
