import type { INodeProperties } from 'n8n-workflow';
import {
	CALLED,
	DATA_URI_LIMIT_BYTES,
	megabytes,
	type MediaType,
} from '../../shared/n8n/media/dataUri';
import type { Limits } from '../models/limits';

/** An example of a file of each type, and how large one on the web may be, in MB (Runway's docs, "Inputs"). */
const ON_THE_WEB: Record<MediaType, { example: string; mostMb: number }> = {
	video: { example: 'video.mp4', mostMb: 32 },
	image: { example: 'image.png', mostMb: 16 },
	audio: { example: 'sound.mp3', mostMb: 16 },
};

/** How large a file in the incoming item may be, in MB. */
const mostInItem = (type: MediaType): string => megabytes(DATA_URI_LIMIT_BYTES[type]);

/** The parameters in which a file is named, and what is put before the labels of their fields. */
export interface SourceNames {
	label: string;
	source: string;
	url: string;
	binary: string;
}

/** Parameters of an entry in a list, and of the options. */
export const ENTRY_NAMES: SourceNames = {
	label: '',
	source: 'source',
	url: 'url',
	binary: 'binaryPropertyName',
};

type Show = NonNullable<INodeProperties['displayOptions']>['show'];

/** What the fields of one file are called, where they are shown, and what the file is for. */
export interface SourceTexts {
	names: SourceNames;
	purpose: string;
	show?: Show;
}

/** The fields that name one file: where it is, and its URL or its binary field. */
export function sourceFields(type: MediaType, texts: SourceTexts): INodeProperties[] {
	return [sourceField(type, texts), urlField(type, texts), binaryField(type, texts)];
}

function sourceField(type: MediaType, { names, purpose, show }: SourceTexts): INodeProperties {
	const file = capitalized(CALLED[type]);
	const options = [
		{
			name: 'Binary Data',
			value: 'binary',
			description: `${file} in the incoming item, up to ${mostInItem(type)} MB`,
		},
		{
			name: 'URL',
			value: 'url',
			description: `${file} on the web, up to ${ON_THE_WEB[type].mostMb} MB`,
		},
	];
	return {
		displayName: titled(names, 'Source'),
		name: names.source,
		type: 'options',
		options,
		default: 'url',
		...(show && { displayOptions: { show } }),
		description: `Where ${purpose} comes from`,
	};
}

function urlField(type: MediaType, { names, purpose, show }: SourceTexts): INodeProperties {
	return {
		displayName: titled(names, 'URL'),
		name: names.url,
		type: 'string',
		...(show && { required: true }),
		default: '',
		placeholder: `e.g. https://example.com/${ON_THE_WEB[type].example}`,
		displayOptions: { show: { ...show, [names.source]: ['url'] } },
		description: `HTTPS URL of ${purpose}: of the file itself, not of a page that shows it. It must use a domain name and must not redirect; up to 2048 characters.`,
	};
}

function binaryField(type: MediaType, { names, purpose, show }: SourceTexts): INodeProperties {
	return {
		displayName: binaryLabel(names),
		name: names.binary,
		type: 'string',
		...(show && { required: true }),
		default: 'data',
		hint: `The name of the input binary field containing ${purpose}`,
		displayOptions: { show: { ...show, [names.source]: ['binary'] } },
		description: `The field of the incoming item that holds ${purpose}, up to ${mostInItem(type)} MB`,
	};
}

/** The label of the field that names a binary field: n8n's own, where there is one such field only. */
export function binaryLabel(names: SourceNames): string {
	const isOnlyOne = names.binary === ENTRY_NAMES.binary;
	return isOnlyOne ? 'Input Binary Field' : titled(names, 'Binary Field');
}

function titled({ label }: SourceNames, title: string): string {
	return [label, title].filter(Boolean).join(' ');
}

/** A list of files, each by URL or from a binary field. */
export function mediaList(
	type: MediaType,
	texts: { displayName: string; name: string; entry: string; description: string },
	limits: Limits,
	more: INodeProperties[] = [],
): INodeProperties {
	const { entry, description, ...names } = texts;
	return {
		...names,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: `Add ${entry}`,
		...(limits.required && { required: true }),
		default: {},
		description: limits.entries ? `${description}, up to ${limits.entries}` : description,
		options: [
			{
				displayName: capitalized(entry),
				name: ENTRY,
				values: [
					...sourceFields(type, {
						names: ENTRY_NAMES,
						purpose: `the ${CALLED[type].replace(/^an? /, '')}`,
					}),
					...more,
				],
			},
		],
	};
}

/** Under which a list keeps its entries. */
export const ENTRY = 'reference';

function capitalized(text: string): string {
	return text[0].toUpperCase() + text.slice(1);
}
