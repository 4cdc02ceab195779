import { z } from 'zod';
import { examine } from '../canary';

/** n8n's refusal of a request, in its own words. */
export class N8nRequestError extends Error {
	constructor(request: string, status: number, body: string) {
		super(`${request} answered ${status}: ${messageIn(body)}`);
		this.name = 'N8nRequestError';
	}
}

const refusal = z.object({ message: z.string(), hint: z.string().optional() });

/** What n8n refuses with before it is up, and what a proxy says, is no JSON. */
function messageIn(body: string): string {
	try {
		const { message, hint } = refusal.parse(JSON.parse(body));
		return [message, hint].filter(Boolean).join(' ');
	} catch {
		return body.slice(0, 500);
	}
}

/** Requests to one n8n, with the session cookie that a login has given. */
export class N8nSession {
	private cookie = '';

	constructor(readonly baseUrl: string) {}

	/**
	 * A request to the editor's REST API, below /rest. Returns the `data` of the answer.
	 *
	 * @throws when that is not what the schema says
	 */
	async rest<Schema extends z.ZodTypeAny>(
		method: string,
		path: string,
		schema: Schema,
		body?: unknown,
	): Promise<z.output<Schema>> {
		return (await this.json(method, `/rest${path}`, z.object({ data: schema }), body)).data;
	}

	/** @throws N8nRequestError with n8n's message for any status but 2xx */
	async json<Schema extends z.ZodTypeAny>(
		method: string,
		path: string,
		schema: Schema,
		body?: unknown,
	): Promise<z.output<Schema>> {
		const response = await this.send(method, path, body);
		const text = await response.text();
		examine(`n8n's answer to ${method} ${path.split('?')[0]}`, text);
		const { success, data, error } = schema.safeParse(JSON.parse(text));
		if (success) return data;
		throw new Error(`${method} ${path} has another answer than expected: ${error.message}`);
	}

	/** @throws N8nRequestError with n8n's message for any status but 2xx */
	async send(method: string, path: string, body?: unknown): Promise<Response> {
		const headers: Record<string, string> = { cookie: this.cookie };
		if (body !== undefined) headers['content-type'] = 'application/json';
		const ask = async () =>
			await fetch(this.baseUrl + path, {
				method,
				headers,
				body: body === undefined ? undefined : JSON.stringify(body),
			});
		// On a busy machine n8n may close a connection as idle just when the next request leaves on it.
		const response = await ask().catch((error: unknown) => {
			if (method === 'GET') return ask();
			throw error;
		});
		for (const cookie of response.headers.getSetCookie()) this.cookie = cookie.split(';', 1)[0];
		if (!response.ok)
			throw new N8nRequestError(`${method} ${path}`, response.status, await response.text());
		return response;
	}
}
