import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer } from 'node:tls';
import type { Certificate } from './certificate';
import { openServer, type OpenServer } from './openServer';

/** Ends TLS on a port of its own, and hands on what is in it to another port of 127.0.0.1. */
export async function startTlsFront(
	target: number,
	{ key, certificate }: Certificate,
): Promise<OpenServer> {
	const pem = { key: readFileSync(key), cert: readFileSync(certificate) };
	const server = createServer(pem, (client) => {
		const upstream = connect(target, '127.0.0.1');
		joinEnds(client, upstream);
		client.pipe(upstream).pipe(client);
	});
	server.on('tlsClientError', () => {});
	return await openServer(server);
}

/** A side that is gone takes the other with it, without a word. */
export function joinEnds(client: Duplex, upstream: Duplex): void {
	client.on('error', () => {}).on('close', () => upstream.destroy());
	upstream.on('error', () => {}).on('close', () => client.end());
}
