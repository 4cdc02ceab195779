import { randomBytes } from 'node:crypto';

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

/**
 * What reading an unknown id answers. The documentation names the code but shows no example of the answer:
 * HTTP 400 in the envelope is our reading of it.
 */
const TASK_NOT_EXIST = { status: 400, code: 'task_not_exist' } as const;

/** The answer for an unknown id; the wrapped shape has its own way of saying it. */
export function taskNotExistAnswer(shape: 'bare' | 'wrapped'): JsonAnswer {
	const { status, code } = TASK_NOT_EXIST;
	if (shape === 'wrapped') return { status, body: { code, message: code, data: null } };
	return errorAnswer(status, code, code);
}
