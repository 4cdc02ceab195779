import type { DetailKey } from '../../fields/details';
import { VIDEO_UPSCALE } from '../../models/videoUpscale';
import { bodyOf, type BodyTable } from '../../submit/body';
import { choiceRow, detailRows, fileRow } from '../../submit/rows';
import { VIDEO_NAMES } from './transform.body';

/** Options that are fields of the body. */
export const UPSCALE_DETAILS = [
	'creativity',
	'flavor',
	'fpsBoost',
	'resolution',
	'sharpen',
	'smartGrain',
] as const satisfies DetailKey[];

/** The body of Video → Upscale (CometAPI's `video_upscale`): field by field, and where it comes from. */
const UPSCALE_BODY: BodyTable = {
	videoUri: fileRow('video', VIDEO_NAMES),
	targetFramerate: choiceRow('Target Frame Rate', 'targetFramerate'),
	...detailRows(UPSCALE_DETAILS),
};

export const upscaleBody = bodyOf(UPSCALE_BODY, VIDEO_UPSCALE);
