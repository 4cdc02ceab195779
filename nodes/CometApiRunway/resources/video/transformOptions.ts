import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_RUNWAY_VERSION } from '../../../shared/n8n/client';
import { DEFAULT_MAX_CONCURRENCY } from '../../submit/batch';
import { showOnlyForVideoTransform } from './showOnlyFor';

export const transformOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: { show: showOnlyForVideoTransform },
	options: [
		{
			displayName: 'Additional Fields (JSON)',
			name: 'additionalFields',
			type: 'json',
			default: '{}',
			description:
				'Further fields of the request body, as a JSON object; they win over the fields above',
			hint: 'For models with fields of their own, e.g. {"targetAspectRatio": "16:9"}',
		},
		{
			displayName: 'Max Concurrency',
			name: 'maxConcurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 50 },
			default: DEFAULT_MAX_CONCURRENCY,
			description: 'How many items are submitted at the same time',
		},
		{
			displayName: 'Public Figure Threshold',
			name: 'publicFigureThreshold',
			type: 'options',
			options: [
				{ name: 'Auto', value: 'auto' },
				{ name: 'Low', value: 'low', description: 'Less strict about recognizable public figures' },
			],
			default: 'auto',
			description: 'How strict content moderation is about recognizable public figures',
		},
		{
			displayName: 'Retry When Uncertain',
			name: 'retryUncertain',
			type: 'boolean',
			default: false,
			description:
				'Whether to submit again when it is unknown if CometAPI accepted a task. This can create, and charge for, the same task twice.',
		},
		{
			displayName: 'Runway Version',
			name: 'runwayVersion',
			type: 'string',
			default: DEFAULT_RUNWAY_VERSION,
			description: 'Version of the Runway API, sent in the X-Runway-Version header',
		},
		{
			displayName: 'Seed',
			name: 'seed',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 4294967295 },
			default: 0,
			description: 'A number from 0 to 4294967295; the same seed gives a similar result',
		},
	],
};
