import type { DetailKey } from '../../fields/details';
import type { SourceNames } from '../../fields/media';
import { VIDEO_TO_VIDEO } from '../../models/videoToVideo';
import { bodyOf, type BodyTable } from '../../submit/body';
import { KEYFRAMES_ROW } from '../../submit/keyframes';
import {
	choiceRow,
	detailRows,
	fileRow,
	filesRow,
	MODERATION_ROW,
	PROMPT_ROW,
	RATIO_ROW,
} from '../../submit/rows';
import { parameter } from '../../submit/sources';

/** The parameters that name the video of an operation. */
export const VIDEO_NAMES: SourceNames = {
	label: 'Video',
	source: 'videoSource',
	url: 'videoUrl',
	binary: 'binaryPropertyName',
};

/** Options that are fields of the body. */
export const TRANSFORM_DETAILS = [
	'audio',
	'duration',
	'mode',
	'outputFormat',
	'proresProfile',
	'referenceAudio',
	'referenceVideos',
	'resolution',
	'seed',
] as const satisfies DetailKey[];

/** The body of Video → Transform (CometAPI's `video_to_video`): field by field, and where it comes from. */
const TRANSFORM_BODY: BodyTable = {
	videoUri: fileRow('video', VIDEO_NAMES, 'promptVideo'),
	promptText: PROMPT_ROW,
	ratio: RATIO_ROW,
	targetAspectRatio: choiceRow('Target Aspect Ratio', 'targetAspectRatio'),
	references: filesRow('image', 'Reference', parameter('references')),
	keyframes: KEYFRAMES_ROW,
	contentModeration: MODERATION_ROW,
	...detailRows(TRANSFORM_DETAILS),
};

export const transformBody = bodyOf(TRANSFORM_BODY, VIDEO_TO_VIDEO);
