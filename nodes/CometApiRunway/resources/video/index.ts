import type { INodeProperties } from 'n8n-workflow';
import { submit } from '../../submit/create';
import { generateDescription } from './generate';
import { generateBody } from './generate.body';
import { performDescription } from './perform';
import { performBody } from './perform.body';
import { transformDescription } from './transform';
import { transformBody } from './transform.body';
import { upscaleDescription } from './upscale';
import { upscaleBody } from './upscale.body';

const showOnlyForVideo = { resource: ['video'] };

export const videoDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: showOnlyForVideo },
		options: [
			{
				name: 'Transform',
				value: 'transform',
				action: 'Transform video',
				description: 'Start a task that transforms a video as a prompt says (video to video)',
				routing: {
					request: { method: 'POST', url: '/runwayml/v1/video_to_video' },
					...submit(transformBody),
				},
			},
			{
				name: 'Generate',
				value: 'generate',
				action: 'Generate video from image',
				description: 'Start a task that generates a video from an image (image to video)',
				routing: {
					request: { method: 'POST', url: '/runwayml/v1/image_to_video' },
					...submit(generateBody),
				},
			},
			{
				name: 'Perform',
				value: 'perform',
				action: 'Perform with a character',
				description:
					'Start a task that makes a character do what a person does in a video (character performance)',
				routing: {
					request: { method: 'POST', url: '/runwayml/v1/character_performance' },
					...submit(performBody),
				},
			},
			{
				name: 'Upscale',
				value: 'upscale',
				action: 'Upscale video',
				description: 'Start a task that raises the resolution of a video (video upscale)',
				routing: {
					request: { method: 'POST', url: '/runwayml/v1/video_upscale' },
					...submit(upscaleBody),
				},
			},
		],
		default: 'transform',
	},
	...transformDescription,
	...generateDescription,
	...upscaleDescription,
	...performDescription,
];
