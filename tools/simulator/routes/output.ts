import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { outputFile } from '../outputFile';
import { showFault } from '../showFault';
import type { CreatedTask, SimulatorState } from '../state';

const VIDEO_TYPE = 'video/mp4';

interface OutputRoute {
	Params: { taskId: string; n: string };
	Querystring: { _jwt?: string };
}

/** The CDN that output URLs point to. It knows signatures and no keys. */
export function outputRoutes(app: FastifyInstance, state: SimulatorState): void {
	app.route<OutputRoute>({
		method: ['GET', 'HEAD'],
		url: '/outputs/:taskId/:n(^\\d+).mp4',
		config: { operation: 'download' },
		handler: (request, reply) => {
			const task = state.findTask(request.params.taskId);
			if (!task) return reply.code(404).type('text/plain').send('Not found');
			const path = request.url.split('?')[0];
			if (!state.signer.opens(path, request.query._jwt)) {
				return reply.code(403).type('text/plain').send('The link is invalid or expired');
			}
			return sendOutput(state, task, request, reply);
		},
	});
}

function sendOutput(
	state: SimulatorState,
	{ id, promptText, scenario }: CreatedTask,
	request: FastifyRequest,
	reply: FastifyReply,
): FastifyReply {
	const file = outputFile(scenario.outputBytes);
	const fault = state.faults.take({ on: 'download', taskId: id, promptText });
	if (fault) {
		const honest = { status: 200, contentType: VIDEO_TYPE, ...file };
		return showFault(state, fault, request, reply, honest);
	}
	const { start, end } = wantedRange(request.headers.range, file.bytes);
	const isPart = end - start < file.bytes;
	reply
		.code(isPart ? 206 : 200)
		.type(VIDEO_TYPE)
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
