import type { INodeProperties } from 'n8n-workflow';
import { byModel, optionByModel, operationOf } from '../../fields/byModel';
import { createAsTool } from '../../fields/createAsTool';
import { detailOptions, numberField } from '../../fields/details';
import { ENTRY, ENTRY_NAMES, sourceFields } from '../../fields/media';
import { modelField } from '../../fields/model';
import { moderationOption } from '../../fields/moderation';
import { promptFields } from '../../fields/prompt';
import { ratioFields } from '../../fields/ratio';
import { optionsField } from '../../submit/createOptions';
import { returnAsField } from '../../submit/returnAs';
import { GENERATE_DETAILS, IMAGE_NAMES, LAST_IMAGE } from './generate.body';

const OPERATION = operationOf('video', 'generate');

const durationFields = byModel(
	OPERATION,
	'duration',
	(limits) => {
		const describe = limits.required
			? 'Length of the output in seconds'
			: 'Length of the output in seconds; 0 leaves it to the model';
		const field = numberField(describe, limits);
		return {
			displayName: 'Duration (Seconds)',
			name: 'duration',
			...field,
			...(field.type === 'number' && { typeOptions: { minValue: 0, maxValue: limits.to } }),
			default: limits.preset ?? 0,
		};
	},
	{},
);

const lastImageOptions = optionByModel(
	OPERATION,
	'promptImage',
	({ last }) =>
		last && {
			displayName: LAST_IMAGE.label,
			name: LAST_IMAGE.name,
			type: 'fixedCollection',
			placeholder: 'Add image',
			default: {},
			description: 'An image that the video ends with',
			options: [
				{
					displayName: 'Image',
					name: ENTRY,
					values: sourceFields('image', { names: ENTRY_NAMES, purpose: 'the image' }),
				},
			],
		},
);

export const generateDescription: INodeProperties[] = [
	createAsTool(OPERATION, 'Generates a video that begins with an image, with Runway.'),
	...sourceFields('image', {
		names: IMAGE_NAMES,
		purpose: 'the image that the video begins with',
		show: OPERATION.show,
	}),
	...promptFields(OPERATION, {
		asks: 'What should happen in the video',
		placeholder: 'e.g. The camera moves slowly around the house',
	}),
	modelField(OPERATION, 'The model that generates the video'),
	...ratioFields(OPERATION),
	...durationFields,
	returnAsField(OPERATION),
	optionsField(OPERATION, [
		...moderationOption(OPERATION),
		...lastImageOptions,
		...detailOptions(OPERATION, GENERATE_DETAILS),
	]),
];
