import { randomBytes } from 'node:crypto';
import type { Scenario } from './scenario';

/** An HTTP answer with a JSON body. */
export interface JsonAnswer {
	status: number;
	body: unknown;
}

/** `20260313095246…`: a time and a random tail, as in CometAPI's own messages. */
function newRequestId(): string {
	const time = new Date().toISOString().replace(/\D/g, '');
	return `${time}${randomBytes(4).toString('hex')}`;
}

/** CometAPI's documented error envelope; the request id is inside the message. */
export function errorAnswer(status: number, code: string, message: string): JsonAnswer {
	const withRequestId = `${message} (request id: ${newRequestId()})`;
	return {
		status,
		body: { error: { code, message: withRequestId, type: 'comet_api_error' } },
	};
}

/** How the gateway's task routes say that something is wrong, without a request id. */
export function flatAnswer(status: number, code: string, message: string): JsonAnswer {
	return { status, body: { code, message, data: null } };
}

/** The answer for a create that is wrong. */
export function refusalAnswer(
	{ refusals }: Scenario,
	status: number,
	code: string,
	message: string,
): JsonAnswer {
	if (refusals === 'flat') return flatAnswer(status, code, message);
	return errorAnswer(refusals === 'disguised' ? 500 : status, code, message);
}

/**
 * The answer for an unknown id. The documentation names the code but shows no example: HTTP 400 and, in the
 * bare shape, the envelope are our reading of it.
 */
export function taskNotExistAnswer({ shape, notExistAs, notExistStatus }: Scenario): JsonAnswer {
	const code = 'task_not_exist';
	const isFlat = (notExistAs ?? (shape === 'wrapped' ? 'flat' : 'envelope')) === 'flat';
	return (isFlat ? flatAnswer : errorAnswer)(notExistStatus, code, code);
}
