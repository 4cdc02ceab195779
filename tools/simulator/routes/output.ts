import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { outputFile } from '../outputFile';
import { CONTENT_TYPES, isFileKind, type FileKind } from '../outputKind';
import { showFault } from '../showFault';
import type { CreatedTask, SimulatorState } from '../state';

interface OutputRoute {
	Params: { taskId: string; n: string; kind: string };
	Querystring: { _jwt?: string };
}

/** The CDN that output URLs point to. It knows signatures and no keys. */
export function outputRoutes(app: FastifyInstance, state: SimulatorState): void {
	app.route<OutputRoute>({
		method: ['GET', 'HEAD'],
		url: '/outputs/:taskId/:n(^\\d+).:kind',
		config: { operation: 'download' },
		handler: (request, reply) => {
			const { taskId, kind } = request.params;
			const task = state.findTask(taskId);
			if (!task || !isFileKind(kind)) return reply.code(404).type('text/plain').send('Not found');
			const path = request.url.split('?')[0];
			if (!state.signer.opens(path, request.query._jwt)) {
				return reply.code(403).type('text/plain').send('The link is invalid or expired');
			}
			return sendOutput(state, task, kind, request, reply);
		},
	});
}

function sendOutput(
	state: SimulatorState,
	{ id, text, scenario }: CreatedTask,
	kind: FileKind,
	request: FastifyRequest,
	reply: FastifyReply,
): FastifyReply {
	const file = outputFile(kind, scenario.outputBytes);
	const fault = state.faults.take({ on: 'download', taskId: id, text });
	if (fault) {
		const honest = { status: 200, contentType: CONTENT_TYPES[kind], ...file };
		return showFault(state, fault, request, reply, honest);
	}
	const { start, end } = wantedRange(request.headers.range, file.bytes);
	const isPart = end - start < file.bytes;
	reply
		.code(isPart ? 206 : 200)
		.type(CONTENT_TYPES[kind])
		.header('accept-ranges', 'bytes');
	if (isPart) reply.header('content-range', `bytes ${start}-${end - 1}/${file.bytes}`);
	if (scenario.outputContentLength) reply.header('content-length', end - start);
	if (request.method === 'HEAD') return reply.send();
	return reply.send(Readable.from(file.read(start, end)));
}

/**
 * The bytes that a Range header like `bytes=0-99` or `bytes=100-` asks for, as [start, end); any other
 * header means the whole file, which HTTP allows a server (RFC 9110, 14.2).
 */
function wantedRange(header: string | undefined, bytes: number): { start: number; end: number } {
	const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
	const start = Number(first ?? 0);
	const end = last ? Math.min(Number(last) + 1, bytes) : bytes;
	return start < end ? { start, end } : { start: 0, end: bytes };
}
