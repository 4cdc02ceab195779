import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Captured {
	method?: string;
	url?: string;
	headers: IncomingHttpHeaders;
	body: unknown;
}

/** A server that accepts every create and keeps what it was sent, to the letter. */
export async function startCaptureServer(): Promise<{
	baseUrl: string;
	captured: Captured[];
	close(): Promise<void>;
}> {
	const captured: Captured[] = [];
	const server = createServer(async (request, response) => {
		let text = '';
		for await (const chunk of request) text += String(chunk);
		const { method, url, headers } = request;
		captured.push({ method, url, headers, body: text === '' ? undefined : JSON.parse(text) });
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ id: `task-${captured.length}` }));
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		captured,
		async close() {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}
