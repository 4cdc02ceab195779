import type { FaultInput } from './faultSchema';
import type { PartialScenario } from './scenario';

/** A word that, somewhere in the prompt, changes how that task goes. For use by hand. */
export interface PromptWord {
	word: string;
	meaning: string;
	scenario?: PartialScenario;
	/** Hits on: create come before the task is accepted; all others follow the accepted task. */
	fault?: FaultInput;
}

const MINUTE_MS = 60_000;
const MEGABYTE = 1024 * 1024;

/** Several words combine; where two set the same field, the one further down wins. */
export const PROMPT_WORDS: PromptWord[] = [
	{ word: '[sim:fail]', meaning: 'The task ends FAILED.', scenario: { outcome: 'FAILED' } },
	{
		word: '[sim:moderated]',
		meaning: 'The task ends FAILED with failureCode SAFETY.INPUT.TEXT.',
		scenario: {
			outcome: 'FAILED',
			failure: 'The prompt did not pass content moderation.',
			failureCode: 'SAFETY.INPUT.TEXT',
		},
	},
	{
		word: '[sim:cancelled]',
		meaning: 'The task ends CANCELLED.',
		scenario: { outcome: 'CANCELLED' },
	},
	{
		word: '[sim:no-output]',
		meaning: 'The task ends SUCCEEDED without any URL.',
		scenario: { outputCount: 0 },
	},
	{
		word: '[sim:costs]',
		meaning: 'The create and the task tell their costs in credits.',
		scenario: { costs: 'runway' },
	},
	{ word: '[sim:three]', meaning: 'The task has three outputs.', scenario: { outputCount: 3 } },
	{
		word: '[sim:slow]',
		meaning: 'The task runs for ten simulated minutes.',
		scenario: { runningMs: 10 * MINUTE_MS },
	},
	{
		word: '[sim:quick]',
		meaning: 'The task is finished when first read.',
		scenario: { pendingMs: 0, runningMs: 0 },
	},
	{
		word: '[sim:not-exist]',
		meaning: 'Reads answer task_not_exist for the first four simulated seconds.',
		scenario: { notExistMs: 4000 },
	},
	{
		word: '[sim:expired]',
		meaning: 'Output URLs have expired the moment they are issued.',
		scenario: { outputUrlTtlMs: 0 },
	},
	{
		word: '[sim:large]',
		meaning: 'The output is a playable MP4 of 200 MB.',
		scenario: { outputBytes: 200 * MEGABYTE },
	},
	{
		word: '[sim:429]',
		meaning: 'Create answers 429 with Retry-After: 2, and accepts the next try.',
		fault: {
			on: 'create',
			kind: 'status',
			status: 429,
			retryAfter: 2,
			message: 'Rate limit reached',
		},
	},
	{
		word: '[sim:hang]',
		meaning: 'Create never answers, and accepts the next try.',
		fault: { on: 'create', kind: 'hang' },
	},
	{
		word: '[sim:no-channel]',
		meaning: 'Create answers 503 with model_not_found, and accepts the next try.',
		fault: {
			on: 'create',
			kind: 'status',
			status: 503,
			code: 'model_not_found',
			message: 'no available channel for group default and this model',
		},
	},
	{
		word: '[sim:lost]',
		meaning: 'Create accepts the task, but breaks the connection before it tells the id.',
		fault: { on: 'create', kind: 'reset', accepted: true },
	},
	{
		word: '[sim:html]',
		meaning: 'Create answers an HTML page, and accepts the next try.',
		fault: { on: 'create', kind: 'html' },
	},
	{
		word: '[sim:read-502]',
		meaning: "The task's first read answers 502.",
		fault: { on: 'read', kind: 'status', status: 502, message: 'Bad gateway' },
	},
	{
		word: '[sim:broken-download]',
		meaning: "The output's first download breaks off half-way.",
		fault: { on: 'download', kind: 'truncatedDownload' },
	},
];

/** What the words in a text ask for together. */
export interface PromptOrders {
	scenario: PartialScenario;
	/** For creates with exactly this text. */
	createFaults: FaultInput[];
	/** For the reads and downloads of the task once it is accepted. */
	taskFaults: FaultInput[];
}

/** Finds the words in a text (see textOf) and adds up what they ask for. */
export function readPromptWords(text: string): PromptOrders {
	const words = PROMPT_WORDS.filter(({ word }) => text.includes(word));
	const faults = words.flatMap(({ fault }) => fault ?? []);
	return {
		scenario: Object.assign({}, ...words.map(({ scenario }) => scenario)),
		createFaults: faults.filter(({ on }) => on === 'create'),
		taskFaults: faults.filter(({ on }) => on !== 'create'),
	};
}
