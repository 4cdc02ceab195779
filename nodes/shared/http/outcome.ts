import { parseErrorEnvelope } from './errorEnvelope';

/** A plain HTTP answer. `body` is parsed JSON where it was JSON, else the text. */
export interface ApiResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** What kind of thing came of a request; the retry policy and the error texts are tables over these. */
export type OutcomeKind =
	| 'success'
	| 'badRequest'
	| 'unauthorized'
	| 'forbidden'
	| 'tooLarge'
	| 'wrongAddress'
	/** A redirect by which a server may say that it has done what it was asked for. */
	| 'redirected'
	/** A page for people came with 200: a wrong address, or somebody between us and the API. */
	| 'webPage'
	| 'rateLimited'
	| 'overloaded'
	| 'serverError'
	| 'connectionLost'
	| 'unreachable'
	| 'insecure'
	| 'unreadable'
	/** It never left: n8n's own protection does not allow the address. */
	| 'blocked'
	/** It never left: the user had stopped the execution. */
	| 'notSent';

/** The outcome of one request, with nothing of the request in it: it may be shown and stored. */
export interface Outcome {
	kind: OutcomeKind;
	/** The parsed body of a 2xx, whatever it says; of another answer that may hide a task, JSON that is no error. */
	body?: unknown;
	statusCode?: number;
	/** The API's own words. */
	message?: string;
	code?: string;
	/** CometAPI's support asks for it. */
	requestId?: string;
	/** What the `Retry-After` header asked for, in ms; from a pace, what is left of the pause that it makes of a 429. */
	retryAfterMs?: number;
}

/** CometAPI sends this code with HTTP 500 when it is the request that is wrong. */
const DISGUISED_BAD_REQUEST = 'invalid_request';

const KIND_OF_STATUS: Record<number, OutcomeKind> = {
	401: 'unauthorized',
	403: 'forbidden',
	// The server gave up before it had the whole request, or so it says: not sure enough to repeat a POST.
	408: 'connectionLost',
	413: 'tooLarge',
	429: 'rateLimited',
	503: 'overloaded',
};

/**
 * Tells what an HTTP answer means (docs/errors-and-retries.md, "When is a request repeated?"). Errors in the documented envelope
 * keep their code, message and request id. Pure; `now` (epoch ms) is for a `Retry-After` given as a date.
 */
export function parseResponse(response: ApiResponse, now: number): Outcome {
	const { statusCode, headers, body } = response;
	const error = parseError(body);
	const kind = kindOf(response, error);
	if (kind === 'success') return { kind, statusCode, body };
	const mayHideTask = MAY_HIDE_TASK.has(kind) && isObject(body) && Object.keys(error).length === 0;
	return {
		kind,
		statusCode,
		...(statusCode < 300 || mayHideTask ? { body } : {}),
		...error,
		...optional('retryAfterMs', parseRetryAfter(headers['retry-after'], now)),
	};
}

/** Somebody between us and the API may have put its status in the place of the API's, and left the answer. */
const MAY_HIDE_TASK = new Set<OutcomeKind>(['serverError', 'connectionLost', 'redirected']);

/**
 * Redirects that say "send it there", which is what a server says that has done nothing. 303 leads to what has come of a
 * POST, and 302 is used like that as well (RFC 9110, 15.4).
 */
const SENT_ELSEWHERE = new Set([301, 307, 308]);

function kindOf({ statusCode, headers, body }: ApiResponse, error: ErrorWords): OutcomeKind {
	if (SENT_ELSEWHERE.has(statusCode)) return 'wrongAddress';
	if (statusCode >= 300 && statusCode < 400) return 'redirected';
	const isPage = isWebPage(headers, body);
	if (isPage && (statusCode === 404 || statusCode === 405)) return 'wrongAddress';
	if (isPage && statusCode < 300) return 'webPage';
	if (statusCode < 300) return isAnswer(body, error) ? 'success' : 'unreadable';
	if (statusCode >= 500 && error.code === DISGUISED_BAD_REQUEST) return 'badRequest';
	if (statusCode === 503 && !isOwnRefusal(headers, body, error)) return 'serverError';
	return KIND_OF_STATUS[statusCode] ?? (statusCode < 500 ? 'badRequest' : 'serverError');
}

/** A page for people. What parses as JSON is none, whatever the header says: then the body is no text. */
function isWebPage(headers: ApiResponse['headers'], body: unknown): boolean {
	if (typeof body !== 'string' || body.trim() === '') return false;
	return /html/i.test(String(headers['content-type'] ?? '')) || /^\s*<(!doctype|html)/i.test(body);
}

/**
 * Whether a 503 is the API's own word that it has not taken the request: its envelope, or a `Retry-After`. A load
 * balancer says 503 as well when the connection behind it broke ("disconnect/reset before headers").
 */
function isOwnRefusal(headers: ApiResponse['headers'], body: unknown, error: ErrorWords): boolean {
	if (headers['retry-after'] !== undefined) return true;
	const isFlatText = isObject(body) && 'error' in body && typeof body.error === 'string';
	return !isFlatText && Object.keys(error).length > 0;
}

