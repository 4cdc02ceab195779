import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { WrongInput } from '../../shared/n8n/errors';
import { DataUri, findBinaryProblem, type MediaType } from '../../shared/n8n/media/dataUri';
import { mediaTypeOf } from '../../shared/n8n/media/mediaType';
import { optionsOf, type BodyRow } from './body';

type Source = BodyRow['from'];

/** A parameter of the node. */
export const parameter =
	(name: string): Source =>
	(context) =>
		context.getNodeParameter(name);

/** The value that a resource locator of the node stands for. */
export const locator =
	(name: string): Source =>
	(context) =>
		context.getNodeParameter(name, undefined, { extractValue: true });

/** One of the node's options. */
export const option =
	(name: string): Source =>
	(context) =>
		optionsOf(context)[name];

/** The video that the fields Video Source, Video URL and Input Binary Field name. */
export const videoSource: Source = async (context) => {
	if (context.getNodeParameter('videoSource') !== 'binary') return parameter('videoUrl')(context);
	const propertyName = context.getNodeParameter('binaryPropertyName');
	return await readBinary(context, propertyName, 'video', 'Input Binary Field');
};

/** What to do where a binary field can't be used. */
const BINARY_REMEDY: Record<MediaType, string> = {
	video:
		'Name the field of the incoming item that holds the video, or set Video Source to URL for larger videos.',
	image: 'Name the field of the incoming item that holds the image, or give its URL.',
};

/**
 * The file in a binary field of the item. Throws a WrongInput, which names `field`, for one that is missing, of the
 * wrong type or too large.
 */
export async function readBinary(
	context: IExecuteSingleFunctions,
	propertyName: unknown,
	mediaType: MediaType,
	field: string,
): Promise<DataUri> {
	const refuse = (problem: string) => new WrongInput(field, problem, BINARY_REMEDY[mediaType]);
	if (typeof propertyName !== 'string' || propertyName.trim() === '') throw refuse('is empty');
	const binary = findBinary(context, propertyName);
	if (!binary) throw refuse(`names "${propertyName}", but the item has no binary data there`);
	// The size is known before the content is read: a video that is too large never gets into memory.
	const early = findBinaryProblem(mediaTypeOf(binary), binary.bytes, mediaType);
	if (early) throw refuse(`names "${propertyName}", which ${early}`);
	const content = await context.helpers.getBinaryDataBuffer(propertyName);
	const mimeType = mediaTypeOf(binary, content) ?? '';
	const problem = findBinaryProblem(mimeType, content.length, mediaType);
	if (problem) throw refuse(`names "${propertyName}", which ${problem}`);
	return new DataUri(mimeType, content);
}

function findBinary(context: IExecuteSingleFunctions, propertyName: string) {
	try {
		return context.helpers.assertBinaryData(propertyName);
	} catch {
		// n8n's own message differs from version to version and names no remedy; ours is given instead.
		return undefined;
	}
}
