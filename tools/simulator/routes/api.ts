import { setTimeout } from 'node:timers/promises';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CATALOGUE, modelList } from '../catalogue';
import { readCreateRequest } from '../createRequest';
import { errorAnswer, taskNotExistAnswer, type JsonAnswer } from '../envelope';
import { acceptsTask } from '../faultQueue';
import type { Operation } from '../faultSchema';
import { InvalidInputError } from '../parseInput';
import { honestJson, resetConnection, showFault } from '../showFault';
import type { SimulatorState } from '../state';
import { existsAt } from '../taskLife';
import { taskBody } from '../wireShapes';

/** The documented endpoints of CometAPI; everything else answers 404 in the error envelope. */
export function apiRoutes(app: FastifyInstance, state: SimulatorState): void {
	const needsKey = { preHandler: keyCheck(state) };
	createRoute(app, state);
	readRoute(app, state);
	app.get('/v1/models', { ...needsKey, config: { operation: 'models' } }, (request, reply) =>
		answer(state, 'models', request, reply, { status: 200, body: modelList() }),
	);
	app.get('/api/models', { config: { operation: 'catalogue' } }, (request, reply) =>
		answer(state, 'catalogue', request, reply, {
			status: 200,
			body: { success: true, data: CATALOGUE },
		}),
	);
	app.setNotFoundHandler((request, reply) =>
		send(
			reply,
			errorAnswer(404, '', `Invalid URL (${request.method} ${request.url.split('?')[0]})`),
		),
	);
	app.setErrorHandler((error: FastifyError, _request, reply) => {
		if (error instanceof InvalidInputError) {
			return send(reply, errorAnswer(400, 'invalid_request', error.message));
		}
		return send(reply, errorAnswer(error.statusCode ?? 500, '', error.message));
	});
}

function createRoute(app: FastifyInstance, state: SimulatorState): void {
	const options = {
		config: { operation: 'create' as const },
		onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
			if (state.faults.takeBeforeBody()) resetConnection(state, request, reply);
		},
		preHandler: keyCheck(state),
	};
	app.post('/runwayml/v1/video_to_video', options, async (request, reply) => {
		const version = request.headers['x-runway-version'];
		const { promptText } = readCreateRequest(version, request.body);
		const task = state.newTask(promptText);
		state.armPromptWords(promptText);
		const fault = state.faults.take({ on: 'create', promptText });
		if (acceptsTask(fault)) {
			state.accept(task, fault === undefined);
			request.recorded.taskId = task.id;
		}
		if (task.scenario.createMs) await setTimeout(task.scenario.createMs / state.speed);
		const honest = { status: 200, body: { id: task.id } };
		return fault
			? showFault(state, fault, request, reply, honestJson(honest))
			: send(reply, honest);
	});
}

function readRoute(app: FastifyInstance, state: SimulatorState): void {
	const options = { config: { operation: 'read' as const }, preHandler: keyCheck(state) };
	app.get<{ Params: { taskId: string } }>(
		'/runwayml/v1/tasks/:taskId',
		options,
		async (request, reply) => {
			const task = state.findTask(request.params.taskId);
			if (task?.scenario.answerMs) await setTimeout(task.scenario.answerMs / state.speed);
			if (task && existsAt(task.scenario, state.elapsedMs(task))) {
				return answer(state, 'read', request, reply, {
					status: 200,
					body: taskBody(state.view(task)),
				});
			}
			const shape = task?.scenario.shape ?? state.scenarios.defaultShape;
			return answer(state, 'read', request, reply, taskNotExistAnswer(shape));
		},
	);
}

/** Answers honestly unless a fault is due. */
function answer(
	state: SimulatorState,
	on: Operation,
	request: FastifyRequest,
	reply: FastifyReply,
	honest: JsonAnswer,
): FastifyReply {
	const { taskId } = request.recorded;
	const promptText = taskId && state.findTask(taskId)?.promptText;
	const fault = state.faults.take({ on, taskId, promptText });
	return fault ? showFault(state, fault, request, reply, honestJson(honest)) : send(reply, honest);
}

function send(reply: FastifyReply, { status, body }: JsonAnswer): FastifyReply {
	return reply.code(status).send(body);
}

const bodyWithPrompt = z.object({ promptText: z.string() });

/**
 * Notes the prompt of what arrived, then refuses requests without the key. It runs after the body has been
 * read, so that refused creates are recorded with their prompt too.
 */
function keyCheck({ apiKey }: SimulatorState) {
	return async (
		request: FastifyRequest,
		reply: FastifyReply,
	): Promise<FastifyReply | undefined> => {
		const { data } = bodyWithPrompt.safeParse(request.body);
		if (data) request.recorded.promptText = data.promptText;

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
