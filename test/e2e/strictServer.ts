import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach } from 'node:test';
import { closeWithSuite } from '../../tools/n8n';

const complaints: string[] = [];

/**
 * Starts a server of a test on a free loopback port, and returns its address. Whatever its routes throw at, and
 * whatever it has no route for, fails the test in which it arrives.
 */
export async function startStrictServer(
	routes: (server: FastifyInstance) => void,
): Promise<string> {
	const server = Fastify({ forceCloseConnections: true });
	server.setErrorHandler<Error>(async ({ message }, request, reply) => {
		complaints.push(`${request.method} ${request.url}: ${message}`);
		return await reply.code(400).send({ message });
	});
	server.setNotFoundHandler(async ({ method, url }) => {
		throw new Error(`nothing is expected at ${method} ${url}`);
	});
	routes(server);
	const baseUrl = await server.listen({ port: 0, host: '127.0.0.1' });
	closeWithSuite(server);
	return baseUrl;
}

/** @throws when something has arrived that no server of the test expected; it is forgotten by that */
export function throwComplaints(): void {
	const taken = complaints.splice(0);
	if (taken.length > 0) throw new Error(`Arrived, and was not expected:\n${taken.join('\n')}`);
}

afterEach(throwComplaints);
