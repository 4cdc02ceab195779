import type { INodeProperties } from 'n8n-workflow';
import { operationOf } from '../../fields/byModel';
import { createAsTool } from '../../fields/createAsTool';
import { detailOptions } from '../../fields/details';
import { sourceFields } from '../../fields/media';
import { modelField } from '../../fields/model';
import { moderationOption } from '../../fields/moderation';
import { ratioFields } from '../../fields/ratio';
import { optionsField } from '../../submit/createOptions';
import { returnAsField } from '../../submit/returnAs';
import { CHARACTER_NAMES, PERFORM_DETAILS, PERFORMANCE_NAMES } from './perform.body';

const OPERATION = operationOf('video', 'perform');
const { show } = OPERATION;

export const performDescription: INodeProperties[] = [
	createAsTool(OPERATION, 'Makes a character do what a person does in a video, with Runway.'),
	{
		displayName: 'Character Type',
		name: 'characterType',
		type: 'options',
		options: [
			{ name: 'Image', value: 'image' },
			{ name: 'Video', value: 'video' },
		],
		default: 'image',
		displayOptions: { show },
		description: 'What shows the character. A face must be visible all the time.',
	},
	...(['image', 'video'] as const).flatMap((characterType) =>
		sourceFields(characterType, {
			names: CHARACTER_NAMES,
			purpose: `the ${characterType} of the character`,
			show: { ...show, characterType: [characterType] },
		}),
	),
	...sourceFields('video', {
		names: PERFORMANCE_NAMES,
		purpose: 'the video of a person who performs, of 3 to 30 seconds',
		show,
	}),
	modelField(OPERATION, 'The model that makes the character perform'),
	...ratioFields(OPERATION),
	returnAsField(OPERATION),
	optionsField(OPERATION, [
		...moderationOption(OPERATION),
		...detailOptions(OPERATION, PERFORM_DETAILS),
	]),
];
