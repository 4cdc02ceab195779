import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { examine } from './leaks';
import { CANARY_KEY, SECRETS } from './secrets';

/** Node's own announcement of every request that arrives at a server of this process. */
const ARRIVAL = 'http.server.request.start';

/** Ports of the hosts that credentials name. */
const apiPorts = new Set<string>();

/**
 * Names a credential's host. The key may go there in the Authorization header, and videos in the body; every
 * other server of this process is a foreign host, where neither may arrive.
 */
export function keyBelongsTo(baseUrl: unknown): void {
	if (typeof baseUrl === 'string' && URL.canParse(baseUrl)) apiPorts.add(new URL(baseUrl).port);
}

/** Looks into all requests that servers of this process get, headers and bodies; returns how to end that. */
export function watchRequests(): () => void {
	subscribe(ARRIVAL, onArrival);
	return () => void unsubscribe(ARRIVAL, onArrival);
}

function onArrival(message: unknown): void {
	const { request } = message as { request: IncomingMessage };
	const port = String(request.socket.localPort);
	const isApi = apiPorts.has(port);
	const where = `a request to ${isApi ? 'the API' : 'a foreign host'} (port ${port}, ${request.method} ${request.url?.split('?')[0]})`;
	examine(`the URL of ${where}`, request.url ?? '');
	for (const [name, value] of headersOf(request)) {
		if (!(isApi && name === 'authorization')) examine(`the header ${name} of ${where}`, value);
	}
	collectBody(request, (body) =>
		examine(`the body of ${where}`, body, isApi ? [CANARY_KEY] : SECRETS),
	);
}

function headersOf({ rawHeaders }: IncomingMessage): Array<[name: string, value: string]> {
	return rawHeaders.flatMap((name, index) =>
		index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1]] as [string, string]] : [],
	);
}

/** Listens in where the parser hands the body on: a listener for `data` would take it away from the server. */
function collectBody(request: IncomingMessage, onEnd: (body: Buffer) => void): void {
	const chunks: Buffer[] = [];
	const push = request.push.bind(request);
	request.push = (chunk: Buffer | null, ...rest) => {
		if (chunk) chunks.push(chunk);
		return push(chunk, ...rest);
	};
	request.once('close', () => onEnd(Buffer.concat(chunks)));
}
