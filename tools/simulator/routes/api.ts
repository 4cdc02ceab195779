import { setTimeout } from 'node:timers/promises';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CATALOGUE, modelList } from '../catalogue';
import { CreateRefusal } from '../createRequest';
import { errorAnswer, refusalAnswer, taskNotExistAnswer } from '../envelope';
import { InvalidInputError } from '../parseInput';
import type { SimulatorState } from '../state';
import { existsAt } from '../taskLife';
import { taskBody } from '../wireShapes';
import { accountRoutes } from './account';
import { answer, keyCheck, send, sendNotFound } from './answer';
import { createRoutes } from './create';

/** The endpoints of CometAPI; everything else answers 404 in the error envelope. */
export function apiRoutes(app: FastifyInstance, state: SimulatorState): void {
	const needsKey = { preHandler: keyCheck(state) };
	createRoutes(app, state);
	readRoute(app, state);
	accountRoutes(app, state);
	app.get('/v1/models', { ...needsKey, config: { operation: 'models' } }, (request, reply) =>
		answer(state, 'models', request, reply, { status: 200, body: modelList() }),
	);
	app.get('/api/models', { config: { operation: 'catalogue' } }, (request, reply) =>
		answer(state, 'catalogue', request, reply, {
			status: 200,
			body: { success: true, data: CATALOGUE },
		}),
	);
	app.setNotFoundHandler(sendNotFound);
	app.setErrorHandler((error: FastifyError, request, reply) =>
		sendError(state, error, request, reply),
	);
}

/** Refused creates are answered as the scenario of their text says. */
function sendError(
	{ scenarios }: SimulatorState,
	error: FastifyError | CreateRefusal | InvalidInputError,
	{ recorded }: FastifyRequest,
	reply: FastifyReply,
): FastifyReply {
	const { message } = error;
	const scenario = scenarios.scenarioFor(recorded.text ?? '');
	if (error instanceof CreateRefusal) {
		return error.status === 400
			? send(reply, refusalAnswer(scenario, error.status, error.code, message))
			: send(reply, errorAnswer(error.status, error.code, message));
	}
	if (error instanceof InvalidInputError) {
		return send(reply, refusalAnswer(scenario, 400, 'invalid_request', message));
	}
	const status = 'statusCode' in error ? error.statusCode : undefined;
	return send(reply, errorAnswer(status ?? 500, '', message));
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
			const scenario = task?.scenario ?? state.scenarios.current;
			return answer(state, 'read', request, reply, taskNotExistAnswer(scenario));
		},
	);
}
