import { z } from 'zod';
import { DEFAULT_API_KEY } from '../../../tools/simulator';
import { simulatorForTests } from '../support/simulatorForTests';
import {
	BODY,
	CREATE_PATH,
	HEADERS,
	create,
	createTask,
	envelopedError,
	get,
	read,
	startOwn,
} from './client';

const simulator = simulatorForTests();

/** The valid headers with one of them changed, or left out. */
function headersWith(name: string, value: string | undefined): Headers {
	const headers = new Headers(HEADERS);
	headers.delete(name);
	if (value !== undefined) headers.set(name, value);
	return headers;
}

it('takes its time to answer a read when its scenario says so', async () => {
	simulator.useScenario({ answerMs: 150 });
	const id = await createTask(simulator);
	const startedAt = performance.now();
	await read(simulator, id);
	expect(performance.now() - startedAt).toBeGreaterThan(140);
});

it('takes its time to answer a create when its scenario says so, though the task is there at once', async () => {
	simulator.useScenario({ createMs: 150 });
	let isAnswered = false;
	const created = create(simulator).then((response) => {
		isAnswered = true;
		return response.status;
	});
	while (simulator.tasks().length === 0) await new Promise(setImmediate);
	expect(isAnswered).toBe(false);
	expect(await created).toBe(200);
});

describe('creating a task', () => {
	it('answers nothing but an id, under which the task can be read', async () => {
		const response = await create(simulator);
		const { id, ...rest } = z
			.object({ id: z.string() })
			.passthrough()
			.parse(await response.json());
		expect([response.status, rest]).toEqual([200, {}]);
		expect(await read(simulator, id)).toMatchObject({ id, status: 'PENDING' });
	});

	it.each<[string, Record<string, unknown>]>([
		['a prompt of 1000 UTF-16 code units', { promptText: '😀'.repeat(500) }],
		['a URL of 2048 characters', { videoUri: `https://example.com/${'a'.repeat(2028)}` }],
		['a data URI', { videoUri: 'data:video/mp4;base64,AAAA' }],
		['the largest seed', { seed: 4294967295 }],
		['a reference image', { references: [{ type: 'image', uri: 'https://example.com/a.png' }] }],
		['content moderation', { contentModeration: { publicFigureThreshold: 'low' } }],
		['a model nobody knows, with its own ratio', { model: 'aleph9', ratio: '2048:858' }],
		['further fields of such a model', { model: 'aleph9', mood: { warm: 1 } }],
	])('takes %s', async (_case, fields) => {
		expect((await create(simulator, fields)).status).toBe(200);
	});

	it.each<[string, string, Record<string, unknown>]>([
		['videoUri', 'is missing', { videoUri: undefined }],
		['videoUri', 'is no URL', { videoUri: 'clip.mp4' }],
		['videoUri', 'is not https', { videoUri: 'http://example.com/clip.mp4' }],
		['videoUri', 'names an IPv4 address', { videoUri: 'https://93.184.216.34/clip.mp4' }],
		['videoUri', 'names an IPv6 address', { videoUri: 'https://[2606:2800::1]/clip.mp4' }],
		['videoUri', 'has 2049 characters', { videoUri: `https://example.com/${'a'.repeat(2029)}` }],
		['videoUri', 'is an image', { videoUri: 'data:image/png;base64,AAAA' }],
		['videoUri', 'is not base64', { videoUri: 'data:video/mp4;base64,§§' }],
		[
			'videoUri',
			'holds over 16 MB',
			{ videoUri: `data:video/mp4;base64,${'AAAA'.repeat(5_592_406)}` },
		],
		['promptText', 'is missing', { promptText: undefined }],
		['promptText', 'is empty', { promptText: '' }],
		['promptText', 'has 1001 UTF-16 code units', { promptText: '😀'.repeat(500) + 'a' }],
		['model', 'is missing', { model: undefined }],
		['model', 'is empty', { model: '' }],
		['ratio', 'has an x', { ratio: '1280x720' }],
		['ratio', 'is unknown to the model', { ratio: '1920:1080' }],
		['seed', 'is negative', { seed: -1 }],
		['seed', 'is too large', { seed: 4294967296 }],
		['seed', 'is no integer', { seed: 1.5 }],
		['references', 'is no list', { references: 'https://example.com/a.png' }],
		[
			'references.0.type',
			'is no image',
			{ references: [{ type: 'video', uri: 'https://example.com/a' }] },
		],
		['references.0.uri', 'is missing', { references: [{ type: 'image' }] }],
		[
			'references.0.uri',
			'is not https',
			{ references: [{ type: 'image', uri: 'http://example.com/a' }] },
		],
		[
			'contentModeration.publicFigureThreshold',
			'is unknown',
			{ contentModeration: { publicFigureThreshold: 'high' } },
		],
	])('refuses a body whose %s %s', async (field, _problem, fields) => {
		const response = await create(simulator, fields);
		const error = await envelopedError(response);
		expect(response.status).toBe(400);
		expect(error.message).toMatch(new RegExp(`^${field}: `));
		expect(simulator.tasks()).toEqual([]);
	});

	it('refuses a body that is not JSON', async () => {
		const response = await fetch(simulator.baseUrl + CREATE_PATH, {
			method: 'POST',
			headers: HEADERS,
			body: '{',
		});
		expect(response.status).toBe(400);
		expect((await envelopedError(response)).message).toContain('not valid JSON');
	});

	it('refuses a body over 32 MB with 413', async () => {
		const response = await create(simulator, { videoUri: 'a'.repeat(33 * 1024 * 1024) });
		expect(response.status).toBe(413);
		await envelopedError(response);
	});

	it.each([
		['missing', undefined],
		['no date', 'latest'],
	])('names the version header when it is %s', async (_case, version) => {
		const headers = headersWith('x-runway-version', version);
		const response = await fetch(simulator.baseUrl + CREATE_PATH, {
			method: 'POST',
			headers,
			body: JSON.stringify(BODY),
		});
		expect(response.status).toBe(400);
		expect((await envelopedError(response)).message).toContain('X-Runway-Version');
	});
});

