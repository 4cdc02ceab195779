import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CREATE_ROUTES, type CreateRoute } from '../create/routes';
import { readCreateRequest, textOf } from '../createRequest';
import { acceptsTask } from '../faultQueue';
import { honestJson, resetConnection, showFault } from '../showFault';
import type { SimulatorState } from '../state';
import { createdBody } from '../wireShapes';
import { keyCheck, presenceCheck, send } from './answer';

/** Runway's five ways to begin a task, which differ in their bodies alone. */
export function createRoutes(app: FastifyInstance, state: SimulatorState): void {
	for (const route of CREATE_ROUTES) createRoute(app, state, route);
}

function createRoute(app: FastifyInstance, state: SimulatorState, route: CreateRoute): void {
	const url = `/runwayml/v1/${route}`;
	const options = {
		config: { operation: 'create' as const, route },
		onRequest: [
			presenceCheck(state, route),
			async (request: FastifyRequest, reply: FastifyReply) => {
				if (state.faults.takeBeforeBody()) resetConnection(state, request, reply);
			},
		],
		// Both see the body: refused creates are recorded with their prompt, too.
		preHandler: [noteBody, keyCheck(state)],
	};
	app.post(url, options, async (request, reply) => await create(state, route, request, reply));
	for (const method of ['HEAD', 'OPTIONS'] as const) {
		app.route({
			method,
			url,
			onRequest: presenceCheck(state, route, method === 'HEAD' ? 'head' : 'options'),
			handler: async (_request, reply) =>
				await reply.code(204).header('allow', 'HEAD, OPTIONS, POST').send(),
		});
	}
}

async function create(
	state: SimulatorState,
	route: CreateRoute,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply> {
	const { text = '', promptText = '' } = request.recorded;
	const version = request.headers['x-runway-version'];
	const scenario = state.scenarios.scenarioFor(text);
	const order = readCreateRequest(route, version, request.body, scenario);
	const task = state.newTask(order, { text, promptText });
	state.armPromptWords(text);
	const fault = state.faults.take({ on: 'create', text });
	if (acceptsTask(fault)) {
		state.accept(task, fault === undefined);
		request.recorded.taskId = task.id;
	}
	if (scenario.createMs) await setTimeout(scenario.createMs / state.speed);
	const honest = { status: 200, body: createdBody(task.id, scenario) };
	return fault ? showFault(state, fault, request, reply, honestJson(honest)) : send(reply, honest);
}

const noted = z.object({
	promptText: z.string().optional().catch(undefined),
	model: z.string().optional().catch(undefined),
});

/** Notes what arrived, whatever becomes of it. */
async function noteBody({ body, recorded }: FastifyRequest): Promise<void> {
	const { promptText, model } = noted.safeParse(body).data ?? {};
	if (promptText !== undefined) recorded.promptText = promptText;
	if (model !== undefined) recorded.model = model;
	recorded.text = textOf(body);
}
