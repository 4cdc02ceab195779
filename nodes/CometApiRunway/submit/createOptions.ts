import type { IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';
import { MOST_REQUESTS_IN_FLIGHT } from '../../shared/http/pace';
import { parseInput, positiveNumber, type InputTable } from '../../shared/n8n/input';
import {
	RUNWAY_VERSION_ROW,
	runwayVersionOption,
	optionsCollection,
} from '../../shared/n8n/options';
import type { Operation } from '../fields/byModel';
import type { BatchCaps } from './batch';
import { RETURN_OPTIONS } from './returnAs';
import { optionsOf } from './sources';

/** Options of every create. */
const CREATE_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Additional Fields (JSON)',
		name: 'additionalFields',
		type: 'json',
		default: '{}',
		description:
			'Further fields of the request body, as a JSON object; they win over the fields above',
		hint: 'For models with fields of their own, e.g. {"negativePrompt": "people"}',
	},
	{
		displayName: 'Max Concurrency',
		name: 'maxConcurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50 },
		default: MOST_REQUESTS_IN_FLIGHT,
		description: 'How many items are submitted at the same time',
	},
	{
		displayName: 'Retry When Uncertain',
		name: 'retryUncertain',
		type: 'boolean',
		default: false,
		description:
			'Whether to submit again when it is unknown if CometAPI accepted a task. This can create, and charge for, the same task twice.',
	},
	runwayVersionOption,
];

/** The field *Options* of a create: the operation's own and those of every create. */
export function optionsField({ show }: Operation, own: INodeProperties[]): INodeProperties {
	return { ...optionsCollection(CREATE_OPTIONS, RETURN_OPTIONS, own), displayOptions: { show } };
}

const ROWS = {
	maxConcurrency: {
		label: 'Max Concurrency',
		remedy: 'Give Max Concurrency a number above 0.',
		schema: positiveNumber(MOST_REQUESTS_IN_FLIGHT),
	},
	runwayVersion: RUNWAY_VERSION_ROW,
} satisfies InputTable;

/** What the options of a create come to, but for those that are fields of its body. */
export interface CreateOptions {
	runwayVersion: string;
	/** The user's word that paying twice is better than missing one. */
	retryUncertain: boolean;
}

/** One item's options, checked. Throws a WrongInput. */
export function parseCreateOptions(context: IExecuteSingleFunctions): CreateOptions {
	const options = optionsOf(context);
	const { runwayVersion } = parseInput(ROWS, options);
	return { runwayVersion, retryUncertain: options.retryUncertain === true };
}

/** How many items to submit at the same time. Where the option is wrong, each item is refused by itself. */
export function capsOf(context: IExecuteSingleFunctions): BatchCaps {
	const parsed = ROWS.maxConcurrency.schema.safeParse(optionsOf(context).maxConcurrency);
	const most = parsed.success ? Math.max(1, Math.floor(parsed.data)) : 1;
	return { itemsAtWork: most, requestsInFlight: most };
}
