import { z } from 'zod';
import type { DetailKey } from '../../fields/details';
import { VIDEO_UPSCALE } from '../../models/videoUpscale';
import { bodyOf, type BodyTable } from '../../submit/body';
import { detailRows, fileRow } from '../../submit/rows';
import { text } from '../../submit/schemas';
import { parameter } from '../../submit/sources';
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
	targetFramerate: {
		label: 'Target Frame Rate',
		remedy: 'Choose one from the list.',
		schema: z.string(text),
		from: parameter('targetFramerate'),
	},
	...detailRows(UPSCALE_DETAILS),
};

export const upscaleBody = bodyOf(UPSCALE_BODY, VIDEO_UPSCALE);
