import { examine } from '../canary';

/** n8n's refusal of a request, in its own words. */
export class N8nRequestError extends Error {
	constructor(
		request: string,
		readonly status: number,
		readonly body: string,
	) {
		super(`${request} answered ${status}: ${messageIn(body)}`);
		this.name = 'N8nRequestError';
	}
}

function messageIn(body: string): string {
	try {
		const { message, hint } = JSON.parse(body) as { message?: string; hint?: string };
		return [message ?? body, hint].filter(Boolean).join(' ');
	} catch {
		return body.slice(0, 500);
	}
}

/** Requests to one n8n, with the session cookie that a login has given. */
export class N8nSession {
	private cookie = '';

	constructor(readonly baseUrl: string) {}

	/** A request to the editor's REST API, below /rest. Returns the `data` of the answer. */
	async rest<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = (await this.json(method, `/rest${path}`, body)) as { data: T };
		return answer.data;
	}

	/** @throws N8nRequestError with n8n's message for any status but 2xx */
	async json(method: string, path: string, body?: unknown): Promise<unknown> {
		const response = await this.send(method, path, body);
		const text = await response.text();
		examine(`n8n's answer to ${method} ${path.split('?')[0]}`, text);
		return JSON.parse(text) as unknown;
	}

	/** @throws N8nRequestError with n8n's message for any status but 2xx */
	async send(method: string, path: string, body?: unknown): Promise<Response> {
		const headers: Record<string, string> = { cookie: this.cookie };
		if (body !== undefined) headers['content-type'] = 'application/json';
		const response = await fetch(this.baseUrl + path, {
			method,
			headers,
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		for (const cookie of response.headers.getSetCookie()) this.cookie = cookie.split(';', 1)[0];
		if (!response.ok)
			throw new N8nRequestError(`${method} ${path}`, response.status, await response.text());
		return response;
	}
}
