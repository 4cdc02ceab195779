import type {
	DeclarativeRestApiSettings,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import type { Clock } from '../http/clock';
import { parseNetworkError, type Outcome } from '../http/outcome';
import { parseAnswer } from './answer';
import { createBreaker } from './breaker';
import { checkBaseUrl, CREDENTIAL, stopSignalOf, type NodeContext } from './context';
import { hearing } from './engine/batch';

/** Runway's API version, sent where the user sets no other. CometAPI requires the header on creates. */
export const DEFAULT_RUNWAY_VERSION = '2024-11-06';
export const VERSION_HEADER = 'X-Runway-Version';

/** One attempt hangs no longer than this, in ms. A create uploads up to 16 MB first. */
const READ_TIMEOUT_MS = 30_000;
export const CREATE_TIMEOUT_MS = 300_000;

/** A request to CometAPI; its base URL is an http(s) address. */
export type ApiRequest = IHttpRequestOptions & { baseURL: string };

/**
 * The one egress: every request that carries the key passes here, but for the credential's test, which n8n gives
 * other means (credentialTest.ts). One attempt; never rejects.
 *
 * No redirect is followed, since it would carry the key to another host. HTTP errors are answers like any
 * other, and of the HTTP client's own errors only the code is taken along: the rest holds the key.
 */
export async function sendOnce(
	context: NodeContext,
	request: IHttpRequestOptions,
	clock: Pick<Clock, 'now'>,
): Promise<Outcome> {
	const timeout =
		request.timeout || (request.method === 'POST' ? CREATE_TIMEOUT_MS : READ_TIMEOUT_MS);
	const breaker = createBreaker(stopSignalOf(context));
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			hearing(context, breaker.signal),
			CREDENTIAL,
			{
				...request,
				timeout,
				json: true,
				encoding: 'stream',
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
			},
		)) as IN8nHttpFullResponse;
		return await parseAnswer(response, timeout, () => clock.now());
	} catch (error) {
		return parseNetworkError(error);
	} finally {
		breaker.breakOff();
	}
}

/**
 * The request that an operation declares (`routing.request`: method, path, base URL), as n8n has resolved it, with the
 * user's own settings (proxy, certificates, timeout). Throws when the credential's Base URL is unusable.
 */
export function declaredRequest(
	context: IExecuteSingleFunctions,
	declared: DeclarativeRestApiSettings.HttpRequestOptions,
): ApiRequest {
	// n8n's own default is 5 minutes, beyond the whole budget of a read: only what the user has set counts.
	const { timeout } = context.getNodeParameter('requestOptions', {}) as { timeout?: number };
	return {
		...declared,
		timeout,
		url: declared.url ?? '',
		baseURL: checkBaseUrl(context, declared.baseURL),
		skipSslCertificateValidation: declared.skipSslCertificateValidation === true,
	};
}
