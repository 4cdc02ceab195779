import type { IBinaryData } from 'n8n-workflow';
import type { Clock } from '../../http/clock';
import { parseNetworkError, parseResponse, type Outcome } from '../../http/outcome';
import { judge, pauseBeforeRepeat } from '../../http/policy';
import { createBreaker, type Breaker } from '../breaker';
import { describeFile, isOutputType, startsAsText } from './mediaType';
import { requestOutput, type Asker } from './requestOutput';
import { guardTransfer, type BodyStream, type Transfer } from './transfer';

/** What a download needs of a running node. */
export interface Downloader extends Asker {
	clock: Clock;
	/** A file that turns out larger is given up. */
	maxBytes: number;
}

/** How a download ended. `expired` means that the signed URL no longer works: a fresh one may. */
export type DownloadEnd =
	| { kind: 'stored'; binary: IBinaryData }
	| { kind: 'expired'; outcome: Outcome }
	| { kind: 'tooLarge'; maxBytes: number }
	/** The URL, or what it redirects to, is no place to ask: `what` it leads to. */
	| { kind: 'outOfReach'; what: string }
	/** Something came, and no media file: a page to sign in, an error, nothing at all. */
	| { kind: 'noMedia'; what: string }
	| { kind: 'failed'; outcome: Outcome };

/** What hosts of signed URLs answer once a URL has expired. */
const EXPIRED = new Set([401, 403, 404, 410]);

/** A transfer that breaks is begun anew so often, after the pauses of the retry policy. */
const MOST_ATTEMPTS = 4;

/**
 * Streams an output URL into n8n's binary store; memory does not grow with the file. Never rejects.
 *
 * The request carries no credential: the key is for CometAPI, and outputs lie on other hosts. A transfer that
 * breaks, or ends before the length the host announced, is begun anew. `name` is that of the file, without extension.
 */
export async function downloadOutput(
	downloader: Downloader,
	url: string,
	name: string,
): Promise<DownloadEnd> {
	const { clock } = downloader;
	for (let attempt = 1; ; attempt++) {
		const end = await attemptDownload(downloader, url, name);
		if (end.kind !== 'failed' || judge('GET', end.outcome.kind) !== 'repeat') return end;
		const pauseMs = pauseBeforeRepeat(end.outcome, attempt, Number.POSITIVE_INFINITY, () =>
			clock.random(),
		);
		if (attempt === MOST_ATTEMPTS || pauseMs === undefined) return end;
		await clock.sleep(pauseMs);
		if (clock.stopped()) return end;
	}
}

async function attemptDownload(
	downloader: Downloader,
	url: string,
	name: string,
): Promise<DownloadEnd> {
	const breaker = createBreaker(downloader.abortSignal);
	try {
		const answer = await requestOutput({ ...downloader, abortSignal: breaker.signal }, url);
		if (answer.kind === 'outOfReach') return answer;
		const { statusCode, headers, body } = answer;
		const file = { headers, body, url, name };
		if (statusCode === 200) return await store(downloader, file, breaker);
		body.destroy();
		const now = downloader.clock.now();
		const outcome = parseResponse({ statusCode, headers, body: undefined }, now);
		if (EXPIRED.has(statusCode)) return { kind: 'expired', outcome };
		// A redirect that comes to here leads nowhere: asking again can't help.
		const isLost = outcome.kind === 'redirected';
		return { kind: 'failed', outcome: isLost ? { ...outcome, kind: 'wrongAddress' } : outcome };
	} catch (error) {
		return { kind: 'failed', outcome: parseNetworkError(error) };
	} finally {
		breaker.breakOff();
	}
}

/** A file that is about to come. */
interface ComingFile {
	headers: Record<string, unknown>;
	body: BodyStream;
	url: string;
	/** What to call it, without an extension. */
	name: string;
}

const NO_MEDIA = /^(text\/|application\/(.+\+)?(json|xml|xhtml)\b)/;

/**
 * Streams a body into n8n's binary store, unless it is no media file. n8n gives nodes no means to take a file out again:
 * what will not do breaks the stream before its end, upon which n8n takes back what it has written (2.40.7,
 * fs-byte-store.js; 1.123 and 2.22 let it lie until they delete the execution).
 */
async function store(
	{ context, clock, maxBytes }: Downloader,
	{ headers, body, url, name }: ComingFile,
	breaker: Breaker,
): Promise<DownloadEnd> {
	const contentType = String(headers['content-type'] ?? '')
		.split(';')[0]
		.trim();
	if (NO_MEDIA.test(contentType)) {
		body.destroy();
		return { kind: 'noMedia', what: contentType };
	}
	const refuses = (head: Uint8Array) => !isOutputType(contentType) && startsAsText(head);
	const transfer = guardTransfer({ body, headers, breaker }, { maxBytes, refuses }, clock);
	try {
		const head = await transfer.head();
		// n8n's store might wait for ever for a stream that has broken off before it came.
		if (!head) return brokenEnd(transfer, maxBytes, { kind: 'connectionLost' });
		if (head.length === 0) return { kind: 'noMedia', what: 'empty' };
		const { fileName, mimeType } = describeFile(name, { url, contentType, head });
		const binary = await context.helpers.prepareBinaryData(transfer.stream, fileName, mimeType);
		return { kind: 'stored', binary };
	} catch (error) {
		return brokenEnd(transfer, maxBytes, parseNetworkError(error));
	} finally {
		transfer.end();
	}
}

/** How a transfer that broke off ended: it was our doing, or else there is the outcome. */
function brokenEnd(transfer: Transfer, maxBytes: number, outcome: Outcome): DownloadEnd {
	if (transfer.isTooLarge()) return { kind: 'tooLarge', maxBytes };
	if (transfer.isRefused()) return { kind: 'noMedia', what: 'a text' };
	return { kind: 'failed', outcome };
}
