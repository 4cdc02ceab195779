import type { IHttpRequestOptions } from 'n8n-workflow';
import { z } from 'zod';
import type { ApiResponse } from '../../../../nodes/shared/http/outcome';

/** Answers one request of the nodes, as n8n's HTTP helper does. */
export type Answering = (
	request: IHttpRequestOptions,
	signal: AbortSignal | undefined,
) => Promise<ApiResponse>;

/** What n8n's HTTP client rejects with. Any other error of a fake server is a fault of the fake. */
export class ClientError extends Error {
	constructor(message: string, details: object) {
		super(message);
		Object.assign(this, details);
	}
}

/** What a request rejects with that n8n has broken off, since the user pressed Stop. */
export const canceled = (): ClientError => new ClientError('canceled', { code: 'ERR_CANCELED' });

/**
 * The same server, whose own faults are kept as complaints: to throw alone would be no good, since the nodes take
 * whatever a request rejects with for a lost connection, and go on.
 */
export function loudly(complaints: string[], answer: Answering): Answering {
	return async (request, signal) => {
		try {
			return await answer(request, signal);
		} catch (error) {
			if (!(error instanceof ClientError))
				complaints.push(`The fake server failed: ${String(error)}`);
			throw error;
		}
	};
}

/** Where all fake requests go, and the version they ask in. */
export const BASE_URL = 'https://api.example';
const common = {
	baseURL: z.literal(BASE_URL),
	headers: z.object({ 'X-Runway-Version': z.string().regex(/^\d{4}-\d\d-\d\d$/) }).passthrough(),
};

const createBody = z
	.object({
		videoUri: z.string().url(),
		promptText: z.string().regex(/^clip \d+$/),
		model: z.literal('gen4_aleph'),
		ratio: z.literal('1280:720'),
	})
	.strict();

const createRequest = z.object({
	...common,
	method: z.literal('POST'),
	url: z.literal('/runwayml/v1/video_to_video'),
	body: z
		.instanceof(Buffer)
		.transform((body) => createBody.parse(JSON.parse(body.toString('utf8')))),
});

/** The item that a create is for, by its prompt "clip N"; throws for anything but a whole, documented create. */
export function itemOfCreate(request: IHttpRequestOptions): number {
	return Number(createRequest.parse(request).body.promptText.split(' ')[1]);
}

const readRequest = z.object({
	...common,
	method: z.literal('GET'),
	url: z.string().regex(/^\/runwayml\/v1\/tasks\/[^/]+$/),
	body: z.undefined(),
});

/** The task that a read is about; throws for anything but a whole, documented read. */
export function taskOfRead(request: IHttpRequestOptions): string {
	const { url } = readRequest.parse(request);
	return decodeURIComponent(url.slice(url.lastIndexOf('/') + 1));
}
