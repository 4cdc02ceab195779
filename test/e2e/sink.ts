import Fastify from 'fastify';
import type { INode } from 'n8n-workflow';
import { closeWithSuite } from '../../tools/n8n';
import { node } from './workflows';

/** One item that a workflow has handed on. */
export interface Arrival {
	workflow: string;
	output: string;
	taskId: string;
	/** Epoch ms. */
	at: number;
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
			arrivals.push({ ...params, taskId: body.taskId, at: Date.now() });
			return { stored: true };
		},
	);
	const baseUrl = await server.listen({ port: 0, host: '127.0.0.1' });
	closeWithSuite(server);
	return { baseUrl, arrivals };
}

/** The node that hands on to the sink, once for each item. */
export const toSink = (name: string, url: string): INode =>
	node(name, 'n8n-nodes-base.httpRequest', 4.2, {
		method: 'POST',
		url,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ { taskId: $json.taskId } }}',
		options: {},
	});
