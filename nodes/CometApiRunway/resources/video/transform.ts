import type { INodeProperties } from 'n8n-workflow';
import { createOptions } from '../../submit/createOptions';

/** Shown for Video → Transform only. */
const showOnlyForVideoTransform = { resource: ['video'], operation: ['transform'] };

/** The ratios Runway documents for Aleph; any other can be given by an expression. */
const RATIOS = [
	'1280:720',
	'720:1280',
	'1104:832',
	'960:960',
	'832:1104',
	'1584:672',
	'848:480',
	'640:480',
];

const referencesField: INodeProperties = {
	displayName: 'References',
	name: 'references',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add reference',
	default: {},
	displayOptions: { show: showOnlyForVideoTransform },
	description: 'Images that guide the look of the output',
	options: [
		{
			displayName: 'Reference',
			name: 'reference',
			values: [
				{
					displayName: 'Source',
					name: 'source',
					type: 'options',
					options: [
						{
							name: 'Binary Data',
							value: 'binary',
							description: 'An image in the incoming item, up to 5 MB',
						},
						{ name: 'URL', value: 'url', description: 'An image on the web, up to 16 MB' },
					],
					default: 'url',
					description: 'Where the reference image comes from',
				},
				{
					displayName: 'URL',
					name: 'url',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/image.png',
					displayOptions: { show: { source: ['url'] } },
					description: 'HTTPS URL of the reference image',
				},
				{
					displayName: 'Input Binary Field',
					name: 'binaryPropertyName',
					type: 'string',
					default: 'data',
					hint: 'The name of the input binary field containing the image',
					displayOptions: { show: { source: ['binary'] } },
					description: 'The field of the incoming item that holds the image, up to 5 MB',
				},
			],
		},
	],
};

const ownOptions: INodeProperties[] = [
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
		displayName: 'Seed',
		name: 'seed',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 4294967295 },
		default: 0,
		description: 'A number from 0 to 4294967295; the same seed gives a similar result',
	},
];

const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: { show: showOnlyForVideoTransform },
	options: createOptions(ownOptions),
};

export const transformDescription: INodeProperties[] = [
	{
		displayName: 'Video Source',
		name: 'videoSource',
		type: 'options',
		options: [
			{
				name: 'Binary Data',
				value: 'binary',
				description: 'A video in the incoming item, up to 16 MB',
			},
			{ name: 'URL', value: 'url', description: 'A video on the web, up to 32 MB' },
		],
		default: 'url',
		displayOptions: { show: showOnlyForVideoTransform },
		description: 'Where the video to transform comes from',
	},
	{
		displayName: 'Video URL',
		name: 'videoUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/video.mp4',
		displayOptions: { show: { ...showOnlyForVideoTransform, videoSource: ['url'] } },
		description:
			'HTTPS URL of the video. It must use a domain name and must not redirect; up to 2048 characters.',
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		hint: 'The name of the input binary field containing the video',
		displayOptions: { show: { ...showOnlyForVideoTransform, videoSource: ['binary'] } },
		description: 'The field of the incoming item that holds the video, up to 16 MB',
	},
	{
		displayName: 'Prompt',
		name: 'promptText',
		type: 'string',
		required: true,
		default: '',
		typeOptions: { rows: 4 },
		placeholder: 'e.g. Make it a snowy winter evening',
		displayOptions: { show: showOnlyForVideoTransform },
		description: 'What the output should show, in up to 1000 characters',
	},
	{
		displayName: 'Model',
		name: 'model',
		type: 'resourceLocator',
		default: { mode: 'list', value: 'gen4_aleph', cachedResultName: 'gen4_aleph' },
		required: true,
		displayOptions: { show: showOnlyForVideoTransform },
		description: 'The model that transforms the video',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a model...',
				typeOptions: { searchListMethod: 'searchModels', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. gen4_aleph' },
		],
	},
	{
		displayName: 'Ratio',
		name: 'ratio',
		type: 'options',
		options: RATIOS.map((ratio) => ({ name: ratio, value: ratio })),
		default: '1280:720',
		displayOptions: { show: showOnlyForVideoTransform },
		description:
			'Width and height of the output. Other ratios can be given by an expression, as width:height.',
	},
	referencesField,
	optionsField,
];
