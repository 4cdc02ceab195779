import type { Server, Socket } from 'node:net';
import { z } from 'zod';

/** A server on a free port of 127.0.0.1. */
export interface OpenServer {
	port: number;
	close(): Promise<void>;
}

/** Has a server listen on loopback; its end takes along the connections that are left, TLS, tunnels and all. */
export async function openServer(server: Server): Promise<OpenServer> {
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
