import type { FaultInput } from '../../../tools/simulator';

/** What is to become of a request that met a fault once. */
export type Expected =
	/** It is answered all the same. */
	| 'done'
	/** It is sent again, and answered. */
	| 'repeat'
	/** It is not sent again, and the error says why. */
	| 'giveUp'
	/** It may have been accepted: sent again only where the user asked for that. */
	| 'uncertain'
	/** It has been answered, but with what is no id: never sent again, and told as uncertain. */
	| 'uncertainAnswer';

export interface PolicyRow {
	name: string;
	fault: Omit<FaultInput, 'on'>;
	/** Video → Transform, whose create is a POST. */
	post: Expected;
	/** Task → Get. */
	get: Expected;
	/** The Wait node. */
	wait: Expected;
	/** The pause that Retry-After asks for, in ms. */
	pauseMs?: number;
}

type Columns = [post: Expected, get: Expected, wait: Expected];

const row = (
	name: string,
	fault: PolicyRow['fault'],
	[post, get, wait]: Columns,
	pauseMs?: number,
): PolicyRow => ({ name, fault, post, get, wait, pauseMs });

const status = (
	code: number,
	columns: Columns,
	more: Partial<FaultInput> = {},
	name = `status ${code}`,
): PolicyRow => row(name, { kind: 'status', status: code, ...more }, columns);

const NEVER: Columns = ['giveUp', 'giveUp', 'giveUp'];
const AGAIN: Columns = ['repeat', 'repeat', 'repeat'];
const UNKNOWN: Columns = ['uncertain', 'repeat', 'repeat'];
/** A GET's answer that is no task: the Wait node asks again, Get hands it to the user. */
const STRANGE: Columns = ['uncertainAnswer', 'giveUp', 'repeat'];

const PAUSE_MS = 7_000;
const HUGE_BYTES = 12 * 1024 * 1024;
const DATE_AHEAD_MS = 60_000;

/** The policy's table as a client meets it. Call it when it is needed: one Retry-After is a date, soon after now. */
export function policyRows(): PolicyRow[] {
	return [
		row('nothing wrong, but slow', { kind: 'slowBody' }, ['done', 'done', 'done']),
		...[400, 401, 403].map((code) => status(code, NEVER)),
		status(404, ['giveUp', 'repeat', 'repeat']),
		status(500, NEVER, { code: 'invalid_request' }, 'a wrong request disguised as 500'),
		...[301, 307].map((code) => row(`redirect ${code}`, { kind: 'redirect', status: code }, NEVER)),
		...[302, 303].map((code) =>
			row(`redirect ${code}`, { kind: 'redirect', status: code }, UNKNOWN),
		),
		row('a web page', { kind: 'html' }, UNKNOWN),
		row('a web page with 404', { kind: 'html', status: 404 }, NEVER),
		status(429, AGAIN),
		row(
			'429 with Retry-After in seconds',
			{ kind: 'status', status: 429, retryAfter: PAUSE_MS / 1000 },
			AGAIN,
			PAUSE_MS,
		),
		// Some time passes until the answer is there.
		row(
			'429 with Retry-After as a date',
			{
				kind: 'status',
				status: 429,
				retryAfter: new Date(Date.now() + DATE_AHEAD_MS).toUTCString(),
			},
			AGAIN,
			DATE_AHEAD_MS / 4,
		),
		row(
			'503 with Retry-After',
			{ kind: 'status', status: 503, retryAfter: PAUSE_MS / 1000 },
			AGAIN,
			PAUSE_MS,
		),
		row('503 as a web page', { kind: 'html', status: 503 }, UNKNOWN),
		...[500, 524, 408].map((code) => status(code, UNKNOWN)),
		row('502 as a web page', { kind: 'html', status: 502 }, UNKNOWN),
		status(200, UNKNOWN, {}, 'an error with status 200'),
		row('a reset before the request was read', { kind: 'resetBeforeRead' }, UNKNOWN),
		row('a reset after the request was read', { kind: 'reset' }, UNKNOWN),
		row('a connection closed without an answer', { kind: 'close' }, UNKNOWN),
		row('bytes that are no HTTP', { kind: 'garbage' }, UNKNOWN),
		row('no answer at all', { kind: 'hang' }, UNKNOWN),
		row('an answer that stops in the middle', { kind: 'hangAfterHead' }, UNKNOWN),
		row('an answer that breaks off', { kind: 'brokenJson' }, UNKNOWN),
		row('half of the JSON', { kind: 'truncatedJson' }, UNKNOWN),
		row('a huge answer', { kind: 'hugeJson', bytes: HUGE_BYTES }, UNKNOWN),
		row('a huge answer, packed', { kind: 'hugeJson', packed: true, bytes: HUGE_BYTES }, UNKNOWN),
		row('an empty body', { kind: 'emptyBody' }, UNKNOWN),
		row('status 204', { kind: 'emptyBody', status: 204 }, UNKNOWN),
		row('JSON null', { kind: 'otherJson', json: null }, UNKNOWN),
		row('an empty object', { kind: 'otherJson', json: {} }, STRANGE),
		row('an id of a wrong type', { kind: 'otherJson', json: { id: [42] } }, STRANGE),
	];
}
