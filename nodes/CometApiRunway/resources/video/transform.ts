import type { INodeProperties } from 'n8n-workflow';
import { byModel, operationOf } from '../../fields/byModel';
import { createAsTool } from '../../fields/createAsTool';
import { detailOptions } from '../../fields/details';
import { keyframesFields } from '../../fields/keyframes';
import { mediaList, sourceFields } from '../../fields/media';
import { modelField } from '../../fields/model';
import { moderationOption } from '../../fields/moderation';
import { promptFields } from '../../fields/prompt';
import { ratioFields, targetRatioFields } from '../../fields/ratio';
import { optionsField } from '../../submit/createOptions';
import { returnAsField } from '../../submit/returnAs';
import { TRANSFORM_DETAILS, VIDEO_NAMES } from './transform.body';

const OPERATION = operationOf('video', 'transform');

/** The images that guide the look. */
const referencesFields = byModel(
	OPERATION,
	'references',
	(limits) =>
		mediaList(
			'image',
			{
				displayName: 'References',
				name: 'references',
				entry: 'reference',
				description: 'Images that guide the look of the output',
			},
			limits,
		),
	{},
);

export const transformDescription: INodeProperties[] = [
	createAsTool(OPERATION, 'Transforms a video as a prompt says, with Runway.'),
	...sourceFields('video', {
		names: VIDEO_NAMES,
		purpose: 'the video to transform',
		show: OPERATION.show,
	}),
	...promptFields(OPERATION, {
		asks: 'What the output should show',
		placeholder: 'e.g. Make it a snowy winter evening',
	}),
	modelField(
		OPERATION,
		'The model that transforms the video. gen4_aleph uses the first 5 seconds of it only.',
	),
	...ratioFields(OPERATION),
	...targetRatioFields(OPERATION),
	...referencesFields,
	...keyframesFields(OPERATION),
	returnAsField(OPERATION),
	optionsField(OPERATION, [
		...moderationOption(OPERATION),
		...detailOptions(OPERATION, TRANSFORM_DETAILS),
	]),
];
