import type { IExecuteFunctions } from 'n8n-workflow';
import { readBaseUrl, readTaskRequest, sendOnce } from '../shared/api/client';
import { createLimiter, type Limiter } from '../shared/api/limiter';
import { readLook } from '../shared/api/look';
import type { Outcome } from '../shared/api/outcome';
import type { World } from '../shared/api/world';
import { waitForTask, type WaitEnd } from '../shared/task/waiter';
import type { TaskLook } from '../shared/task/watch';
import type { WaitSettings } from './settings';

/** What watching tasks needs of a running node. */
export interface Watcher {
	context: IExecuteFunctions;
	world: World;
	/** Caps the requests in flight for the whole node, polls and downloads together. */
	requests: Limiter;
	/** Keeps downloads, which take long, from occupying every place. */
	downloads: Limiter;
	baseUrl: string;
}

/** CometAPI's own example caps concurrency at 5. */
const MOST_REQUESTS_IN_FLIGHT = 5;
const MOST_DOWNLOADS_IN_FLIGHT = 3;

/** A watcher for one run of the node; throws when the credential's Base URL is unusable. */
export async function createWatcher(context: IExecuteFunctions, world: World): Promise<Watcher> {
	return {
		context,
		world,
		requests: createLimiter(MOST_REQUESTS_IN_FLIGHT),
		downloads: createLimiter(MOST_DOWNLOADS_IN_FLIGHT),
		baseUrl: await readBaseUrl(context),
	};
}

/** Reads a task once. */
export async function lookAtTask(watcher: Watcher, settings: WaitSettings): Promise<TaskLook<Outcome>> {
	const { context, world, requests, baseUrl } = watcher;
	const request = readTaskRequest(baseUrl, settings.taskId, settings.runwayVersion);
	const outcome = await requests.run(async () =>
		world.stopped() ? ({ kind: 'connectionLost' } as const) : await sendOnce(context, request, world),
	);
	return readLook(outcome, settings.taskId);
}

/** Waits for one task; progress goes to n8n's debug log. */
export async function watchTask(watcher: Watcher, settings: WaitSettings): Promise<WaitEnd<Outcome>> {
	const { context, world } = watcher;
	return await waitForTask(settings, {
		...world,
		look: async () => await lookAtTask(watcher, settings),
		onTask: ({ taskId, status, progress }) => context.logger.debug('Runway task', { taskId, status, progress }),
	});
}
