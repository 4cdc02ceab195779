import {
	NodeOperationError,
	type IExecuteFunctions,
	type IExecuteSingleFunctions,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
	type IPollFunctions,
} from 'n8n-workflow';
import { readNetworkError, readResponse, type Outcome } from '../http/outcome';
import type { World } from '../http/clock';

export const CREDENTIAL = 'cometApiRunwayApi';

export const TASKS_PATH = '/runwayml/v1/tasks';
export const VIDEO_TO_VIDEO_PATH = '/runwayml/v1/video_to_video';

/** Runway's API version, sent where the user sets no other. CometAPI requires the header on creates. */
export const DEFAULT_RUNWAY_VERSION = '2024-11-06';
export const VERSION_HEADER = 'X-Runway-Version';

/** The n8n functions of a node at work: programmatic, declarative, or polling. */
export type NodeContext = IExecuteFunctions | IExecuteSingleFunctions | IPollFunctions;

/** One attempt hangs no longer than this, in ms. A create uploads up to 16 MB first. */
export const READ_TIMEOUT_MS = 30_000;
const CREATE_TIMEOUT_MS = 300_000;

/**
 * The one egress: every request that carries the key passes here, but for the credential's test, which n8n gives
 * other means (credentialTest.ts). One attempt; never rejects.
 *
 * No redirect is followed, since it would carry the key to another host. HTTP errors are answers like any
 * other, and of the HTTP client's own errors only the code is taken along: the rest holds the key.
 */
export async function sendOnce(
	context: NodeContext,
	options: IHttpRequestOptions,
	world: Pick<World, 'now'>,
): Promise<Outcome> {
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			{
				timeout: options.method === 'POST' ? CREATE_TIMEOUT_MS : READ_TIMEOUT_MS,
				...options,
				json: true,
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
			},
		)) as IN8nHttpFullResponse;
		return readResponse(response, world.now());
	} catch (error) {
		return readNetworkError(error);
	}
}

/** The request that reads one task. */
export function readTaskRequest(
	baseURL: string,
	taskId: string,
	runwayVersion: string,
): IHttpRequestOptions {
	return {
		method: 'GET',
		baseURL,
		url: `${TASKS_PATH}/${encodeURIComponent(taskId)}`,
		headers: { [VERSION_HEADER]: runwayVersion },
	};
}

/**
 * The credential's base URL, checked. Throws a NodeOperationError that says what to change, so that the key
 * never leaves for an address nobody meant.
 */
export async function readBaseUrl(context: NodeContext): Promise<string> {
	const { baseUrl } = await context.getCredentials<{ baseUrl?: unknown }>(CREDENTIAL);
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
