import type { INodeProperties } from 'n8n-workflow';
import { byModel, operationOf } from '../../fields/byModel';
import { createAsTool } from '../../fields/createAsTool';
import { detailOptions } from '../../fields/details';
import { mediaList } from '../../fields/media';
import { modelField } from '../../fields/model';
import { moderationOption } from '../../fields/moderation';
import { promptFields } from '../../fields/prompt';
import { ratioFields } from '../../fields/ratio';
import { optionsField } from '../../submit/createOptions';
import { returnAsField } from '../../submit/returnAs';
import { IMAGE_DETAILS } from './generate.body';

const OPERATION = operationOf('image', 'generate');

const tagField: INodeProperties = {
	displayName: 'Tag',
	name: 'tag',
	type: 'string',
	default: '',
	placeholder: 'e.g. house',
	description:
		'A name by which the prompt can speak of the image, as @name: 3 to 16 letters, digits and underscores. Not every model takes one.',
};

const referenceImagesFields = byModel(
	OPERATION,
	'referenceImages',
	(limits) =>
		mediaList(
			'image',
			{
				displayName: 'Reference Images',
				name: 'referenceImages',
				entry: 'reference image',
				description: limits.required
					? 'Images that guide the look of the output; the model needs one at least'
					: 'Images that guide the look of the output',
			},
			limits,
			[tagField],
		),
	{},
);

export const imageGenerateDescription: INodeProperties[] = [
	createAsTool(OPERATION, 'Generates an image from a prompt and reference images, with Runway.'),
	...promptFields(OPERATION, {
		asks: 'What the image should show',
		placeholder: 'e.g. The house from the reference, in the snow',
	}),
	modelField(OPERATION, 'The model that generates the image'),
	...ratioFields(OPERATION),
	...referenceImagesFields,
	returnAsField(OPERATION),
	optionsField(OPERATION, [
		...moderationOption(OPERATION),
		...detailOptions(OPERATION, IMAGE_DETAILS),
	]),
];
