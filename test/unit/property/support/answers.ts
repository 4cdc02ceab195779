import type { ApiResponse } from '../../../../nodes/shared/http/outcome';
import { ClientError } from './fakeServer';

/** The key that must not show anywhere. */
export const KEY = 'sk-very-secret';

/** What a request meets: an answer, or an error of the HTTP client. */
export type Answer = ApiResponse | { networkError: string; syscall?: string };

const json = (statusCode: number, body: unknown, headers: object = {}): ApiResponse => ({
	statusCode,
	headers: { 'content-type': 'application/json', ...headers },
	body,
});
const envelope = (code: string) => ({
	error: { code, message: `Oh dear (request id: r-${code})`, type: 'comet_api_error' },
});
const page = (statusCode: number): ApiResponse => ({
	statusCode,
	headers: { 'content-type': 'text/html' },
	body: '<!doctype html><p>Hello',
});

/** Answers that say for sure that a create was not accepted, and that repeating it can't help. */
export const REFUSALS: Record<string, Answer> = {
	'400': json(400, envelope('invalid_request')),
	'401': json(401, envelope('')),
	'403': json(403, envelope('quota')),
	'413': json(413, ''),
	'301': json(301, '', { location: 'https://elsewhere.example/' }),
	'500 invalid_request': json(500, envelope('invalid_request')),
	'page with 404': page(404),
	'200 invalid_request': json(200, envelope('invalid_request')),
	'200 quota': json(200, envelope('insufficient_user_quota')),
	insecure: { networkError: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
};

/** Answers that say for sure that a create was not accepted, but may be if it is repeated. */
export const REJECTIONS: Record<string, Answer> = {
	'429': json(429, envelope('rate')),
	'429 for 2 s': json(429, envelope('rate'), { 'retry-after': '2' }),
	'429 for 50 s': json(429, envelope('rate'), { 'retry-after': '50' }),
	'429 for an hour': json(429, envelope('rate'), { 'retry-after': '3600' }),
	'503': json(503, envelope('')),
	'503 page with Retry-After': { ...page(503), headers: { 'retry-after': '1' } },
	refused: { networkError: 'ECONNREFUSED', syscall: 'connect' },
	'no such host': { networkError: 'ENOTFOUND' },
};

/** Answers after which nobody can tell whether a create was accepted. */
export const RIDDLES: Record<string, Answer> = {
	'500': json(500, envelope('')),
	'502 page': page(502),
	'503 page': page(503),
	'503 of a load balancer': json(503, 'upstream connect error or disconnect/reset before headers'),
	page: page(200),
	'504': json(504, ''),
	'524': json(524, ''),
	'408': json(408, ''),
	'302': json(302, '', { location: 'https://elsewhere.example/' }),
	'303': json(303, '', { location: 'https://elsewhere.example/' }),
	reset: { networkError: 'ECONNRESET' },
	'lost route': { networkError: 'EHOSTUNREACH', syscall: 'read' },
	'broken TLS': { networkError: 'ERR_SSL_BAD_RECORD_TYPE' },
	timeout: { networkError: 'ECONNABORTED' },
	nameless: { networkError: '' },
	empty: json(200, ''),
	half: json(200, '{"id": "tas'),
	'no id': json(200, {}),
	'empty id': json(200, { id: ' ' }),
	'error with 200': json(200, envelope('oops')),
};

/** Reads that show nothing of the task, but may the next time. */
export const BLURS: Record<string, Answer> = {
	...REJECTIONS,
	...RIDDLES,
	'not there yet': json(400, envelope('task_not_exist')),
	'another task': json(200, {
		id: 'task-of-somebody-else',
		status: 'SUCCEEDED',
		output: ['https://cdn.example/not-yours.mp4'],
	}),
};

/** Those that are put up with to the deadline, however long they last. */
export const PASSING_BLURS = new Set([
	'429',
	'429 for 2 s',
	'429 for 50 s',
	'503',
	'503 page',
	'503 page with Retry-After',
	'503 of a load balancer',
	'500',
	'502 page',
	'504',
	'524',
	'408',
	'reset',
	'lost route',
	'broken TLS',
	'timeout',
	'nameless',
]);

/** The forms in which an accepted task's id has been seen. */
export const ID_FORMS: Array<(taskId: string) => object> = [
	(id) => ({ id }),
	(task_id) => ({ task_id }),
	(data) => ({ code: 'success', data }),
	(id) => ({ code: 'success', data: { id } }),
	(task_id) => ({ code: 'success', data: { task_id } }),
	(task_id) => ({ id: 'req-7', task_id }),
	(taskId) => ({ taskId }),
	(data) => ({ code: '', message: '', data }),
	(id) => ({ id, error: {} }),
	(id) => ({ id, error: { message: 'Warning: this model is deprecated' } }),
];

/** Gives a request its answer as n8n's HTTP helper does; its errors carry the request, with the key. */
export function give(answer: Answer): ApiResponse {
	if (!('networkError' in answer)) return answer;
	const { networkError: code, syscall } = answer;
	const config = { headers: { Authorization: `Bearer ${KEY}` } };
	const cause = Object.assign(new Error(KEY), { code, syscall });
	throw new ClientError(`${code} Bearer ${KEY}`, { config, cause });
}

/** An answer with a body. */
export const ok = (body: unknown): ApiResponse => json(200, body);
