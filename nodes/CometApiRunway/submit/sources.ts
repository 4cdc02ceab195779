import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';
import { WrongInput } from '../../shared/n8n/errors';
import { DataUri, findBinaryProblem, type MediaType } from '../../shared/n8n/media/dataUri';
import { mediaTypeOf } from '../../shared/n8n/media/mediaType';
import type { SourceNames } from '../fields/media';
import type { Limits } from '../models/limits';

/**
 * Finds a field's value for one item, as the model takes it; `undefined` leaves the field out. May throw a WrongInput.
 */
export type Source = (context: IExecuteSingleFunctions, limits?: Limits) => unknown;

/** Optional fields of every create. */
export const optionsOf = (context: IExecuteSingleFunctions): IDataObject =>
	context.getNodeParameter('options', {}) as IDataObject;

/** A parameter of the node; not set where it is empty, or where the panel does not show it for the model. */
export const parameter =
	(name: string): Source =>
	(context) => {
		const value: unknown = context.getNodeParameter(name, '');
		return value === '' ? undefined : value;
	};

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

/** The file that a source's fields name. */
export const fileFrom =
	(mediaType: MediaType, names: SourceNames): Source =>
	async (context) => {
		if (context.getNodeParameter(names.source) !== 'binary')
			return context.getNodeParameter(names.url);
		const propertyName = context.getNodeParameter(names.binary);
		return await readBinary(context, propertyName, mediaType, 'Input Binary Field');
	};

/** What to do where a binary field can't be used. */
const BINARY_REMEDY: Record<MediaType, string> = {
	video:
		'Name the field of the incoming item that holds the video, or set Video Source to URL for larger videos.',
	image: 'Name the field of the incoming item that holds the image, or give its URL.',
	audio: 'Name the field of the incoming item that holds the audio file, or give its URL.',
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