describe('the key', () => {
	it.each([
		['missing', undefined],
		['malformed', DEFAULT_API_KEY],
		['wrong', 'Bearer sk-other'],
	])('that is %s is answered 401 wherever a key is needed', async (_case, authorization) => {
		const headers = headersWith('authorization', authorization);
		const statuses = await Promise.all(
			[
				fetch(simulator.baseUrl + CREATE_PATH, {
					method: 'POST',
					headers,
					body: JSON.stringify(BODY),
				}),
				fetch(`${simulator.baseUrl}/runwayml/v1/tasks/any`, { headers }),
				fetch(`${simulator.baseUrl}/v1/models`, { headers }),
			].map(async (request) => {
				const response = await request;
				await envelopedError(response);
				return response.status;
			}),
		);
		expect(statuses).toEqual([401, 401, 401]);
		expect(simulator.tasks()).toEqual([]);
	});

	it('can be another one than the default', async () => {
		const own = await startOwn({ apiKey: 'sk-own' });
		expect((await get(own, '/v1/models')).status).toBe(401);
		const headers = { authorization: 'Bearer sk-own' };
		expect((await fetch(`${own.baseUrl}/v1/models`, { headers })).status).toBe(200);
	});

	it('never reaches the log', async () => {
		const lines: string[] = [];
		const logging = await startOwn({ log: (line) => lines.push(line) });
		await createTask(logging);
		await logging.close();
		expect(lines).toHaveLength(1);
		expect(lines[0]).toMatch(
			/ api POST \/runwayml\/v1\/video_to_video 200 task .* "Make it winter"$/,
		);
		expect(lines[0]).not.toContain(DEFAULT_API_KEY);
	});
});

describe('reading', () => {
	it('answers an unknown id in the error envelope', async () => {
		const response = await get(simulator, '/runwayml/v1/tasks/nobody');
		expect(response.status).toBe(400);
		expect((await envelopedError(response)).code).toBe('task_not_exist');
	});

	it("answers an unknown id in the gateway's words when the shape is wrapped", async () => {
		simulator.useScenario({ shape: 'wrapped' });
		const response = await get(simulator, '/runwayml/v1/tasks/nobody');
		expect(response.status).toBe(400);
		expect(await response.json()).toEqual({
			code: 'task_not_exist',
			message: 'task_not_exist',
			data: null,
		});
	});

	it('does not know a fresh task for as long as notExistMs says', async () => {
		simulator.useScenario({ notExistMs: 60_000 });
		const late = await createTask(simulator);
		expect(await read(simulator, late)).toMatchObject({ error: { code: 'task_not_exist' } });
		expect(simulator.tasks()).toMatchObject([{ id: late, status: 'PENDING' }]);
	});

	it('needs no version header', async () => {
		const response = await get(simulator, `/runwayml/v1/tasks/${await createTask(simulator)}`);
		expect(response.status).toBe(200);
	});

	it('lives as much faster as speed says', async () => {
		const fast = await startOwn({ speed: 1_000_000 });
		const id = await createTask(fast);
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(await read(fast, id)).toMatchObject({ status: 'SUCCEEDED' });
	});
});

describe('the other endpoints', () => {
	it('list the models that the key can use', async () => {
		const response = await get(simulator, '/v1/models');
		expect(await response.json()).toMatchObject({
			object: 'list',
			data: expect.arrayContaining(
				['gen4_aleph', 'aleph2', 'gpt-image-2'].map((id) => expect.objectContaining({ id })),
			),
		});
	});

	it('show the catalogue to anybody', async () => {
		const response = await fetch(`${simulator.baseUrl}/api/models`);
		const model = z.object({ id: z.string(), features: z.array(z.string()) });
		const { data } = z
			.object({ success: z.literal(true), data: z.array(model) })
			.parse(await response.json());
		const offered = data.filter(({ features }) => features.includes('video-to-video'));
		const ids = ['gen4_aleph', 'aleph2', 'runwayml_video_to_video'];
		expect(offered.map(({ id }) => id)).toEqual(ids);
		expect(data.length).toBeGreaterThan(offered.length);
	});

	it('answer 404 in the error envelope where there is nothing', async () => {
		const response = await get(simulator, '/v2/anything');
		expect(response.status).toBe(404);
		expect((await envelopedError(response)).message).toContain('GET /v2/anything');
	});
});

it('listens on this machine alone', () => {
	expect(simulator.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	expect(simulator.outputBaseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	expect(simulator.outputBaseUrl).not.toBe(simulator.baseUrl);
});
