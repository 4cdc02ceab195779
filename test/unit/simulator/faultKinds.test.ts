import { startSimulator, type FaultInput, type Simulator } from '../../../tools/simulator';
import {
	breakOf,
	create,
	createOutputUrl,
	createTask,
	envelopedError,
	get,
	read,
	startOwn,
} from './client';

let simulator: Simulator;
beforeAll(async () => {
	// Tasks finish at once, and a slow body of ten simulated seconds takes 100 ms.
	simulator = await startSimulator({
		speed: 100,
		scenario: { pendingMs: 0, runningMs: 0, outputUrlTtlMs: 365 * 24 * 3_600_000 },
	});
});
afterAll(async () => await simulator.close());
beforeEach(() => simulator.reset());

const late = async () =>
	await new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 100));

/** What a client meets: an answer or a code for how the connection broke, each as far as it came in 100 ms. */
async function meet(request: Promise<Response>): Promise<object> {
	const response = await Promise.race([late(), request.catch(breakOf)]);
	if (typeof response === 'string') return { broken: response };
	const { status, headers } = response;
	const text = await Promise.race([late(), response.text().catch(breakOf)]);
	return { status, type: headers.get('content-type'), text };
}

const JSON_TYPE = 'application/json; charset=utf-8';

describe('a create that a fault hits', () => {
	it.each<[FaultInput['kind'], Omit<FaultInput, 'on' | 'kind'>, object]>([
		['status', {}, { status: 500, text: expect.stringContaining('"type":"comet_api_error"') }],
		['html', {}, { status: 200, type: 'text/html', text: expect.stringMatching(/^<!doctype/) }],
		['emptyBody', {}, { status: 200, text: '' }],
		['emptyBody', { status: 204 }, { status: 204, text: '' }],
		['otherJson', { json: { ok: [1, null] } }, { status: 200, text: '{"ok":[1,null]}' }],
		['otherJson', { json: null, status: 201 }, { status: 201, type: JSON_TYPE, text: 'null' }],
		[
			'truncatedJson',
			{},
			{ status: 200, type: JSON_TYPE, text: expect.stringMatching(/^{"id":"[^"]+$/) },
		],
		['brokenJson', {}, { status: 200, type: JSON_TYPE, text: 'UND_ERR_SOCKET' }],
		['hangAfterHead', {}, { status: 200, type: JSON_TYPE, text: 'late' }],
		['hang', {}, { broken: 'late' }],
		['reset', {}, { broken: 'ECONNRESET' }],
		['close', {}, { broken: 'UND_ERR_SOCKET' }],
		['garbage', {}, { broken: 'HTTPParserError' }],
		['redirect', {}, { status: 302, text: '' }],
	])(
		'of kind %s with %j meets %j, and is accepted only when the fault says so',
		async (kind, fields, expected) => {
			for (const accepted of [undefined, true]) {
				simulator.addFault({ on: 'create', kind, ...fields, accepted });
				expect(await meet(create(simulator))).toMatchObject(expected);
			}
			expect(simulator.requests().map(({ taskId }) => taskId)).toEqual([
				undefined,
				expect.any(String),
			]);
			expect(simulator.stats()).toMatchObject({ createsReceived: 2, tasksAccepted: 1 });
		},
	);

	it('of kind status answers the code, message and Retry-After it was given', async () => {
		const given = { status: 429, code: 'busy', message: 'Slow down', retryAfter: 7 };
		simulator.addFault({ on: 'create', kind: 'status', ...given });
		const response = await create(simulator);
		const { code, message } = await envelopedError(response);
		expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
		expect([code, message]).toEqual(['busy', expect.stringMatching(/^Slow down \(request id/)]);
	});

	it('sends a Retry-After date as it is', async () => {
		const retryAfter = 'Wed, 21 Oct 2026 07:28:00 GMT';
		simulator.addFault({ on: 'create', kind: 'html', status: 503, retryAfter });
		expect((await create(simulator)).headers.get('retry-after')).toBe(retryAfter);
	});

	it('of kind resetBeforeRead breaks before its body is read, of kind reset after', async () => {
		for (const kind of ['resetBeforeRead', 'reset'] as const) {
			simulator.addFault({ on: 'create', kind });
			await expect(create(simulator)).rejects.toThrow('fetch failed');
		}
		const [before, after] = simulator.requests();
		expect(before).toMatchObject({ bodyBytes: 0, status: 'reset' });
		expect(before).not.toHaveProperty('promptText');
		expect(after).toMatchObject({ promptText: 'Make it winter', status: 'reset' });
		expect(simulator.tasks()).toEqual([]);
	});

	it('of kind slowBody tells the truth, slowly, and accepts the task', async () => {
		simulator.addFault({ on: 'create', kind: 'slowBody' });
		const before = Date.now();
		const id = await createTask(simulator);
		expect(Date.now() - before).toBeGreaterThanOrEqual(90);
		expect(simulator.tasks()).toMatchObject([{ id }]);
	});

	it.each([false, true])(
		'of kind hugeJson is told the truth at length, packed: %s',
		async (packed) => {
			simulator.addFault({
				on: 'create',
				kind: 'hugeJson',
				accepted: true,
				bytes: 1_000_000,
				packed,
			});
			const response = await create(simulator);
			const text = await response.text();
			expect(text).toHaveLength(1_000_000);
			expect(response.headers.get('content-encoding')).toBe(packed ? 'gzip' : null);
			expect(simulator.tasks()).toMatchObject([JSON.parse(text)]);
		},
	);

	it('of kind redirect is sent to the host of the outputs', async () => {
		simulator.addFault({ on: 'create', kind: 'redirect' });
		const location = (await create(simulator)).headers.get('location');
		expect(location).toBe(`${simulator.outputBaseUrl}/runwayml/v1/video_to_video`);
	});

	it('of kind hang is left alone until the simulator closes, which it does at once', async () => {
		const own = await startOwn();
		own.addFault({ on: 'create', kind: 'hang' });
		const request = create(own);
		expect(await Promise.race([late(), request])).toBe('late');
		expect(own.requests()).toMatchObject([{ status: 'hang', promptText: 'Make it winter' }]);

		const settled = expect(request).rejects.toThrow('fetch failed');
		const before = Date.now();
		await own.close();
		await settled;
		expect(Date.now() - before).toBeLessThan(500);
	});
});

describe('a read that a fault hits', () => {
	it('can be reset', async () => {
		const id = await createTask(simulator);
		simulator.addFault({ on: 'read', kind: 'reset' });
		await expect(read(simulator, id)).rejects.toThrow('fetch failed');
	});

	it('can be answered by the JSON of another task, once', async () => {
		const id = await createTask(simulator);
		simulator.addFault({ on: 'read', kind: 'otherJson', json: { id: 'another' } });
		expect(await read(simulator, id)).toEqual({ id: 'another' });
		expect(await read(simulator, id)).toMatchObject({ id });
	});
});

describe('a download that a fault hits', () => {
	it('of kind truncatedDownload breaks off in the middle of the file', async () => {
		const url = await createOutputUrl(simulator);
		simulator.addFault({ on: 'download', kind: 'truncatedDownload' });
		const response = await fetch(url);
		const promised = Number(response.headers.get('content-length'));
		let received = 0;
		await expect(async () => {
			for await (const chunk of response.body!) received += chunk.length;
		}).rejects.toThrow('terminated');
		expect(received).toBe(Math.floor(promised / 2));
		expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(promised);
	});

	it.each<[FaultInput['kind'], number]>([
		['status', 500],
		['html', 200],
		['emptyBody', 200],
		['slowBody', 200],
	])('of kind %s answers %d', async (kind, status) => {
		const url = await createOutputUrl(simulator);
		simulator.addFault({ on: 'download', kind });
		const response = await fetch(url);
		await response.arrayBuffer();
		expect(response.status).toBe(status);
	});

	it('of kind redirect leads to the file all the same', async () => {
		const url = await createOutputUrl(simulator);
		simulator.addFault({ on: 'download', kind: 'redirect', status: 307 });
		const response = await fetch(url);
		await response.arrayBuffer();
		expect([response.status, response.redirected]).toEqual([200, true]);
	});
});

it.each(['models', 'catalogue'] as const)('a fault on %s hits that endpoint alone', async (on) => {
	simulator.addFault({ on, kind: 'status', status: 502 });
	const statuses = {
		models: (await get(simulator, '/v1/models')).status,
		catalogue: (await get(simulator, '/api/models')).status,
	};
	expect(statuses).toEqual({ models: 200, catalogue: 200, [on]: 502 });
});
