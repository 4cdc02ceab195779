import type { FastifyInstance } from 'fastify';
import { BILLING_IDS } from '../catalogue';
import type { JsonAnswer } from '../envelope';
import type { SimulatorState } from '../state';
import { answer, keyCheck, presenceCheck } from './answer';

/** The gateway family's unit: so many to a dollar. */
const QUOTA_PER_DOLLAR = 500_000;
const GRANTED_DOLLARS = 100;

/** What the gateway family tells the owner of a key about it; whether CometAPI does is not known. */
export function accountRoutes(app: FastifyInstance, state: SimulatorState): void {
	const endpoints = [
		['/api/usage/token/', 'usage', () => usage(state)],
		['/api/log/token', 'log', () => log(state)],
		['/v1/dashboard/billing/subscription', 'billing', subscription],
		['/v1/dashboard/billing/usage', 'billing', () => billedUsage(state)],
	] as const;
	for (const [url, endpoint, body] of endpoints) {
		const options = {
			config: { operation: 'account' as const },
			onRequest: presenceCheck(state, endpoint),
			preHandler: keyCheck(state),
		};
		app.get(url, options, (request, reply) => {
			const honest: JsonAnswer = { status: 200, body: body() };
			return answer(state, 'account', request, reply, honest);
		});
	}
}

function spentDollars(state: SimulatorState): number {
	return state.tasks().reduce((sum, { route }) => sum + BILLING_IDS[route].price, 0);
}

function usage(state: SimulatorState) {
	const used = Math.round(spentDollars(state) * QUOTA_PER_DOLLAR);
	const granted = GRANTED_DOLLARS * QUOTA_PER_DOLLAR;
	return {
		code: true,
		message: 'ok',
		data: {
			object: 'token_usage',
			name: 'simulated',
			total_granted: granted,
			total_used: used,
			total_available: granted - used,
			unlimited_quota: false,
			model_limits: {},
			model_limits_enabled: false,
			expires_at: 0,
		},
	};
}

/** One line for each accepted task. */
function log(state: SimulatorState) {
	const data = state.tasks().map(({ route, createdAt }, index) => ({
		id: index + 1,
		created_at: Math.floor(createdAt / 1000),
		type: 2,
		content: '',
		token_name: 'simulated',
		model_name: BILLING_IDS[route].id,
		quota: Math.round(BILLING_IDS[route].price * QUOTA_PER_DOLLAR),
	}));
	return { success: true, message: '', data };
}

function subscription() {
	return {
		object: 'billing_subscription',
		has_payment_method: true,
		soft_limit_usd: GRANTED_DOLLARS,
		hard_limit_usd: GRANTED_DOLLARS,
		system_hard_limit_usd: GRANTED_DOLLARS,
		access_until: 0,
	};
}

/** In cents, as OpenAI's endpoint of that name. */
function billedUsage(state: SimulatorState) {
	return { object: 'list', total_usage: spentDollars(state) * 100 };
}
