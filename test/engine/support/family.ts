import type { IDataObject, INode } from 'n8n-workflow';
import { DETAILS } from '../../../nodes/CometApiRunway/fields/details';
import type { Limits } from '../../../nodes/CometApiRunway/models/limits';
import { ROUTES } from '../../../nodes/CometApiRunway/models/routes';
import { runway } from '../../../tools/engine/runway';
import type { NodeJson } from '../../../tools/engine';

export const IMAGE = 'https://media.example/image.png';
export const VIDEO = 'https://media.example/clip.mp4';

/** What each operation needs in its panel, where everything else is left as it is. */
export const LEAST: Record<string, IDataObject> = {
	'video/transform': { videoUrl: VIDEO, promptText: 'Make it snow' },
	'video/generate': { imageUrl: IMAGE, promptText: 'Snow begins to fall' },
	'video/upscale': { videoUrl: VIDEO },
	'video/perform': { characterUrl: IMAGE, performanceUrl: VIDEO },
	'image/generate': {
		promptText: 'The house in the snow',
		referenceImages: { reference: [{ source: 'url', url: IMAGE }] },
	},
};

/** The same with nothing but binary fields: `image` and `video` of the item. */
export const BINARY: Record<string, IDataObject> = {
	'video/transform': {
		videoSource: 'binary',
		binaryPropertyName: 'video',
		promptText: 'Make it snow',
	},
	'video/generate': { imageSource: 'binary', binaryPropertyName: 'image' },
	'video/upscale': { videoSource: 'binary', binaryPropertyName: 'video' },
	'video/perform': {
		characterSource: 'binary',
		characterBinaryPropertyName: 'image',
		performanceSource: 'binary',
		performanceBinaryPropertyName: 'video',
	},
	'image/generate': {
		promptText: 'The house in the snow',
		referenceImages: { reference: [{ source: 'binary', binaryPropertyName: 'image' }] },
	},
};

/** A create of an operation (`resource/operation`). */
export function create(
	operation: string,
	parameters: IDataObject = {},
	more: Partial<INode> = {},
): NodeJson {
	const [resource, name] = operation.split('/');
	return runway('Create', { resource, operation: name, ...parameters }, more);
}

export const modelId = (value: string) => ({ __rl: true, mode: 'id', value });

const LIST = { reference: [{ source: 'url', url: IMAGE }] };
const MEDIA_LIST = { reference: [{ source: 'url', url: VIDEO }] };

/** Fields of the panel that are not simply called like the key of the body. */
const FILLED: Record<string, IDataObject> = {
	videoUri: { videoUrl: VIDEO },
	promptVideo: { videoUrl: VIDEO },
	promptImage: { imageUrl: IMAGE },
	character: { characterUrl: IMAGE },
	reference: { performanceUrl: VIDEO },
	references: { references: LIST },
	referenceImages: { referenceImages: LIST },
	keyframes: {
		keyframes: {
			keyframe: [
				{ url: IMAGE, position: 'seconds', seconds: 1, hasRange: true, endSeconds: 2 },
				{ url: IMAGE, position: 'at', at: 0.9, hasRange: true, startSeconds: 2, endSeconds: 5 },
			],
		},
	},
};

function optionOf(key: string, limits: Limits): IDataObject {
	if (key === 'contentModeration') return { publicFigureThreshold: 'low' };
	if (key === 'promptImage')
		return limits.last ? { lastImage: { reference: LIST.reference[0] } } : {};
	if (key === 'outputFormat' && limits.oneOf?.includes('prores')) return { outputFormat: 'prores' };
	const kind = Object.entries(DETAILS).find(([name]) => name === key)?.[1].kind;
	if (kind === undefined) return {};
	return { [key]: kind === 'videos' || kind === 'audio' ? MEDIA_LIST : valueOf(kind, limits) };
}

function valueOf(kind: string, { oneOf, numbers, from, to, preset }: Limits) {
	if (kind === 'flag') return true;
	return preset ?? oneOf?.at(-1) ?? numbers?.at(-1) ?? to ?? from ?? 'a text';
}

/** Parameters that fill in every field the model takes. */
export function everything(operation: string, id: string): IDataObject {
	const { takes } = ROUTES[operation].models[id];
	const parameters: IDataObject = { model: modelId(id) };
	const options: IDataObject = {};
	for (const [key, limits] of Object.entries(takes)) {
		Object.assign(parameters, FILLED[key] ?? { [key]: valueOf('choice', limits) });
		Object.assign(options, optionOf(key, limits));
	}
	return { ...parameters, options };
}
