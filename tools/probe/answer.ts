import { z } from 'zod';

/** What came back for one request; `broken` where no answer came. */
export type Answer =
	| { broken: string }
	| {
			status: number;
			headers: Record<string, string>;
			/** Undefined where the body is no JSON. */
			json: unknown;
	  };

export interface Question {
	method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST';
	url: string;
	headers?: Record<string, string>;
	body?: unknown;
}

const ANSWER_TIMEOUT_MS = 120_000;

/** Sends one request, once. Redirects are answers: a key must not follow them. Never throws. */
export async function ask({ method, url, headers = {}, body }: Question): Promise<Answer> {
	const json = body === undefined ? {} : { 'content-type': 'application/json' };
	try {
		const response = await fetch(url, {
			method,
			headers: { ...headers, ...json },
			body: body === undefined ? undefined : JSON.stringify(body),
			redirect: 'manual',
			signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
		});
		return {
			status: response.status,
			headers: Object.fromEntries(response.headers),
			json: parseJson(await response.text()),
		};
	} catch (error) {
		return { broken: describeBreak(error) };
	}
}

function parseJson(text: string): unknown {
	try {
		const json: unknown = JSON.parse(text);
		return json;
	} catch {
		return undefined;
	}
}

const broken = z.object({ cause: z.object({ code: z.string() }) });

function describeBreak(error: unknown): string {
	const { data } = broken.safeParse(error);
	return data?.cause.code ?? (error instanceof Error ? error.name : 'unknown');
}

const codeOrNumber = z.union([z.string(), z.number()]).transform(String);
const envelope = z.object({
	error: z.object({ code: codeOrNumber.nullish(), message: z.string() }),
});
const flat = z.object({ code: codeOrNumber, message: z.string() });

/** An error in one of the two known shapes. */
export interface KnownError {
	shape: 'envelope' | 'flat';
	code: string;
	message: string;
}

/** Undefined where the answer has neither shape. */
export function errorOf(answer: Answer): KnownError | undefined {
	if ('broken' in answer) return undefined;
	const { data: enveloped } = envelope.safeParse(answer.json);
	if (enveloped) {
		const { code, message } = enveloped.error;
		return { shape: 'envelope', code: code ?? '', message };
	}
	const { data: plain } = flat.safeParse(answer.json);
	return plain && { shape: 'flat', ...plain };
}

/** `400, envelope, code invalid_request: videoUri: Required`; `ECONNRESET`; `502, no JSON`. */
export function summaryOf(answer: Answer): string {
	if ('broken' in answer) return `no answer (${answer.broken})`;
	const { status, json, headers } = answer;
	const error = errorOf(answer);
	if (error) {
		const { shape, code, message } = error;
		return `${status}, ${shape}, code "${code}": ${message.slice(0, 200)}`;
	}
	if (headers.location) return `${status} to ${headers.location}`;
	return json === undefined ? `${status}, no JSON` : `${status}, ${shapeOf(json)}`;
}

/** The names of the fields, without what is in them: a report tells nobody's balance. */
export function shapeOf(json: unknown): string {
	if (Array.isArray(json))
		return `a list of ${json.length}${json.length ? ` of ${shapeOf(json[0])}` : ''}`;
	if (typeof json !== 'object' || json === null) return typeof json;
	const fields = Object.entries(json).map(([name, value]) =>
		typeof value === 'object' && value !== null ? `${name}: ${shapeOf(value)}` : name,
	);
	return `{${fields.join(', ')}}`;
}
