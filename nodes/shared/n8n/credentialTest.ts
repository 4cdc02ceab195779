import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { parseNetworkError, type ApiResponse, type Outcome } from '../http/outcome';
import { parseAnswer } from './answer';
import { normalizeBaseUrl } from './context';
import { describeOutcome } from './errorTexts';

const TIMEOUT_MS = 15_000;

/**
 * The credential's test: lists the models, which needs the key and costs nothing. A function rather than n8n's
 * declared request, which shows a bare `ECONNREFUSED` for a dead host. The same care as in every other request: no
 * redirect is followed, and nothing of the request gets into the message.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const baseUrl = normalizeBaseUrl(data?.baseUrl);
	if (baseUrl === undefined) {
		return {
			status: 'Error',
			message: 'Base URL is not an http(s) address. The usual one is https://api.cometapi.com.',
		};
	}
	const outcome = await listModels(this, baseUrl, String(data?.apiKey));
	if (outcome.kind === 'success') return { status: 'OK', message: 'CometAPI accepts the API key' };
	const { message, description } = describeOutcome(outcome);
	return { status: 'Error', message: `${message}. ${description}` };
}

async function listModels(
	context: ICredentialTestFunctions,
	baseUrl: string,
	apiKey: string,
): Promise<Outcome> {
	try {
		const response = (await context.helpers.request({
			uri: `${baseUrl}/v1/models`,
			headers: { Authorization: `Bearer ${apiKey}` },
			json: true,
			followRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
			useStream: true,
			timeout: TIMEOUT_MS,
		})) as ApiResponse;
		const outcome = await parseAnswer(response, TIMEOUT_MS, Date.now);
		return isAnotherServer(outcome) ? { ...outcome, kind: 'wrongAddress' } : outcome;
	} catch (error) {
		return parseNetworkError(error);
	}
}

/** The list is always there for a good key: an answer that has none, or a "not found", is another server's. */
function isAnotherServer({ kind, body }: Outcome): boolean {
	if (kind === 'success') return !Array.isArray((body as { data?: unknown }).data);
	return ['badRequest', 'unreadable', 'webPage', 'redirected'].includes(kind);
}
