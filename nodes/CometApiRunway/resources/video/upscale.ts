import type { INodeProperties } from 'n8n-workflow';
import { byModel, operationOf } from '../../fields/byModel';
import { createAsTool } from '../../fields/createAsTool';
import { detailOptions } from '../../fields/details';
import { sourceFields } from '../../fields/media';
import { modelField } from '../../fields/model';
import { optionsField } from '../../submit/createOptions';
import { returnAsField } from '../../submit/returnAs';
import { VIDEO_NAMES } from './transform.body';
import { UPSCALE_DETAILS } from './upscale.body';

const OPERATION = operationOf('video', 'upscale');

const framerateFields = byModel(OPERATION, 'targetFramerate', ({ oneOf = [] }) => {
	const options = oneOf.map((value) => ({ name: `${value.replace('_', '.')} FPS`, value }));
	return {
		displayName: 'Target Frame Rate',
		name: 'targetFramerate',
		type: 'options',
		required: true,
		options,
		default: '60',
		description: 'How many frames a second the output has',
	};
});

export const upscaleDescription: INodeProperties[] = [
	createAsTool(OPERATION, 'Raises the resolution of a video, with Runway.'),
	...sourceFields('video', {
		names: VIDEO_NAMES,
		purpose: 'the video to upscale',
		show: OPERATION.show,
	}),
	modelField(OPERATION, 'The model that upscales the video'),
	...framerateFields,
	returnAsField(OPERATION),
	optionsField(OPERATION, detailOptions(OPERATION, UPSCALE_DETAILS)),
];
