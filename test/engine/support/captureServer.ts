import { createServer, type IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';

export interface Captured {
	method?: string;
	url?: string;
	headers: IncomingHttpHeaders;
	body: unknown;
}

/** What a create is answered; without it, 200 with an id in JSON. */
export interface RawAnswer {
	status?: number;
	contentType?: string;
	body: string;
}

/**
 * A server that accepts every create, or answers it as told, and keeps what it was sent, to the letter. What is no create gets a 400, and
 * `close` rejects with it: no test passes that has sent it.
 */
export async function startCaptureServer(answer?: RawAnswer): Promise<{
	baseUrl: string;
	captured: Captured[];
	close(): Promise<void>;
}> {
	const captured: Captured[] = [];
	const complaints: string[] = [];
	const server = createServer(async (request, response) => {
		let text = '';
		for await (const chunk of request) text += String(chunk);
		const { method, url, headers } = request;
		response.statusCode = answer?.status ?? 200;
		response.setHeader('content-type', answer?.contentType ?? 'application/json');
		try {
			captured.push({ method, url, headers, body: JSON.parse(text) });
		} catch {
			complaints.push(`${method} ${url} has no JSON for a body, but "${text.slice(0, 100)}"`);
			response.statusCode = 400;
		}
		response.end(answer?.body ?? JSON.stringify({ id: `task-${captured.length}` }));
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = z.object({ port: z.number() }).parse(server.address());
	return {
		baseUrl: `http://127.0.0.1:${port}`,
		captured,
		async close() {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
			if (complaints.length > 0) throw new Error(complaints.join('\n'));
		},
	};
}
