import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { wrongType } from '../../../shared/n8n/input';
import { bodyOf, type BodyTable } from '../../submit/body';
import { mediaUri, modelId, promptText, ratio, wholeNumber } from '../../submit/schemas';
import { locator, option, parameter, readBinary, videoSource } from '../../submit/sources';

const PROMPT_LIMIT = 1000;
const SEED_LIMIT = 4_294_967_295;

/** One row of the node's References. */
interface Reference {
	source?: 'url' | 'binary';
	url?: string;
	binaryPropertyName?: string;
}

const references = z.array(
	z.object({ uri: mediaUri('image') }, wrongType('an object')).passthrough(),
	wrongType('a list'),
);

const contentModeration = z
	.object(
		{
			publicFigureThreshold: z.enum(['auto', 'low'], { message: 'is neither "auto" nor "low"' }),
		},
		wrongType('an object'),
	)
	.passthrough();

/** The body of Video → Transform (CometAPI's `video_to_video`): field by field, and where it comes from. */
const TRANSFORM_BODY = {
	videoUri: {
		label: 'Video URL',
		remedy: 'Give an https:// URL with a domain name, or set Video Source to Binary Data.',
		schema: mediaUri('video'),
		from: videoSource,
	},
	promptText: {
		label: 'Prompt',
		remedy: `Say what the output should show, in 1 to ${PROMPT_LIMIT} characters.`,
		schema: promptText(PROMPT_LIMIT),
		from: parameter('promptText'),
	},
	model: {
		label: 'Model',
		remedy: 'Choose a model from the list, or enter its id, for example gen4_aleph.',
		schema: modelId,
		from: locator('model'),
	},
	ratio: {
		label: 'Ratio',
		remedy: 'Give width and height with a colon between, for example 1280:720.',
		schema: ratio,
		from: parameter('ratio'),
	},
	seed: {
		label: 'Seed',
		remedy: `Give a whole number from 0 to ${SEED_LIMIT}, or remove the option.`,
		schema: wholeNumber(0, SEED_LIMIT).optional(),
		from: option('seed'),
	},
	references: {
		label: 'Reference',
		remedy:
			'Give each reference an https:// URL with a domain name, or a binary image, or remove it.',
		schema: references.optional(),
		from: readReferences,
	},
	contentModeration: {
		label: 'Public Figure Threshold',
		remedy: 'Choose Auto or Low, or remove the option.',
		schema: contentModeration.optional(),
		from(context) {
			const publicFigureThreshold = option('publicFigureThreshold')(context);
			return publicFigureThreshold === undefined ? undefined : { publicFigureThreshold };
		},
	},
} satisfies BodyTable;

export const transformBody = bodyOf(TRANSFORM_BODY);

async function readReferences(context: IExecuteSingleFunctions): Promise<unknown> {
	const rows = context.getNodeParameter('references.reference', []) as Reference[];
	if (rows.length === 0) return undefined;
	const readUri = async ({ source, url, binaryPropertyName }: Reference, index: number) =>
		source === 'binary'
			? await readBinary(context, binaryPropertyName, 'image', `Reference ${index + 1}`)
			: (url ?? '');
	return await Promise.all(
		rows.map(async (row, index) => ({ type: 'image', uri: await readUri(row, index) })),
	);
}
