import { z } from 'zod';
import {
	DEFAULT_API_KEY,
	startSimulator,
	type Simulator,
	type SimulatorOptions,
} from '../../../tools/simulator';
import type { CreateRoute } from '../../../tools/simulator/create/routes';

export const CREATE_PATH = '/runwayml/v1/video_to_video';

export const HEADERS = {
	authorization: `Bearer ${DEFAULT_API_KEY}`,
	'content-type': 'application/json',
	'x-runway-version': '2024-11-06',
};

export const BODY = {
	model: 'gen4_aleph',
	videoUri: 'https://example.com/clip.mp4',
	promptText: 'Make it winter',
};

const envelope = z.object({
	error: z
		.object({
			code: z.string(),
			message: z.string().regex(/ \(request id: 20\d{15}[0-9a-f]{8}\)$/),
			type: z.literal('comet_api_error'),
		})
		.strict(),
});
export const createdTask = z.object({ id: z.string() });
const succeededTask = z.object({ output: z.array(z.string()) });
const brokenConnection = z.object({
	cause: z.object({ code: z.string().optional(), name: z.string() }),
});

const ownSimulators: Simulator[] = [];
afterEach(async () => {
	await Promise.all(ownSimulators.splice(0).map(async (simulator) => await simulator.close()));
});

/** A simulator for one test, closed after it however it ends. */
export async function startOwn(options?: SimulatorOptions): Promise<Simulator> {
	const simulator = await startSimulator(options);
	ownSimulators.push(simulator);
	return simulator;
}

/** Waits for something to come true, for a second at most. */
export async function waitUntil(isTrue: () => boolean): Promise<void> {
	const givesUpAt = Date.now() + 1000;
	while (!isTrue()) {
		if (Date.now() > givesUpAt) throw new Error(`Waited in vain for ${isTrue}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/** A valid body for each route, with nothing in it that could be left out. */
export const BODIES: Record<CreateRoute, Record<string, unknown>> = {
	video_to_video: BODY,
	image_to_video: {
		model: 'gen4_turbo',
		promptImage: 'https://example.com/still.jpg',
		ratio: '1280:720',
	},
	text_to_image: {
		model: 'gen4_image',
		promptText: 'A house in winter',
		ratio: '1920:1080',
		referenceImages: [{ uri: 'https://example.com/house.jpg' }],
	},
	video_upscale: { model: 'upscale_v1', videoUri: 'https://example.com/small.mp4' },
	character_performance: {
		model: 'act_two',
		character: { type: 'image', uri: 'https://example.com/face.jpg' },
		reference: { type: 'video', uri: 'https://example.com/acting.mp4' },
	},
};

/** Sends a create of any route; `fields` change its valid body, a field set to undefined is left out. */
export async function createOn(
	simulator: Simulator,
	route: CreateRoute,
	fields: Record<string, unknown> = {},
) {
	return await fetch(`${simulator.baseUrl}/runwayml/v1/${route}`, {
		method: 'POST',
		headers: HEADERS,
		body: JSON.stringify({ ...BODIES[route], ...fields }),
	});
}

/** Sends a create; `fields` change the valid body, a field set to undefined is left out. */
export async function create(simulator: Simulator, fields: Record<string, unknown> = {}) {
	return await fetch(simulator.baseUrl + CREATE_PATH, {
		method: 'POST',
		headers: HEADERS,
		body: JSON.stringify({ ...BODY, ...fields }),
		redirect: 'manual',
	});
}

/** Creates a task that is expected to be accepted. @returns its id */
export async function createTask(simulator: Simulator, promptText = BODY.promptText) {
	const response = await create(simulator, { promptText });
	expect(response.status).toBe(200);
	return createdTask.parse(await response.json()).id;
}

/** How fetch met with a broken connection: a code like ECONNRESET. Any other error is thrown again. */
export function breakOf(error: unknown): string {
	const broken = brokenConnection.safeParse(error);
	if (!broken.success) throw error;
	return broken.data.cause.code ?? broken.data.cause.name;
}

export async function get(simulator: Simulator, path: string) {
	const { authorization } = HEADERS;
	return await fetch(simulator.baseUrl + path, { headers: { authorization }, redirect: 'manual' });
}

/** Reads a task. @returns the parsed body */
export async function read(simulator: Simulator, taskId: string) {
	const response = await get(simulator, `/runwayml/v1/tasks/${taskId}`);
	return z.record(z.unknown()).parse(await response.json());
}

/** Reads a task that has succeeded. @returns its output URLs */
export async function readOutput(simulator: Simulator, taskId: string) {
	return succeededTask.parse(await read(simulator, taskId)).output;
}

/** Creates a task of a simulator whose tasks finish at once. @returns its first output URL */
export async function createOutputUrl(simulator: Simulator, promptText?: string) {
	const [url] = await readOutput(simulator, await createTask(simulator, promptText));
	return url;
}

/** The inside of the documented envelope, which the body must be. */
export async function envelopedError(response: Response) {
	return envelope.parse(await response.json()).error;
}

/** Calls an admin endpoint. */
export async function admin(simulator: Simulator, method: string, path: string, body?: unknown) {
	const response = await fetch(`${simulator.baseUrl}/_simulator${path}`, {
		method,
		...(body === undefined
			? {}
			: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
	});
	const answer: unknown = await response.json();
	return { status: response.status, body: answer };
}
