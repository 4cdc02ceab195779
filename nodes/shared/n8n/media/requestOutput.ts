import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { findOutOfReach, type Reach } from '../../http/reach';
import type { NodeContext } from '../context';
import type { BodyStream } from './transfer';

/** Who asks for an output. */
export interface Asker {
	context: NodeContext;
	/** Which hosts may be asked. */
	reach: Reach;
	/** Ends the request when the user stops the execution. */
	abortSignal?: AbortSignal;
}

/** What asking for an output came to: the head of an answer and its body, or what it would have led to. */
export type OutputAnswer =
	| ({ kind: 'answered'; body: BodyStream } & Pick<IN8nHttpFullResponse, 'statusCode' | 'headers'>)
	| { kind: 'outOfReach'; what: string };

/** The host has to begin its answer within this, in ms. */
const RESPONSE_TIMEOUT_MS = 60_000;

/** Hosts of outputs need one at most: to where the file lies, or from http to https. */
const MOST_REDIRECTS = 5;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Asks for an output. Redirects are followed here, since n8n's client would follow them unseen: each step is looked at
 * before it is asked. All steps go through n8n's own request function, and so through its protection against request
 * forgery. Rejects with the HTTP client's error.
 */
export async function requestOutput(asker: Asker, url: string): Promise<OutputAnswer> {
	let next = new URL(url);
	for (let redirects = 0; ; redirects++) {
		const what = findOutOfReach(next, asker.reach);
		if (what !== undefined) return { kind: 'outOfReach', what };
		const answer = await ask(asker, next);
		const target = redirects < MOST_REDIRECTS ? redirectOf(answer, next) : undefined;
		if (!target) return { kind: 'answered', ...answer };
		answer.body.destroy();
		next = target;
	}
}

type Answer = Omit<Extract<OutputAnswer, { kind: 'answered' }>, 'kind'>;

async function ask({ context, abortSignal }: Asker, url: URL): Promise<Answer> {
	return (await context.helpers.httpRequest({
		url: url.href,
		method: 'GET',
		// The length that a host announces is that of what it sends: packed or not, nobody could tell afterwards.
		headers: { 'Accept-Encoding': 'identity' },
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: RESPONSE_TIMEOUT_MS,
		abortSignal,
	})) as Answer;
}

/** Where an answer sends us; `undefined` where it does not, or to nowhere. */
function redirectOf({ statusCode, headers }: Answer, from: URL): URL | undefined {
	const location = String(headers.location ?? '');
	if (!REDIRECTS.has(statusCode) || location === '') return undefined;
	return URL.canParse(location, from.href) ? new URL(location, from) : undefined;
}
