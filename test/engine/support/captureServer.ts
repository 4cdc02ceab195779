import { createServer, type IncomingHttpHeaders } from 'node:http';
import { disposeEngine } from '../../../tools/engine';
import { openServer } from '../../../tools/network/openServer';

export interface Captured {
	method?: string;
	url?: string;
	headers: IncomingHttpHeaders;
	body: unknown;
}

/** A server that keeps what it was sent. */
export interface CaptureServer {
	baseUrl: string;
	captured: Captured[];
	close(): Promise<void>;
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
export async function startCaptureServer(
	answer?: RawAnswer,
	captured: Captured[] = [],
): Promise<CaptureServer> {
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
	const { port, close } = await openServer(server);
	return {
		baseUrl: `http://127.0.0.1:${port}`,
		captured,
		async close() {
			await close();
			if (complaints.length > 0) throw new Error(complaints.join('\n'));
		},
	};
}

/** Such a server for the tests of one file, empty before each, and closed after the last with what the engine made. */
export function useCaptureServer(): Pick<CaptureServer, 'captured'> & { baseUrl(): string } {
	let server: CaptureServer | undefined;
	const captured: Captured[] = [];
	beforeAll(async () => {
		server = await startCaptureServer(undefined, captured);
	});
	beforeEach(() => captured.splice(0));
	afterAll(async () => {
		await server?.close();
		disposeEngine();
	});
	return { captured, baseUrl: () => String(server?.baseUrl) };
}
