import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_RUNWAY_VERSION } from './client';
import { BYTES_PER_MB } from './media/dataUri';

/** Politeness that Runway asks for, per task. */
export const DEFAULT_MIN_POLL_SECONDS = 5;

/** 2 GB: far above any clip, and below what fills a disk unnoticed. */
const DEFAULT_MAX_DOWNLOAD_MB = 2_048;

/** Options of every node that watches tasks. */
export const taskOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Download Video',
			name: 'downloadVideo',
			type: 'boolean',
			default: false,
			description: 'Whether to download the output into a binary field of the item',
		},
		{
			displayName: 'Max Download Size (MB)',
			name: 'maxDownloadMb',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_MAX_DOWNLOAD_MB,
			displayOptions: { show: { downloadVideo: [true] } },
			description: 'A larger output is not downloaded; its URL is in the error',
		},
		{
			displayName: 'Put Output in Field',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			displayOptions: { show: { downloadVideo: [true] } },
			hint: 'The name of the output binary field to put the video in',
			description: 'The binary field that the downloaded video is put in',
		},
		{
			displayName: 'Runway Version',
			name: 'runwayVersion',
			type: 'string',
			default: DEFAULT_RUNWAY_VERSION,
			description: 'Version of the Runway API, sent in the X-Runway-Version header',
		},
		{
			displayName: 'Seconds Between Checks',
			name: 'minPollSeconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_MIN_POLL_SECONDS,
			description:
				'The least time between two checks of a task. Runway asks for at least 5 seconds.',
		},
	],
};

/** The options as a node finds them. */
export interface TaskOptions {
	downloadVideo?: boolean;
	binaryPropertyName?: string;
	runwayVersion?: string;
	maxDownloadMb?: number;
	minPollSeconds?: number;
}

/** What to download: into which binary field (`undefined`: nothing), and up to which size. The version to ask in. */
export function readTaskOptions({
	runwayVersion,
	downloadVideo,
	binaryPropertyName,
	maxDownloadMb,
}: TaskOptions) {
	return {
		runwayVersion: runwayVersion?.trim() || DEFAULT_RUNWAY_VERSION,
		maxBytes: (Number(maxDownloadMb) || DEFAULT_MAX_DOWNLOAD_MB) * BYTES_PER_MB,
		downloadInto: downloadVideo ? binaryPropertyName?.trim() || 'data' : undefined,
	};
}
