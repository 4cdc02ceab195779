import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorAnswer, type JsonAnswer } from '../envelope';
import type { Operation } from '../faultSchema';
import type { ENDPOINTS } from '../scenario';
import { honestJson, showFault } from '../showFault';
import type { SimulatorState } from '../state';

export function send(reply: FastifyReply, { status, body }: JsonAnswer): FastifyReply {
	return reply.code(status).send(body);
}

/** Answers honestly unless a fault is due. */
export function answer(
	state: SimulatorState,
	on: Operation,
	request: FastifyRequest,
	reply: FastifyReply,
	honest: JsonAnswer,
): FastifyReply {
	const { taskId } = request.recorded;
	const text = taskId && state.findTask(taskId)?.text;
	const fault = state.faults.take({ on, taskId, text });
	return fault ? showFault(state, fault, request, reply, honestJson(honest)) : send(reply, honest);
}

export function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	const path = request.url.split('?')[0];
	return send(reply, errorAnswer(404, '', `Invalid URL (${request.method} ${path})`));
}

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;

/** Answers 404 while the scenario says that one of these endpoints is missing. */
export function presenceCheck(
	{ scenarios }: SimulatorState,
	...endpoints: Array<(typeof ENDPOINTS)[number]>
): Hook {
	return async (request, reply) => {
		const { missing } = scenarios.current;
		const isMissing = endpoints.some((endpoint) => missing.includes(endpoint));
		return isMissing ? await sendNotFound(request, reply) : undefined;
	};
}

/** Refuses requests without the key. */
export function keyCheck({ apiKey }: SimulatorState): Hook {
	return async (request, reply) => {
		const problem = findKeyFault(request.headers.authorization, apiKey);
		return problem ? await send(reply, errorAnswer(401, '', problem)) : undefined;
	};
}

function findKeyFault(authorization: string | undefined, apiKey: string): string | undefined {
	if (!authorization) return 'No API key was given: the Authorization header is missing';
	const [, key] = /^Bearer (\S+)$/.exec(authorization) ?? [];
	if (!key) return 'The Authorization header must be "Bearer <key>"';
	return key === apiKey ? undefined : 'The API key is invalid';
}
