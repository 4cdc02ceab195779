import type { INodeProperties } from 'n8n-workflow';
import { submit } from '../../submit/create';
import { transformDescription } from './transform';
import { transformBody } from './transform.body';

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
		],
		default: 'transform',
	},
	...transformDescription,
];
