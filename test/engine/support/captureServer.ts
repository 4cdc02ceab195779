import { createServer, type IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';

export interface Captured {
	method?: string;
	url?: string;
	headers: IncomingHttpHeaders;
	body: unknown;
}

/**
 * A server that accepts every create and keeps what it was sent, to the letter. What is no create gets a 400, and
 * `close` rejects with it: no test passes that has sent it.
 */
export async function startCaptureServer(): Promise<{
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
		response.setHeader('content-type', 'application/json');
		try {
			captured.push({ method, url, headers, body: JSON.parse(text) });
		} catch {
			complaints.push(`${method} ${url} has no JSON for a body, but "${text.slice(0, 100)}"`);
			response.statusCode = 400;
		}
		response.end(JSON.stringify({ id: `task-${captured.length}` }));
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
