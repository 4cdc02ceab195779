import type { INodeProperties } from 'n8n-workflow';
import { submit } from '../../submit/create';
import { imageGenerateDescription } from './generate';
import { imageBody } from './generate.body';

const showOnlyForImage = { resource: ['image'] };

export const imageDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForImage },
		options: [
			{
				name: 'Generate',
				value: 'generate',
				action: 'Generate image',
				description:
					'Start a task that generates an image from a prompt and reference images (text to image)',
				routing: {
					request: { method: 'POST', url: '/runwayml/v1/text_to_image' },
					...submit(imageBody),
				},
			},
		],
		default: 'generate',
	},
	...imageGenerateDescription,
];
