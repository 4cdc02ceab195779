import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';
import { WrongInput } from '../../shared/n8n/errors';
import { DataUri, findBinaryProblem, type MediaType } from '../../shared/n8n/media/dataUri';
import { mediaTypeOf } from '../../shared/n8n/media/mediaType';
import { readMp4Seconds } from '../../shared/n8n/media/mp4';
import { binaryLabel, type SourceNames } from '../fields/media';
import type { Limits } from '../models/limits';

/**
 * Finds a field's value for one item, as the model takes it; `undefined` leaves the field out. May throw a WrongInput.
 */
export type Source = (context: IExecuteSingleFunctions, limits?: Limits) => unknown;

const optionsRead = new WeakMap<IExecuteSingleFunctions, IDataObject>();

/**
 * Optional fields of every create, read once for an item: n8n works all of them out anew each time they are asked for, and
 * gives each item of each try a context of its own.
 */
export function optionsOf(context: IExecuteSingleFunctions): IDataObject {
	const known = optionsRead.get(context);
	if (known) return known;
	const options = context.getNodeParameter('options', {}) as IDataObject;
	optionsRead.set(context, options);
	return options;
}

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
	async (context, limits) => {
		if (context.getNodeParameter(names.source) !== 'binary')
			return context.getNodeParameter(names.url);
		const propertyName = context.getNodeParameter(names.binary);
		return await readBinary(context, propertyName, mediaType, binaryLabel(names), limits);
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
 * wrong type, too large, or a clip of which can be read that it is too short or too long.
 */
export async function readBinary(
	context: IExecuteSingleFunctions,
	propertyName: unknown,
	mediaType: MediaType,
	field: string,
	limits: Limits = {},
): Promise<DataUri> {
	const refuse = (problem: string) => new WrongInput(field, problem, BINARY_REMEDY[mediaType]);
	if (typeof propertyName !== 'string' || propertyName.trim() === '') throw refuse('is empty');
	const binary = findBinary(context, propertyName);
	if (!binary) throw refuse(`names "${propertyName}", but ${describeBinaries(context)}`);
	// The size is known before the content is read: a video that is too large never gets into memory.
	const early = findBinaryProblem(mediaTypeOf(binary), binary.bytes, mediaType);
	if (early) throw refuse(`names "${propertyName}", which ${early}`);
	const content = await context.helpers.getBinaryDataBuffer(propertyName);
	const mimeType = mediaTypeOf(binary, content) ?? '';
	const problem = findBinaryProblem(mimeType, content.length, mediaType);
	if (problem) throw refuse(`names "${propertyName}", which ${problem}`);
	const length = findLengthProblem(content, limits);
	if (length)
		throw new WrongInput(field, `names "${propertyName}", which ${length}`, LENGTH_REMEDY);
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

/** The binary fields that the item does have. */
function describeBinaries(context: IExecuteSingleFunctions): string {
	const names = Object.keys(context.getInputData().binary ?? {});
	return names.length === 0
		? 'the item has no binary data at all'
		: `the item has: ${names.join(', ')}`;
}

const LENGTH_REMEDY = 'Cut the video to that length, or choose another model.';

/** What is wrong with a clip's length, to a tenth of a second; nothing where the file does not tell it. */
function findLengthProblem(content: Buffer, { seconds }: Limits): string | undefined {
	const read = seconds && readMp4Seconds(content);
	if (read === undefined) return undefined;
	const length = Math.round(read * 10) / 10;
	const { least = 0, most = Number.POSITIVE_INFINITY } = seconds ?? {};
	if (length > most) return `lasts ${length} s; at most ${most} s are taken by this model`;
	if (length < least) return `lasts ${length} s; at least ${least} s are needed by this model`;
	return undefined;
}
