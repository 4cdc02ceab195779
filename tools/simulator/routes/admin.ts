import type { FastifyInstance } from 'fastify';
import { ADMIN_PREFIX } from '../http';
import { InvalidInputError } from '../parseInput';
import type { SimulatorState } from '../state';

/** The simulator's own endpoints, for tests in another process and for people. They need no key. */
export function adminRoutes(app: FastifyInstance, state: SimulatorState): void {
	void app.register(
		async (admin) => {
			admin.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
				const status = error instanceof InvalidInputError ? 400 : (error.statusCode ?? 500);
				return reply.code(status).send({ error: error.message });
			});
			admin.put('/scenario', async ({ body }) => state.scenarios.use(body));
			admin.post('/rules', async ({ body }) => {
				state.scenarios.addRule(body);
				return { ok: true };
			});
			admin.post('/faults', async ({ body }) => {
				state.addFault(body);
				return { ok: true };
			});
			admin.post('/reset', async () => {
				state.reset();
				return { ok: true };
			});
			admin.get('/stats', async () => state.stats());
			admin.get('/requests', async () => state.recorder.requests());
			admin.get('/tasks', async () => state.tasks());
		},
		{ prefix: ADMIN_PREFIX },
	);
}
