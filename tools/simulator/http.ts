import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CreateRoute } from './create/routes';
import type { Operation } from './faultSchema';
import type { RecordedRequest } from './recorder';
import type { SimulatorState } from './state';

declare module 'fastify' {
	interface FastifyRequest {
		recorded: RecordedRequest;
	}
	interface FastifyContextConfig {
		operation?: Operation;
		/** Of creates. */
		route?: CreateRoute;
	}
}

/** Where tests and people steer the simulator; no part of what is simulated, and not recorded. */
export const ADMIN_PREFIX = '/_simulator';

/** Largest request body, in bytes: room for a 16 MB video as base64, and then some. */
export const BODY_LIMIT_BYTES = 32 * 1024 * 1024;

/** Of any route; only those about a task have one. */
const pathParameters = z.object({ taskId: z.string().optional() });

/** A server that records every request, but the admin ones, and closes at once whatever still hangs on it. */
export function recordingServer(
	state: SimulatorState,
	server: RecordedRequest['server'],
): FastifyInstance {
	const app = Fastify({
		bodyLimit: BODY_LIMIT_BYTES,
		forceCloseConnections: true,
		exposeHeadRoutes: false,
	});
	const { recorder } = state;
	const isRecorded = (request: FastifyRequest) => !request.url.startsWith(ADMIN_PREFIX);

	app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
		if (!isRecorded(request)) return;
		const { operation, route } = request.routeOptions.config;
		request.recorded = recorder.arrive({
			server,
			operation,
			...(route ? { route } : {}),
			method: request.method,
			path: request.url,
			headers: request.headers,
			taskId: pathParameters.parse(request.params).taskId,
		});
		reply.raw.once('close', () => (request.recorded.closedAt = Date.now()));
		if (server === 'api') reply.raw.once('close', recorder.open());
	});
	app.addHook('onSend', async (request: FastifyRequest, reply: FastifyReply) => {
		if (isRecorded(request)) recorder.settle(request.recorded, reply.statusCode);
	});
	acceptJson(app);
	return app;
}

/** Parses JSON bodies and notes their size. */
function acceptJson(app: FastifyInstance): void {
	app.addContentTypeParser(
		'application/json',
		{ parseAs: 'buffer' },
		async (request: FastifyRequest, body: Buffer) => {
			if (request.recorded) request.recorded.bodyBytes = body.length;
			try {
				const json: unknown = JSON.parse(body.toString());
				return json;
			} catch {
				throw Object.assign(new Error('The body is not valid JSON'), { statusCode: 400 });
			}
		},
	);
}

/** Listens on this machine alone. @returns http://127.0.0.1:PORT */
export async function listen(app: FastifyInstance, port: number): Promise<string> {
	return await app.listen({ host: '127.0.0.1', port });
}
