import {
	NodeOperationError,
	sleep,
	type IExecuteFunctions,
	type IExecuteSingleFunctions,
	type IPollFunctions,
} from 'n8n-workflow';
import { createClock, type Clock } from '../http/clock';

export const CREDENTIAL = 'cometApiRunwayApi';

/** The n8n functions of a node that is at its items: programmatic, or declarative and then those of one item. */
export type ItemsContext = IExecuteFunctions | IExecuteSingleFunctions;

/** The n8n functions of a node at work: at its items, or polling. */
export type NodeContext = ItemsContext | IPollFunctions;

/**
 * The clock of a node at work; it hears the user's Stop, which polls have none of. n8n's own `sleep` takes a signal
 * only since 2.35, and ignores it before.
 */
export function clockOf(context: NodeContext): Clock {
	return createClock(sleep, stopSignalOf(context));
}

/** The signal that the user has stopped the execution; a poll has none. */
export function stopSignalOf(context: NodeContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

/**
 * The credential's base URL, checked. Throws a NodeOperationError that says what to change, so that the key
 * never leaves for an address nobody meant.
 */
export async function readBaseUrl(context: NodeContext): Promise<string> {
	const { baseUrl } = await context.getCredentials<{ baseUrl?: unknown }>(CREDENTIAL);
	return checkBaseUrl(context, baseUrl);
}

/** The same for a base URL that n8n has read from the credential, as it does for a declared request. */
export function checkBaseUrl(context: NodeContext, baseUrl: unknown): string {
	const normalized = normalizeBaseUrl(baseUrl);
	if (normalized !== undefined) return normalized;
	throw new NodeOperationError(
		context.getNode(),
		"The credential's Base URL is not an http(s) address",
		{
			description:
				'Open the CometAPI Runway credential and set Base URL, for example to https://api.cometapi.com.',
		},
	);
}

/** A base URL without trailing slashes; `undefined` when it is no http(s) address. */
export function normalizeBaseUrl(baseUrl: unknown): string | undefined {
	const text = typeof baseUrl === 'string' ? baseUrl.trim() : '';
	return /^https?:\/\//i.test(text) && URL.canParse(text) ? text.replace(/\/+$/, '') : undefined;
}
