import type { IDataObject, IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { DEFAULT_RUNWAY_VERSION } from './client';
import { parseInput, positiveNumber, textOr, type InputTable } from './input';
import { BYTES_PER_MB } from './media/dataUri';

/** 2 GB: far above any clip, and below what fills a disk unnoticed. */
const DEFAULT_MAX_DOWNLOAD_MB = 2_048;

/** The option of every node that talks to the API, and what it has to be. */
export const runwayVersionOption: INodeProperties = {
	displayName: 'Runway Version',
	name: 'runwayVersion',
	type: 'string',
	default: DEFAULT_RUNWAY_VERSION,
	description: 'Version of the Runway API, sent in the X-Runway-Version header',
};

export const RUNWAY_VERSION_ROW = {
	label: 'Runway Version',
	remedy: `Give Runway Version a date as text, for example ${DEFAULT_RUNWAY_VERSION}, or remove the option.`,
	schema: textOr(DEFAULT_RUNWAY_VERSION),
};

export const maxDownloadOption: INodeProperties = {
	displayName: 'Max Download Size (MB)',
	name: 'maxDownloadMb',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: DEFAULT_MAX_DOWNLOAD_MB,
	description: 'An output that is larger is not downloaded; its URL is in the error',
};

export const outputFieldOption: INodeProperties = {
	displayName: 'Put Output in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	hint: 'The name of the output binary field to put the file in',
	description:
		'The binary field that the downloaded file is put in. Further outputs of a task go into fields with a number (data_1, data_2).',
};

const whereDownloaded: IDisplayOptions = { show: { download: [true] } };

/** Options of every node that watches tasks: how to take an output along. */
const TASK_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Download Output',
		name: 'download',
		type: 'boolean',
		default: false,
		description:
			'Whether to download the output into a binary field of the item, and further outputs into fields of their own',
	},
	{ ...maxDownloadOption, displayOptions: whereDownloaded },
	{ ...outputFieldOption, displayOptions: whereDownloaded },
	runwayVersionOption,
];

/** The field *Options* of a node: its own and those of its kind, by their names, as n8n wants them. */
export function optionsCollection(...groups: INodeProperties[][]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: groups.flat().sort((one, other) => one.displayName.localeCompare(other.displayName)),
	};
}

/** The field *Options* of a node that watches tasks. */
export function taskOptions(own: INodeProperties[] = []): INodeProperties {
	return optionsCollection(TASK_OPTIONS, own);
}

const ROWS = {
	maxDownloadMb: {
		label: 'Max Download Size (MB)',
		remedy: 'Give Max Download Size (MB) a number above 0.',
		schema: positiveNumber(DEFAULT_MAX_DOWNLOAD_MB),
	},
	binaryPropertyName: {
		label: 'Put Output in Field',
		remedy: 'Give Put Output in Field the name of a binary field, for example data.',
		schema: textOr('data'),
	},
	runwayVersion: RUNWAY_VERSION_ROW,
} satisfies InputTable;

/** What the options of a node that watches tasks come to. */
export interface TaskOptions {
	runwayVersion: string;
	/** The binary field to download into; `undefined` when outputs are not to be downloaded. */
	downloadInto?: string;
	/** A larger output is not downloaded. */
	maxBytes: number;
}

/** The options as a node has them, checked. Throws a WrongInput. */
export function parseTaskOptions(options: IDataObject): TaskOptions {
	const { maxDownloadMb, binaryPropertyName, runwayVersion } = parseInput(ROWS, options);
	return {
		runwayVersion,
		downloadInto: options.download ? binaryPropertyName : undefined,
		maxBytes: maxDownloadMb * BYTES_PER_MB,
	};
}
