import { AsyncLocalStorage } from 'node:async_hooks';
import RunwayML from '@runwayml/sdk';
import { z } from 'zod';
import type { VirtualTask, Wait } from '../../tools/schedule/tasks';

/** One wait of the SDK, on a clock of its own. */
interface Timeline {
	task: VirtualTask;
	now: number;
	requests: number;
	random: () => number;
}

/** The SDK's waits between looks are shorter than this, its request timeouts (a minute) are not. */
const LONGEST_WAIT_MS = 30_000;

const timelines = new AsyncLocalStorage<Timeline>();

/**
 * Runs `work` with `setTimeout`, `Date.now` and `Math.random` taken over for whatever runs in a timeline: a sleep
 * moves its clock and is over at once. Timers longer than any wait are never due: requests are answered at once.
 */
async function inVirtualTime<Result>(work: () => Promise<Result>): Promise<Result> {
	const real = { setTimeout: globalThis.setTimeout, now: Date.now, random: Math.random };
	const virtualTimeout = (callback: (...rest: unknown[]) => void, ms = 0, ...rest: unknown[]) => {
		const timeline = timelines.getStore();
		if (!timeline) return real.setTimeout(callback, ms, ...rest);
		if (ms > LONGEST_WAIT_MS) return real.setTimeout(() => {}, 0);
		timeline.now += ms;
		return setImmediate(callback);
	};
	globalThis.setTimeout = virtualTimeout as unknown as typeof setTimeout;
	Date.now = () => timelines.getStore()?.now ?? real.now();
	Math.random = () => (timelines.getStore()?.random ?? real.random)();
	try {
		return await work();
	} finally {
		Object.assign(globalThis, { setTimeout: real.setTimeout });
		Date.now = real.now;
		Math.random = real.random;
	}
}

const BASE_URL = 'http://127.0.0.1/runwayml';
const CREATE = {
	model: 'gen4_aleph',
	videoUri: 'https://example.com/clip.mp4',
	promptText: 'clip',
	ratio: '1280:720',
};

/** The requests that the SDK is known to send. */
const sent = z.discriminatedUnion('method', [
	z.object({
		method: z.literal('POST'),
		url: z.literal(`${BASE_URL}/v1/video_to_video`),
		body: z.literal(JSON.stringify(CREATE)),
	}),
	z.object({ method: z.literal('GET'), url: z.string() }),
]);

/** What the SDK is given for `fetch`: the simulator's answer at the timeline's time. */
const answer: typeof fetch = async (input, init) => {
	const timeline = timelines.getStore();
	if (!timeline) throw new Error('A request outside of any timeline');
	const method = init?.method?.toUpperCase();
	const request = sent.parse({ method, url: String(input), body: init?.body });
	if (request.method === 'POST') return Response.json({ id: timeline.task.id });
	if (request.url !== `${BASE_URL}/v1/tasks/${timeline.task.id}`)
		throw new Error(`Unexpected: ${request.url}`);
	timeline.requests += 1;
	return Response.json(timeline.task.bodyAt(timeline.now));
};

/** Runway's official SDK, unchanged: `create(…).waitForTaskOutput()` for each task, each in virtual time. */
export async function waitWithSdk(tasks: VirtualTask[], random: () => number): Promise<Wait[]> {
	const client = new RunwayML({
		apiKey: 'sk-bench',
		baseURL: BASE_URL,
		fetch: answer,
		maxRetries: 0,
	});
	// The SDK's types have moved on to aleph2; the request it sends is the same.
	const params = CREATE as unknown as RunwayML.VideoToVideoCreateParams;
	const wait = async (task: VirtualTask): Promise<Wait> => {
		const timeline: Timeline = { task, now: 0, requests: 0, random };
		return await timelines.run(timeline, async () => {
			// Its own 10 minutes are too short for the long queues.
			await client.videoToVideo.create(params).waitForTaskOutput({ timeout: null });
			return { delayMs: timeline.now - task.finishedAt, requests: timeline.requests };
		});
	};
	return await inVirtualTime(async () => await Promise.all(tasks.map(wait)));
}
