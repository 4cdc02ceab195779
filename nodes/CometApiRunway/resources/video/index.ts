import type { INodeProperties } from 'n8n-workflow';
import { VIDEO_TO_VIDEO_PATH } from '../../../shared/n8n/client';
import { submitTransform } from '../../submit/create';
import { transformDescription } from './transform';

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
					request: { method: 'POST', url: VIDEO_TO_VIDEO_PATH },
					send: { paginate: true },
					operations: { pagination: submitTransform },
				},
			},
		],
		default: 'transform',
	},
	...transformDescription,
];
