import type { INodeProperties } from 'n8n-workflow';
import { byModel, type Operation } from './byModel';
import { ENTRY_NAMES, sourceFields } from './media';

/** The images that stand for moments of the video (aleph2). */
export function keyframesFields(operation: Operation): INodeProperties[] {
	return byModel(operation, 'keyframes', ({ entries }) => ({
		displayName: 'Keyframes',
		name: 'keyframes',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add keyframe',
		default: {},
		description: `Images that say how the output should look at moments of the video, up to ${entries}`,
		options: [
			{
				displayName: 'Keyframe',
				name: 'keyframe',
				values: [
					...sourceFields('image', { names: ENTRY_NAMES, purpose: 'the image' }),
					...momentFields,
					...windowFields,
				],
			},
		],
	}));
}

const momentFields: INodeProperties[] = [
	{
		displayName: 'Position',
		name: 'position',
		type: 'options',
		options: [
			{ name: 'At Seconds', value: 'seconds' },
			{ name: 'At a Share of the Clip', value: 'at' },
		],
		default: 'seconds',
		description: 'How the moment is given at which the output should look so',
	},
	{
		displayName: 'Seconds',
		name: 'seconds',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		default: 0,
		displayOptions: { show: { position: ['seconds'] } },
		description: 'Seconds from the beginning of the video',
	},
	{
		displayName: 'Share',
		name: 'at',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 3 },
		default: 0,
		displayOptions: { show: { position: ['at'] } },
		description: 'Part of the video, from 0 (its beginning) to 1 (its end)',
	},
];

const windowFields: INodeProperties[] = [
	{
		displayName: 'Limit Edit to a Window',
		name: 'hasRange',
		type: 'boolean',
		default: false,
		description:
			'Whether the edit applies to a part of the video only. All keyframes must have a window, or none.',
	},
	{
		displayName: 'Window Start (Seconds)',
		name: 'startSeconds',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		displayOptions: { show: { hasRange: [true] } },
		description: 'Where the window begins, in whole seconds',
	},
	{
		displayName: 'Window End (Seconds)',
		name: 'endSeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 5,
		displayOptions: { show: { hasRange: [true] } },
		description: 'Where the window ends, in whole seconds',
	},
];