/** A success has an object for a body, and not that of an error; a task may well have an `error` among its fields. */
function isAnswer(body: unknown, error: ErrorWords): boolean {
	if (!isObject(body)) return false;
	return (
		Object.keys(error).length === 0 || 'status' in body || ('data' in body && body.data !== null)
	);
}

function isObject(body: unknown): body is object {
	return typeof body === 'object' && body !== null;
}

type ErrorWords = Pick<Outcome, 'message' | 'code' | 'requestId'>;

function parseError(body: unknown): ErrorWords {
	const words = parseErrorEnvelope(body);
	if (!words) return {};
	const { code, message } = words;
	return {
		...optional('code', code),
		...optional('message', message?.replace(REQUEST_ID, '').replace(KEY, 'sk-…').trim()),
		...optional('requestId', message?.match(REQUEST_ID)?.[1]),
	};
}

/** Some servers repeat the key that they refuse. */
const KEY = /\bsk-[\w-]{8,}/g;

/**
 * CometAPI writes the request id into the message: "… (request id: 20260313…)". One blank at most goes with it: a
 * pattern that begins with any number of them takes seconds over a message of 50,000 blanks.
 */
const REQUEST_ID = /\s?\(request id:\s*([^)\s]+)\s*\)/i;

/** Reads `Retry-After` as seconds or as an HTTP date; `undefined` when it is neither. In ms, not negative. */
export function parseRetryAfter(value: unknown, now: number): number | undefined {
	const text = String(Array.isArray(value) ? value[0] : (value ?? '')).trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	const date = /^(mon|tue|wed|thu|fri|sat|sun)/i.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Of a connection that stood, some of these mean that it broke (a route that is lost): see `stoodBefore`. */
const NEVER_ARRIVED = new Set([
	'ENOTFOUND',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);
/**
 * No handshake came about (EPROTO is OpenSSL's error in it), or the server turned our certificate down, which it tells in
 * TLS 1.3 after the client's handshake. Any other ERR_SSL_… is a connection that broke while data went over it (Node 20 and
 * 24, measured): the request may have been read.
 */
const INSECURE =
	/^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|ERR_SSL_\w*ALERT_\w*(CERTIFICATE|UNKNOWN_CA))/;

/** n8n's errors of its protection against server-side request forgery (since 2.x, N8N_SSRF_PROTECTION_ENABLED). */
const BLOCKED_NAME = /^Ssrf\w*Error$/;
/** In some versions n8n wraps them in an error of its own, with nothing but their words. */
const BLOCKED_WORDS = /^The request was blocked because /;

/**
 * Tells what an error of the HTTP client means. Only what surely happened before the request was sent counts as
 * `unreachable`; for anything else the request may have been read. Takes the error's code along, never the
 * error: it holds the request with its key. Pure.
 */
export function parseNetworkError(error: unknown): Outcome {
	const chain = chainOf(error);
	const isBlocked = chain.some(
		({ name, message }) => BLOCKED_NAME.test(String(name)) || BLOCKED_WORDS.test(String(message)),
	);
	if (isBlocked) return { kind: 'blocked', code: 'SSRF' };
	const codes = chain.map(({ code }) => String(code ?? ''));
	const neverArrived = chain.some(stoodBefore)
		? undefined
		: codes.find((code) => NEVER_ARRIVED.has(code));
	if (neverArrived || chain.some(({ syscall }) => syscall === 'connect')) {
		return { kind: 'unreachable', code: neverArrived ?? codes.find(Boolean) };
	}
	const insecure = codes.find((code) => INSECURE.test(code));
	if (insecure) return { kind: 'insecure', code: insecure };
	return { kind: 'connectionLost', ...optional('code', codes.find(Boolean)) };
}

/** Whether it came about on a connection that stood. Linux tells there of a route that is lost as EHOSTUNREACH. */
function stoodBefore({ syscall }: ErrorLike): boolean {
	return syscall === 'read' || syscall === 'write';
}

interface ErrorLike {
	name?: unknown;
	message?: unknown;
	code?: unknown;
	syscall?: unknown;
	cause?: unknown;
	/** Of an AggregateError: Node tries every address of a host. */
	errors?: unknown;
}

const DEEPEST_CAUSE = 5;

/** An error and its causes, as n8n's and axios's wrappers nest them. */
function chainOf(error: unknown, depth = 0): ErrorLike[] {
	if (typeof error !== 'object' || error === null || depth === DEEPEST_CAUSE) return [];
	const { cause, errors } = error as ErrorLike;
	const nested = [cause, ...(Array.isArray(errors) ? errors : [])];
	return [error, ...nested.flatMap((inner) => chainOf(inner, depth + 1))];
}

function optional<Key extends string, Value>(
	key: Key,
	value: Value | undefined,
): { [K in Key]?: Value } {
	return value === undefined || value === '' ? {} : ({ [key]: value } as { [K in Key]?: Value });
}
