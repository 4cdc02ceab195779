import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { DataUri, findBinaryProblem, type MediaType } from '../../shared/n8n/media/dataUri';
import type { InputProblem, TransformInput } from './body';

/** A field of the node that can't be used; carries what, where and the remedy. */
export class FieldProblem extends Error {
	constructor(readonly problem: InputProblem) {
		super(problem.problem);
	}
}

export interface TransformOptions {
	seed?: unknown;
	publicFigureThreshold?: unknown;
	additionalFields?: unknown;
	runwayVersion?: string;
	maxConcurrency?: number;
	retryUncertain?: boolean;
}

interface Reference {
	source?: 'url' | 'binary';
	url?: string;
	binaryPropertyName?: string;
}

/**
 * Collects one item's fields, binary sources as `DataUri`. Throws a FieldProblem for a binary field that
 * is missing, of the wrong type or too large.
 */
export async function readTransformInput(
	context: IExecuteSingleFunctions,
	options: TransformOptions,
): Promise<TransformInput> {
	const isBinary = context.getNodeParameter('videoSource') === 'binary';
	return {
		videoUri: isBinary
			? await readBinary(
					context,
					context.getNodeParameter('binaryPropertyName'),
					'video',
					'Input Binary Field',
				)
			: context.getNodeParameter('videoUrl'),
		promptText: context.getNodeParameter('promptText'),
		model: context.getNodeParameter('model', undefined, { extractValue: true }),
		ratio: context.getNodeParameter('ratio'),
		seed: options.seed,
		publicFigureThreshold: options.publicFigureThreshold,
		additionalFields: options.additionalFields,
		references: await readReferences(context),
	};
}

async function readReferences(
	context: IExecuteSingleFunctions,
): Promise<TransformInput['references']> {
	const references = context.getNodeParameter('references.reference', []) as Reference[];
	if (references.length === 0) return undefined;
	return await Promise.all(
		references.map(async ({ source, url, binaryPropertyName }, index) => ({
			type: 'image' as const,
			uri:
				source === 'binary'
					? await readBinary(context, binaryPropertyName, 'image', `Reference ${index + 1}`)
					: (url ?? ''),
		})),
	);
}

async function readBinary(
	context: IExecuteSingleFunctions,
	propertyName: unknown,
	mediaType: MediaType,
	field: string,
): Promise<DataUri> {
	const refuse = (problem: string) =>
		new FieldProblem({
			field,
			problem,
			remedy:
				mediaType === 'video'
					? 'Name the field of the incoming item that holds the video, or set Video Source to URL for larger videos.'
					: 'Name the field of the incoming item that holds the image, or give its URL.',
		});
	if (typeof propertyName !== 'string' || propertyName.trim() === '') throw refuse('is empty');
	const binary = findBinary(context, propertyName);
	if (!binary) throw refuse(`names "${propertyName}", but the item has no binary data there`);
	// The size is known before the content is read: a video that is too large never gets into memory.
	const tooEarly =
		binary.bytes === undefined ? undefined : findBinaryProblem(binary, binary.bytes, mediaType);
	if (tooEarly) throw refuse(`names "${propertyName}", which ${tooEarly}`);
	const content = await context.helpers.getBinaryDataBuffer(propertyName);
	const problem = findBinaryProblem(binary, content.length, mediaType);
	if (problem) throw refuse(`names "${propertyName}", which ${problem}`);
	return new DataUri(binary.mimeType, content);
}

function findBinary(context: IExecuteSingleFunctions, propertyName: string) {
	try {
		return context.helpers.assertBinaryData(propertyName);
	} catch {
		// n8n's own message differs from version to version and names no remedy; ours is given instead.
		return undefined;
	}
}
