import type { INodeProperties } from 'n8n-workflow';
import { showOnlyForVideoTransform } from './showOnlyFor';

export const referencesField: INodeProperties = {
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
