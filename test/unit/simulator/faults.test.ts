import { startSimulator, type FaultInput, type Simulator } from '../../../tools/simulator';
import { create, createOutputUrl, createTask, errorOf, get, startOwn } from './client';

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

const lastStatus = () => simulator.requests().at(-1)?.status;

/** Whether a request has been left without an answer for 100 ms. */
async function hangs(request: Promise<unknown>): Promise<boolean> {
	const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 100));
	return await Promise.race([late, request.then(() => false)]);
}

describe('a fault on create', () => {
	it('of kind status answers it in the error envelope, with code, message and Retry-After', async () => {
		simulator.addFault({
			on: 'create',
			kind: 'status',
			status: 429,
			code: 'busy',
			message: 'Slow down',
			retryAfter: 7,
		});
		const response = await create(simulator);
		const error = await errorOf(response);
		expect(response.status).toBe(429);
		expect(response.headers.get('retry-after')).toBe('7');
		expect(error).toMatchObject({
			code: 'busy',
			message: expect.stringMatching(/^Slow down \(request id/),
		});
	});

	it('sends a Retry-After date as it is', async () => {
		const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
		simulator.addFault({ on: 'create', kind: 'status', status: 503, retryAfter: date });
		expect((await create(simulator)).headers.get('retry-after')).toBe(date);
	});

	it('of kind html answers a page', async () => {
		simulator.addFault({ on: 'create', kind: 'html' });
		const response = await create(simulator);
		expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
		expect(await response.text()).toMatch(/^<!doctype html>/);
	});

	it.each(['reset', 'resetBeforeRead'] as const)(
		'of kind %s breaks the connection',
		async (kind) => {
			simulator.addFault({ on: 'create', kind });
			await expect(create(simulator)).rejects.toThrow('fetch failed');
			expect(lastStatus()).toBe('reset');
		},
	);

	it('of kind resetBeforeRead never sees the body, of kind reset does', async () => {
		simulator.addFault({ on: 'create', kind: 'resetBeforeRead' });
		simulator.addFault({ on: 'create', kind: 'reset' });
		await create(simulator).catch(() => {});
		await create(simulator).catch(() => {});
		const [before, after] = simulator.requests();
		expect(before).toMatchObject({ bodyBytes: 0, status: 'reset' });
		expect(before).not.toHaveProperty('promptText');
		expect(after).toMatchObject({ promptText: 'Make it winter', status: 'reset' });
	});

	it('of kind truncatedJson sends half of the JSON as if it were whole', async () => {
		simulator.addFault({ on: 'create', kind: 'truncatedJson' });
		const response = await create(simulator);
		const text = await response.text();
		expect(response.headers.get('content-type')).toContain('application/json');
		expect(text).toMatch(/^\{"id":"/);
		expect(() => JSON.parse(text)).toThrow();
	});

	it('of kind emptyBody answers 200 and nothing', async () => {
		simulator.addFault({ on: 'create', kind: 'emptyBody' });
		const response = await create(simulator);
		expect([response.status, await response.text()]).toEqual([200, '']);
	});

	it('of kind slowBody tells the truth, slowly, and accepts the task', async () => {
		simulator.addFault({ on: 'create', kind: 'slowBody' });
		const before = Date.now();
		const { id } = (await (await create(simulator)).json()) as { id: string };
		expect(Date.now() - before).toBeGreaterThanOrEqual(90);
		expect(simulator.tasks()).toMatchObject([{ id }]);
	});

	it('of kind redirect points to the other host, where nothing is', async () => {
		simulator.addFault({ on: 'create', kind: 'redirect' });
		const response = await create(simulator);
		expect(response.status).toBe(302);
		expect(response.headers.get('location')).toBe(
			`${simulator.outputBaseUrl}/runwayml/v1/video_to_video`,
		);
	});

	it.each(['status', 'html', 'reset', 'truncatedJson', 'emptyBody', 'redirect'] as const)(
		'of kind %s accepts the task only when it says so',
		async (kind) => {
			simulator.addFault({ on: 'create', kind });
			simulator.addFault({ on: 'create', kind, accepted: true });
			await create(simulator).catch(() => {});
			expect(simulator.stats()).toMatchObject({ createsReceived: 1, tasksAccepted: 0 });
			await create(simulator).catch(() => {});
			expect(simulator.stats()).toMatchObject({ createsReceived: 2, tasksAccepted: 1 });
		},
	);
});

describe('a fault on another request', () => {
	it.each(['models', 'catalogue'] as const)('hits %s alone', async (on) => {
		simulator.addFault({ on, kind: 'status', status: 502 });
		const statuses = {
			models: (await get(simulator, '/v1/models')).status,
			catalogue: (await get(simulator, '/api/models')).status,
		};
		expect(statuses).toEqual({ models: 200, catalogue: 200, [on]: 502 });
	});

	it('hits the reads of the task it names', async () => {
		const [one, other] = [await createTask(simulator), await createTask(simulator)];
		simulator.addFault({ on: 'read', kind: 'status', status: 520, taskId: other });
		expect((await get(simulator, `/runwayml/v1/tasks/${one}`)).status).toBe(200);
		expect((await get(simulator, `/runwayml/v1/tasks/${other}`)).status).toBe(520);
	});

	it('on read can reset the connection', async () => {
		const id = await createTask(simulator);
		simulator.addFault({ on: 'read', kind: 'reset' });
		await expect(get(simulator, `/runwayml/v1/tasks/${id}`)).rejects.toThrow('fetch failed');
	});

	it('of kind truncatedDownload breaks off in the middle of the file', async () => {
		const url = await createOutputUrl(simulator);
		simulator.addFault({ on: 'download', kind: 'truncatedDownload' });
		const response = await fetch(url);
		const promised = Number(response.headers.get('content-length'));
		let received = 0;
		await expect(async () => {
			for await (const chunk of response.body!) received += chunk.length;
		}).rejects.toThrow();
		expect(received).toBe(Math.floor(promised / 2));
		expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(promised);
	});

	it.each<[FaultInput['kind'], number]>([
		['status', 500],
		['html', 200],
		['emptyBody', 200],
		['slowBody', 200],
	])('of kind %s on a download answers %d', async (kind, status) => {
		const url = await createOutputUrl(simulator);
		simulator.addFault({ on: 'download', kind });
		const response = await fetch(url);
		await response.arrayBuffer();
		expect(response.status).toBe(status);
	});

	it('of kind redirect on a download leads to the file all the same', async () => {
		const url = await createOutputUrl(simulator);
		simulator.addFault({ on: 'download', kind: 'redirect', status: 307 });
		const response = await fetch(url);
		await response.arrayBuffer();
		expect([response.status, response.redirected]).toEqual([200, true]);
	});
});

describe('faults', () => {
	it('hit as many requests as times says, after letting pass as many as skip says', async () => {
		simulator.addFault({ on: 'create', kind: 'status', status: 503, skip: 1, times: 2 });
		const statuses = [];
		for (let n = 0; n < 5; n += 1) statuses.push((await create(simulator)).status);
		expect(statuses).toEqual([200, 503, 503, 200, 200]);
	});

	it('hit one after the other in the order they were added', async () => {
		simulator.addFault({ on: 'create', kind: 'status', status: 429 });
		simulator.addFault({ on: 'create', kind: 'status', status: 503 });
		const statuses = [];
		for (let n = 0; n < 3; n += 1) statuses.push((await create(simulator)).status);
		expect(statuses).toEqual([429, 503, 200]);
	});

	it('hit the prompts they name, whatever comes first', async () => {
		simulator.addFault({ on: 'create', kind: 'status', promptIncludes: 'second' });
		const statuses = await Promise.all(
			['first', 'second', 'third'].map(
				async (promptText) => (await create(simulator, { promptText })).status,
			),
		);
		expect(statuses).toEqual([200, 500, 200]);
	});

	it('spare requests that are wrong anyway', async () => {
		simulator.addFault({ on: 'create', kind: 'status', status: 503 });
		expect((await create(simulator, { seed: -1 })).status).toBe(400);
		expect((await create(simulator)).status).toBe(503);
	});

	it.each<[FaultInput, string]>([
		[{ on: 'create', kind: 'truncatedDownload' }, 'kind: truncatedDownload is for downloads'],
		[{ on: 'download', kind: 'truncatedJson' }, 'kind: truncatedJson is not for downloads'],
		[{ on: 'read', kind: 'reset', accepted: true }, 'accepted: has no meaning on read'],
		[{ on: 'create', kind: 'slowBody', accepted: false }, 'accepted: has no meaning for slowBody'],
		[{ on: 'create', kind: 'reset', taskId: 'a' }, 'taskId: has no meaning on create'],
		[{ on: 'create', kind: 'reset', retryAfter: 1 }, 'retryAfter: has no meaning for reset'],
		[
			{ on: 'models', kind: 'reset', promptIncludes: 'a' },
			'promptIncludes: has no meaning on models',
		],
		[
			{ on: 'create', kind: 'redirect', status: 200 },
			'status: a redirect has a status from 300 to 399',
		],
		[
			{ on: 'create', kind: 'resetBeforeRead', promptIncludes: 'a' },
			'promptIncludes: resetBeforeRead never sees',
		],
	])('that could never do what they say are refused: %j', (fault, message) => {
		expect(() => simulator.addFault(fault)).toThrow(message);
	});
});

describe('a request that hangs', () => {
	it('is left without an answer until the simulator closes, which it does at once', async () => {
		const own = await startOwn();
		own.addFault({ on: 'create', kind: 'hang' });
		const request = create(own);
		const settled = expect(request).rejects.toThrow('fetch failed');
		expect(await hangs(request)).toBe(true);
		expect(own.requests()).toMatchObject([{ status: 'hang', promptText: 'Make it winter' }]);

		const before = Date.now();
		await own.close();
		await settled;
		expect(Date.now() - before).toBeLessThan(500);
	});
});
