import { pipeline, Readable } from 'node:stream';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorAnswer, type JsonAnswer } from './envelope';
import type { Fault } from './faultSchema';
import type { SimulatorState } from './state';

/** How long a `slowBody` takes, in simulated ms. */
const SLOW_BODY_MS = 10_000;
const SLOW_BODY_PIECES = 10;

const HTML_PAGE =
	'<!doctype html><html><head><title>Welcome</title></head><body><h1>Welcome</h1></body></html>';

/** What the request would have been answered without the fault. */
export interface HonestAnswer {
	status: number;
	contentType: string;
	bytes: number;
	/** Bytes from `start` up to, not including, `end`. */
	read(start: number, end: number): Iterable<Buffer>;
}

/** An answer with a JSON body, as its bytes. */
export function honestJson({ status, body }: JsonAnswer): HonestAnswer {
	const json = Buffer.from(JSON.stringify(body));
	return {
		status,
		contentType: 'application/json; charset=utf-8',
		bytes: json.length,
		read: (start, end) => [json.subarray(start, end)],
	};
}

/** Answers a request as the fault says, or leaves it without an answer. */
export function showFault(
	state: SimulatorState,
	fault: Fault,
	request: FastifyRequest,
	reply: FastifyReply,
	honest: HonestAnswer,
): FastifyReply {
	switch (fault.kind) {
		case 'resetBeforeRead':
		case 'reset':
			return resetConnection(state, request, reply);
		case 'close':
			return endConnection(state, request, reply, '');
		case 'garbage':
			return endConnection(state, request, reply, 'This is not HTTP.\r\n\r\n');
		case 'hang':
			state.recorder.settle(request.recorded, 'hang');
			return reply.hijack();
		case 'redirect':
			return reply
				.code(fault.status)
				.header('location', state.outputBaseUrl + request.url)
				.send();
		default:
			return spoilAnswer(state, fault, reply, honest);
	}
}

type SpoiltAnswer = Exclude<
	Fault,
	{ kind: 'resetBeforeRead' | 'reset' | 'close' | 'garbage' | 'hang' | 'redirect' }
>;

/** The faults that show in what is answered. */
function spoilAnswer(
	{ speed }: SimulatorState,
	fault: SpoiltAnswer,
	reply: FastifyReply,
	honest: HonestAnswer,
): FastifyReply {
	if ('retryAfter' in fault && fault.retryAfter !== undefined) {
		reply.header('retry-after', String(fault.retryAfter));
	}
	const other = (status: number, contentType: string, body: string) =>
		reply.code(status).type(contentType).send(body);
	switch (fault.kind) {
		case 'status': {
			const { body } = errorAnswer(fault.status, fault.code, fault.message);
			return reply.code(fault.status).send(body);
		}
		case 'html':
			return other(fault.status, 'text/html', HTML_PAGE);
		case 'emptyBody':
			return other(fault.status, honest.contentType, '');
		case 'otherJson':
			return other(fault.status, honest.contentType, JSON.stringify(fault.json));
		case 'truncatedJson':
			return sendHonest(reply, honest, Readable.from(firstHalf(honest)), half(honest));
		case 'hugeJson':
			return sendHuge(reply, honest, fault);
		case 'slowBody':
			return sendHonest(reply, honest, Readable.from(slowly(honest, speed)), honest.bytes);
		case 'hangAfterHead':
			return sendHonest(reply, honest, Readable.from(neverComing(honest)), honest.bytes);
		case 'brokenJson':
		case 'truncatedDownload':
			return sendHonest(reply, honest, Readable.from(brokenOff(honest)), honest.bytes);
	}
}

/** Ends the connection with a TCP reset, so that the client sees ECONNRESET. */
export function resetConnection(
	state: SimulatorState,
	request: FastifyRequest,
	reply: FastifyReply,
): FastifyReply {
	state.recorder.settle(request.recorded, 'reset');
	reply.hijack();
	request.raw.socket.resetAndDestroy();
	return reply;
}

/** Ends the connection in good order, after some bytes that are no answer. */
function endConnection(
	state: SimulatorState,
	request: FastifyRequest,
	reply: FastifyReply,
	bytes: string,
): FastifyReply {
	state.recorder.settle(request.recorded, 'closed');
	reply.hijack();
	request.raw.socket.end(bytes);
	return reply;
}

function sendHonest(
	reply: FastifyReply,
	{ status, contentType }: HonestAnswer,
	body: Readable,
	contentLength: number,
): FastifyReply {
	return reply.code(status).type(contentType).header('content-length', contentLength).send(body);
}

const SPACES = Buffer.alloc(64 * 1024, ' ');

/** The true JSON, behind as many spaces as it takes: whoever reads all of it understands it. */
function sendHuge(
	reply: FastifyReply,
	honest: HonestAnswer,
	{ bytes, packed }: Extract<Fault, { kind: 'hugeJson' }>,
): FastifyReply {
	const body = Readable.from(behindSpaces(honest, bytes));
	if (!packed) return sendHonest(reply, honest, body, Math.max(bytes, honest.bytes));
	reply.code(honest.status).type(honest.contentType).header('content-encoding', 'gzip');
	return reply.send(pipeline(body, createGzip({ level: 1 }), () => {}));
}

function* behindSpaces(honest: HonestAnswer, bytes: number): Generator<Buffer> {
	for (let left = bytes - honest.bytes; left > 0; left -= SPACES.length) {
		yield SPACES.subarray(0, left);
	}
	yield* honest.read(0, honest.bytes);
}

function half({ bytes }: HonestAnswer): number {
	return Math.floor(bytes / 2);
}

function firstHalf(honest: HonestAnswer): Iterable<Buffer> {
	return honest.read(0, half(honest));
}

async function* slowly(honest: HonestAnswer, speed: number): AsyncGenerator<Buffer> {
	const pieceBytes = Math.ceil(honest.bytes / SLOW_BODY_PIECES);
	for (let start = 0; start < honest.bytes; start += pieceBytes) {
		// Unreferenced: a closed simulator does not keep its process alive.
		await setTimeout(SLOW_BODY_MS / SLOW_BODY_PIECES / speed, undefined, { ref: false });
		yield* honest.read(start, Math.min(start + pieceBytes, honest.bytes));
	}
}

/** The first bytes, so that the head goes out with them, and then nothing. */
async function* neverComing(honest: HonestAnswer): AsyncGenerator<Buffer> {
	yield* honest.read(0, 1);
	await new Promise<never>(() => {});
}

/** The error makes the server drop the connection although Content-Length promised more. */
async function* brokenOff(honest: HonestAnswer): AsyncGenerator<Buffer> {
	yield* firstHalf(honest);
	// Lets what was written leave the process first.
	await setImmediate();
	throw new Error('The answer breaks off here.');
}
