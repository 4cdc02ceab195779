import type { INodeProperties } from 'n8n-workflow';
import type { Limits } from '../models/limits';
import { byModel, type Operation } from './byModel';

/** Shapes that have a name, the long side first. */
const SHAPES: Array<[long: number, short: number]> = [
	[21, 9],
	[2, 1],
	[16, 9],
	[3, 2],
	[4, 3],
	[5, 4],
	[1, 1],
];

/** How far a shape may be off and still bear the name: 1584:672 counts as 21:9. */
const TOLERANCE = 0.02;

/** A ratio as people call it: "Landscape 16:9 (1280:720)"; what is no ratio stays what it is. */
export function ratioName(ratio: string): string {
	const [, width, height] = (/^(\d+):(\d+)$/.exec(ratio) ?? []).map(Number);
	if (!width || !height) return ratio;
	const [long, short] = [Math.max(width, height), Math.min(width, height)];
	const shape = SHAPES.find(([a, b]) => Math.abs((long * b) / (short * a) - 1) <= TOLERANCE);
	const side = width === height ? 'Square' : width > height ? 'Landscape' : 'Portrait';
	if (!shape) return `${side} (${ratio})`;
	const name = width >= height ? shape.join(':') : [...shape].reverse().join(':');
	return name === ratio ? `${side} ${name}` : `${side} ${name} (${ratio})`;
}

const MODELS_DEFAULT = { name: "Model's Default", value: '' };

/** The field of width and height, a list for each model that has one of its own. */
export function ratioFields(operation: Operation): INodeProperties[] {
	const { models, defaultModel } = operation;
	const { oneOf } = models[defaultModel].takes.ratio;
	return byModel(operation, 'ratio', ratioField, { oneOf });
}

function ratioField({ oneOf, required, preset }: Limits): INodeProperties {
	const field = {
		displayName: 'Aspect Ratio',
		name: 'ratio',
		description: 'Width and height of the output',
		default: preset ?? (required ? (oneOf?.[0] ?? '') : ''),
	};
	if (!oneOf) return { ...field, type: 'string', placeholder: 'e.g. 2048:2048' };
	const ratios = oneOf.map((value) => ({ name: ratioName(value), value }));
	const options = required ? ratios : [MODELS_DEFAULT, ...ratios];
	return { ...field, type: 'options', options };
}

/** The shape that a video is widened to, for models that do so. */
export function targetRatioFields(operation: Operation): INodeProperties[] {
	return byModel(operation, 'targetAspectRatio', ({ oneOf = [] }) => {
		const options = oneOf.map((value) => ({ name: ratioName(value), value }));
		options.unshift({ name: 'As the Video', value: '' });
		return {
			displayName: 'Target Aspect Ratio',
			name: 'targetAspectRatio',
			type: 'options',
			options,
			default: '',
			description: 'Shape that the video is widened to; what it has not shown is invented',
		};
	});
}
