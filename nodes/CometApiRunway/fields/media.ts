import type { INodeProperties } from 'n8n-workflow';
import type { Limits } from '../models/limits';

/** The kinds of files that creates take. */
export type SourceKind = 'video' | 'image' | 'audio';

/** How a kind is called, and how large a file of it may be, in the item and on the web (Runway's docs, "Inputs"). */
const KINDS: Record<SourceKind, { a: string; example: string; binaryMb: number; urlMb: number }> = {
	video: { a: 'a video', example: 'video.mp4', binaryMb: 16, urlMb: 32 },
	image: { a: 'an image', example: 'image.png', binaryMb: 5, urlMb: 16 },
	audio: { a: 'an audio file', example: 'sound.mp3', binaryMb: 5, urlMb: 16 },
};

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
export function sourceFields(kind: SourceKind, texts: SourceTexts): INodeProperties[] {
	return [sourceField(kind, texts), urlField(kind, texts), binaryField(kind, texts)];
}

function sourceField(kind: SourceKind, { names, purpose, show }: SourceTexts): INodeProperties {
	const { a, binaryMb, urlMb } = KINDS[kind];
	const options = [
		{
			name: 'Binary Data',
			value: 'binary',
			description: `${capitalized(a)} in the incoming item, up to ${binaryMb} MB`,
		},
		{ name: 'URL', value: 'url', description: `${capitalized(a)} on the web, up to ${urlMb} MB` },
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

function urlField(kind: SourceKind, { names, purpose, show }: SourceTexts): INodeProperties {
	return {
		displayName: titled(names, 'URL'),
		name: names.url,
		type: 'string',
		...(show && { required: true }),
		default: '',
		placeholder: `e.g. https://example.com/${KINDS[kind].example}`,
		displayOptions: { show: { ...show, [names.source]: ['url'] } },
		description: `HTTPS URL of ${purpose}: of the file itself, not of a page that shows it. It must use a domain name and must not redirect; up to 2048 characters.`,
	};
}

function binaryField(kind: SourceKind, { names, purpose, show }: SourceTexts): INodeProperties {
	return {
		displayName: binaryLabel(names),
		name: names.binary,
		type: 'string',
		...(show && { required: true }),
		default: 'data',
		hint: `The name of the input binary field containing ${purpose}`,
		displayOptions: { show: { ...show, [names.source]: ['binary'] } },
		description: `The field of the incoming item that holds ${purpose}, up to ${KINDS[kind].binaryMb} MB`,
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
	kind: SourceKind,
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
					...sourceFields(kind, {
						names: ENTRY_NAMES,
						purpose: `the ${KINDS[kind].a.replace(/^an? /, '')}`,
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
