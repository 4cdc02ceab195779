import { z } from 'zod';
import { numeric, wrongType } from '../../shared/n8n/input';
import type { BodyRow } from './body';
import { fileEntry, readEntry } from './rows';
import { mediaUri } from './schemas';

const number = z.preprocess(numeric, z.number({ message: 'is not a number' }));
const wholeSeconds = z.preprocess(
	numeric,
	z
		.number({ message: 'is not a number' })
		.int({ message: 'is not a whole number of seconds' })
		.min(0, { message: 'is below 0' }),
);

/** One row of the panel's Keyframes, as n8n gives it. */
const panelRow = fileEntry.extend({
	position: z.enum(['seconds', 'at']).catch('seconds'),
	seconds: z.unknown(),
	at: z.unknown(),
	hasRange: z.boolean().catch(false),
	startSeconds: z.unknown(),
	endSeconds: z.unknown(),
});

/** An edit window; the moment of its keyframe falls within it (Runway's SDK, `keyframes.range`). */
const range = z
	.object({ start_seconds: wholeSeconds, end_seconds: wholeSeconds })
	.refine(({ start_seconds, end_seconds }) => start_seconds < end_seconds, {
		message: 'has a window that ends before it begins',
	});

const keyframe = z
	.object({
		uri: mediaUri('image'),
		seconds: number.pipe(z.number().min(0, { message: 'is before the beginning' })).optional(),
		at: number
			.pipe(z.number().min(0, { message: 'is below 0' }).max(1, { message: 'is above 1' }))
			.optional(),
		range: range.optional(),
	})
	.refine(({ seconds, at }) => (seconds === undefined) !== (at === undefined), {
		message: 'needs its moment either in seconds or as a share of the clip',
	})
	.refine(
		({ seconds, range: window }) =>
			seconds === undefined ||
			window === undefined ||
			(window.start_seconds <= seconds && seconds < window.end_seconds),
		{ message: 'has its moment outside of its window' },
	);

const keyframes = z.array(keyframe, wrongType('a list')).superRefine((list, context) => {
	const without = list.findIndex((each) => each.range === undefined);
	if (without < 0 || list.every((each) => each.range === undefined)) return;
	const message = 'has no window, but others have: all keyframes need one, or none';
	context.addIssue({ code: 'custom', path: [without], message });
});

/** The images that stand for moments of the video. */
export const KEYFRAMES_ROW: BodyRow = {
	label: 'Keyframe',
	remedy:
		'Correct it, or remove it. A keyframe is an image (an https:// URL with a domain name, or a binary field) and a moment of the video.',
	schema: keyframes,
	async from(context) {
		const { keyframe: rows = [] } = z
			.object({ keyframe: z.array(panelRow).optional() })
			.catch({})
			.parse(context.getNodeParameter('keyframes', {}));
		if (rows.length === 0) return undefined;
		return await Promise.all(
			rows.map(async (row, index) => ({
				uri: await readEntry(context, row, 'image', `Keyframe ${index + 1}`),
				[row.position]: row[row.position],
				...(row.hasRange && {
					range: { start_seconds: row.startSeconds, end_seconds: row.endSeconds },
				}),
			})),
		);
	},
};
