import { parseResponse, type ApiResponse, type Outcome } from '../http/outcome';

/** An answer of the API takes a few KB, its catalogue of models some hundred: more is no answer. */
const MOST_BYTES = 10 * 1024 * 1024;

/** The code of an outcome whose answer was larger; it has a text of its own (errorTexts.ts). */
const TOO_LARGE = 'ANSWER_TOO_LARGE';

/** A body that is read as it comes, unpacked by the HTTP client where it was packed. */
type BodyStream = AsyncIterable<Uint8Array> & { destroy(error?: Error): void };

/**
 * Tells what an answer means whose body n8n hands out as a stream: n8n's client has no limit of its own, and would take
 * hundreds of MB into memory. More than 10 MB are not read, and count as unreadable, as far as the status does not say
 * more. Rejects when the body breaks off, or does not come within `timeoutMs`.
 */
export async function parseAnswer(
	response: ApiResponse,
	timeoutMs: number,
	now: () => number,
): Promise<Outcome> {
	const read = await readBody(response.body, timeoutMs);
	const outcome = parseResponse({ ...response, body: read?.body }, now());
	const isOurs = !read && outcome.kind === 'unreadable';
	return isOurs ? { ...outcome, code: TOO_LARGE } : outcome;
}

/**
 * Reads a body: parsed JSON where it is JSON, else the text; what is no stream is taken as it is (n8n's evaluations answer
 * in the place of the API). `undefined` where it is larger than 10 MB. Rejects as `parseAnswer` does. In neither case
 * need the connection be closed: the request's breaker does that.
 */
export async function readBody(
	body: unknown,
	timeoutMs: number,
): Promise<{ body: unknown } | undefined> {
	if (!isStream(body)) return { body };
	// n8n's client counts its own timeout until the body begins.
	const timeout = AbortSignal.timeout(timeoutMs);
	let giveUp = () => {};
	const tooLate = new Promise<never>((_resolve, reject) => {
		giveUp = () => reject(new AnswerTimeout('The answer did not come to its end'));
	});
	timeout.addEventListener('abort', giveUp);
	try {
		const content = await Promise.race([collect(body), tooLate]);
		return content && { body: parseText(content.toString('utf8')) };
	} finally {
		timeout.removeEventListener('abort', giveUp);
		body.destroy();
	}
}

class AnswerTimeout extends Error {
	readonly code = 'ETIMEDOUT';
}

/** All of a body; `undefined` where it is too large. */
async function collect(body: BodyStream): Promise<Buffer | undefined> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.length;
		if (bytes > MOST_BYTES) return undefined;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks, bytes);
}

function parseText(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\ufeff/, ''));
	} catch {
		return text;
	}
}

function isStream(body: unknown): body is BodyStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
