import { createServer, type ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { DEFAULT_API_KEY } from '../../tools/simulator';
import { chain, disposeEngine, type NodeJson, runWorkflow, trigger } from '../../tools/engine';
import { getTask, told, transform, wait } from '../../tools/engine/runway';
import { openServer } from '../../tools/network/openServer';
import { useHurry } from './support/useHurry';

// What a busy machine needs for 10 MB.
useHurry(20_000);
afterAll(disposeEngine);

const MB = 1024 * 1024;
const ANSWER_MB = 300;
const PIECE = Buffer.alloc(MB, ' ');
/** What lies in the buffers of both sockets comes on top of the 10 MB. */
const MOST_SENT = 24 * MB;
/**
 * Half of one answer. What is held at a time is the 10 MB of a look, and what earlier looks of a wait have left for the
 * collector: 28 to 66 MB were seen.
 */
const MOST_GROWTH = 150 * MB;

function* hugeJson(): Generator<Buffer> {
	for (let sent = 0; sent < ANSWER_MB; sent++) yield PIECE;
	yield Buffer.from('{"id":"task-1"}');
}

interface HugeServer {
	baseUrl: string;
	/** How much each answer took, in bytes on the wire, until its connection was closed. */
	sent: number[];
	/** Resolves when no connection is open. */
	idle(): Promise<void>;
	close(): Promise<void>;
}

/** A server that answers everything with 300 MB of JSON. */
async function startHugeServer(status: number, packed: boolean): Promise<HugeServer> {
	const sent: number[] = [];
	const closed: Array<Promise<void>> = [];
	const server = createServer((request, response) => {
		request.resume();
		const { socket } = request;
		// Not `once` of node:events: that rejects with the error that the client's closing is here.
		closed.push(
			new Promise<void>((resolve) =>
				socket.once('close', () => {
					sent.push(socket.bytesWritten);
					resolve();
				}),
			),
		);
		answer(response, status, packed);
	});
	const { port, close } = await openServer(server);
	return {
		baseUrl: `http://127.0.0.1:${port}`,
		sent,
		async idle() {
			await Promise.all(closed);
		},
		close,
	};
}

function answer(response: ServerResponse, status: number, packed: boolean): void {
	const body = Readable.from(hugeJson());
	response.writeHead(status, {
		'content-type': 'application/json',
		...(packed ? { 'content-encoding': 'gzip' } : {}),
	});
	if (packed) pipeline(body, createGzip({ level: 1 }), response, () => {});
	else pipeline(body, response, () => {});
}

/** Runs one node against such a server, and keeps the peak of what is held meanwhile, in bytes above the beginning. */
async function run(node: NodeJson, { status = 200, packed = false } = {}) {
	const server = await startHugeServer(status, packed);
	const held = () => process.memoryUsage().heapUsed + process.memoryUsage().external;
	const before = held();
	let peak = before;
	const sampling = setInterval(() => (peak = Math.max(peak, held())), 5);
	try {
		const credentials = {
			cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl: server.baseUrl },
		};
		const input = [{ json: { prompt: 'clip', taskId: 'task-1' } }];
		const result = await runWorkflow(chain(trigger, node), { credentials, input });
		await server.idle();
		return { ...told(result), growth: peak - before, sent: server.sent };
	} finally {
		clearInterval(sampling);
		await server.close();
	}
}

// What n8n loads at its first run is held from then on.
beforeAll(async () => void (await run(transform(), { status: 400 })));

const TOO_LARGE = 'CometAPI sent an answer of more than 10 MB, which was not read';
const UNCERTAIN = `${TOO_LARGE}; the task may have been accepted`;

test.each<[string, NodeJson, object, { message: string; uncertain?: true; asks: RegExp }]>([
	['a create', transform(), {}, { message: UNCERTAIN, uncertain: true, asks: /^1$/ }],
	[
		'a create, packed',
		transform(),
		{ packed: true },
		{ message: UNCERTAIN, uncertain: true, asks: /^1$/ },
	],
	[
		'a create that is refused',
		transform(),
		{ status: 400 },
		{ message: 'CometAPI refused the request', asks: /^1$/ },
	],
	['Task → Get', getTask(), {}, { message: TOO_LARGE, asks: /^([2-9]|1\d)$/ }],
	[
		'Task → Get, packed',
		getTask(),
		{ packed: true },
		{ message: TOO_LARGE, asks: /^([2-9]|1\d)$/ },
	],
	[
		'a wait, which puts up with it for a minute',
		wait({ minPollSeconds: 5 }, { timeoutMinutes: 10 }),
		{},
		{ message: TOO_LARGE, asks: /^([2-9]|1\d)$/ },
	],
])(
	'300 MB in answer to %s are not read: the connection is closed after some 10 MB, and memory stays flat',
	async (_what, node, options, expected) => {
		const { message, description, context, growth, sent } = await run(node, options);
		expect(message).toBe(expected.message);
		expect(context.submissionUncertain).toBe(expected.uncertain);
		expect(description).not.toContain('    ');
		expect(String(sent.length)).toMatch(expected.asks);
		expect(Math.max(...sent)).toBeLessThan(MOST_SENT);
		expect(growth).toBeLessThan(MOST_GROWTH);
	},
);
