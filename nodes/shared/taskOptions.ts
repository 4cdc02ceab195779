import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_RUNWAY_VERSION } from './api/client';

/** Politeness that Runway asks for, per task. */
export const DEFAULT_MIN_POLL_SECONDS = 5;

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
			description: 'The least time between two checks of a task. Runway asks for at least 5 seconds.',
		},
	],
};

/** The options as a node finds them. */
export interface TaskOptions {
	downloadVideo?: boolean;
	binaryPropertyName?: string;
	runwayVersion?: string;
	minPollSeconds?: number;
}

/** The version to ask in, and the binary field to download into (`undefined`: no download). */
export function readTaskOptions({ runwayVersion, downloadVideo, binaryPropertyName }: TaskOptions) {
	return {
		runwayVersion: runwayVersion?.trim() || DEFAULT_RUNWAY_VERSION,
		downloadInto: downloadVideo ? binaryPropertyName?.trim() || 'data' : undefined,
	};
}
