import type { INodeProperties } from 'n8n-workflow';
import { optionByModel, type Operation } from './byModel';

/** The option *Public Figure Threshold*, for models that have a moderation of their own. */
export function moderationOption(operation: Operation): INodeProperties[] {
	return optionByModel(
		operation,
		'contentModeration',
		() => ({
			displayName: 'Public Figure Threshold',
			name: 'publicFigureThreshold',
			type: 'options',
			options: [
				{ name: 'Auto', value: 'auto' },
				{
					name: 'Low',
					value: 'low',
					description: 'Less strict about recognizable public figures',
				},
			],
			default: 'auto',
			description: 'How strict content moderation is about recognizable public figures',
		}),
		{},
	);
}
