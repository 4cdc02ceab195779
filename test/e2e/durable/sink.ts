import Fastify from 'fastify';
import { closeWithSuite } from '../harness';

/** One item that a workflow has handed on. */
export interface Arrival {
	workflow: string;
	output: string;
	taskId: string;
}

/** Where workflows hand their outputs to, as they would to a storage service: it counts what really arrives. */
export interface Sink {
	baseUrl: string;
	arrivals: Arrival[];
}

/** A server that takes `POST /<workflow>/<output>` with `{taskId}`. */
export async function startSink(): Promise<Sink> {
	const arrivals: Arrival[] = [];
	const server = Fastify({ forceCloseConnections: true });
	server.post<{ Params: { workflow: string; output: string }; Body: { taskId: string } }>(
		'/:workflow/:output',
		async ({ params, body }) => {
			arrivals.push({ ...params, taskId: body.taskId });
			return { stored: true };
		},
	);
	const baseUrl = await server.listen({ port: 0, host: '127.0.0.1' });
	closeWithSuite(server);
	return { baseUrl, arrivals };
}
