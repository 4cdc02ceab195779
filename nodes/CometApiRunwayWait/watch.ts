import type { IExecuteFunctions } from 'n8n-workflow';
import { readBaseUrl, readTaskRequest, sendOnce } from '../shared/n8n/client';
import { createLimiter, type Limiter } from '../shared/http/limiter';
import { readLook } from '../shared/task/look';
import { createPace, MOST_REQUESTS_IN_FLIGHT, type Pace } from '../shared/http/pace';
import type { Outcome } from '../shared/http/outcome';
import type { World } from '../shared/http/clock';
import { waitForTask, type WaitEnd } from '../shared/task/waiter';
import type { TaskLook } from '../shared/task/watch';
import type { WaitSettings } from './entries';

/** What watching tasks needs of a running node. */
export interface Watcher {
	context: IExecuteFunctions;
	world: World;
	/** Slows all looks down after a 429. */
	pace: Pace;
	/** Caps the requests in flight for the whole node, polls and downloads together. */
	requests: Limiter;
	/** Keeps downloads, which take long, from occupying every place. */
	downloads: Limiter;
	baseUrl: string;
}

const MOST_DOWNLOADS_IN_FLIGHT = 3;

const NOT_SENT: Outcome = { kind: 'notSent' };

/** A watcher for one run of the node; throws when the credential's Base URL is unusable. */
export async function createWatcher(context: IExecuteFunctions, world: World): Promise<Watcher> {
	return {
		context,
		world,
		pace: createPace(MOST_REQUESTS_IN_FLIGHT, world),
		requests: createLimiter(MOST_REQUESTS_IN_FLIGHT),
		downloads: createLimiter(MOST_DOWNLOADS_IN_FLIGHT),
		baseUrl: await readBaseUrl(context),
	};
}

/** Reads a task once. */
export async function lookAtTask(
	watcher: Watcher,
	settings: WaitSettings,
): Promise<TaskLook<Outcome>> {
	const { context, world, pace, requests, baseUrl } = watcher;
	const request = readTaskRequest(baseUrl, settings.taskId, settings.runwayVersion);
	const send = async () =>
		await requests.run(async () =>
			world.stopped() ? NOT_SENT : await sendOnce(context, request, world),
		);
	// Rather than wait for a gate that is closed, the look is put off: the schedule knows the task's deadline.
	const outcome = await pace.run(send, world.now());
	return readLook(outcome, settings.taskId);
}

/** Waits for one task; progress goes to n8n's debug log. */
export async function watchTask(
	watcher: Watcher,
	settings: WaitSettings,
): Promise<WaitEnd<Outcome>> {
	const { context, world } = watcher;
	return await waitForTask(settings, {
		...world,
		look: async () => await lookAtTask(watcher, settings),
		onTask: ({ taskId, status, progress }) =>
			context.logger.debug('Runway task', { taskId, status, progress }),
	});
}
