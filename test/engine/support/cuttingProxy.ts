import { readFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { z } from 'zod';
import type { Certificate } from '../../../tools/certificate';

/** How a connection goes wrong. */
export type CutBy = 'close' | 'reset' | 'garbage';

/** Whatever is sent passes; of what comes back, only so much. */
export interface CuttingProxy {
	port: number;
	/** From now on each connection breaks after so many bytes that came back; Infinity breaks none. */
	cut(afterBytes: number, by: CutBy): void;
	/** How many bytes have come back over the latest connection, cut or not. */
	cameBack(): number;
	close(): Promise<void>;
}

const GARBAGE = 'HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n'.repeat(20);

/** A TCP proxy on loopback to a port there. */
export async function startCuttingProxy(target: number): Promise<CuttingProxy> {
	let limit = Infinity;
	let cutBy: CutBy = 'close';
	let cameBack = 0;
	const server = createServer((client) => {
		const upstream = connect(target, '127.0.0.1');
		const by = cutBy;
		let left = limit;
		cameBack = 0;
		joinEnds(client, upstream);
		client.pipe(upstream);
		upstream.on('data', (chunk: Buffer) => {
			cameBack += chunk.length;
			if (left > 0) client.write(chunk.subarray(0, Math.min(left, chunk.length)));
			left -= chunk.length;
			if (left <= 0 && limit !== Infinity) breakOff(client, by);
		});
		upstream.on('end', () => client.end());
	});
	return {
		...(await open(server)),
		cut(afterBytes, by) {
			[limit, cutBy] = [afterBytes, by];
		},
		cameBack: () => cameBack,
	};
}

/** Ends TLS on a port of its own, and hands on what is in it to another. */
export async function startTlsFront(
	target: number,
	{ key, certificate }: Certificate,
): Promise<Pick<CuttingProxy, 'port' | 'close'>> {
	const pem = { key: readFileSync(key), cert: readFileSync(certificate) };
	const server = createTlsServer(pem, (client) => {
		const upstream = connect(target, '127.0.0.1');
		joinEnds(client, upstream);
		client.pipe(upstream).pipe(client);
	});
	server.on('tlsClientError', () => {});
	return await open(server);
}

function breakOff(client: Socket, by: CutBy): void {
	if (client.destroyed || client.writableEnded) return;
	if (by === 'reset') client.resetAndDestroy();
	else if (by === 'garbage') client.end(GARBAGE);
	else client.end();
}

/** A side that is gone takes the other with it, without a word: what breaks is what the tests are about. */
function joinEnds(client: Socket, upstream: Socket): void {
	client.on('error', () => {}).on('close', () => upstream.destroy());
	upstream.on('error', () => {}).on('close', () => client.end());
}

/** Has a server listen on loopback; its end takes along the connections that are left. */
async function open(server: Server): Promise<Pick<CuttingProxy, 'port' | 'close'>> {
	const connections = new Set<Socket>();
	server.on('connection', (connection: Socket) => {
		connections.add(connection.on('close', () => connections.delete(connection)));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = z.object({ port: z.number() }).parse(server.address());
	return {
		port,
		async close() {
			for (const connection of connections) connection.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
