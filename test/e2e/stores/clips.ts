import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatedTask } from '../../../tools/simulator';
import { type ActiveWorkflow, type Bench, tasksOf } from '../queue/bench';
import type { Arrival } from '../sink';

/** Between two calls of the webhook: spread over some of the stops. */
const CALL_EVERY_MS = 750;
/** Calls that are refused are made up for with new ones, up to this many. */
export const MOST_CALLS = 200;

/** One call of the webhook, and what it stands for: one execution with one task, delivered once. */
export interface Clip {
	prompt: string;
	/** What the webhook said; undefined until it does. */
	answer?: 'started' | 'refused';
}

export const promptOf = (path: string, number: number): string =>
	`${path} clip ${String(number).padStart(3, '0')}`;

/** What a caller does who wants a number of executions: one call after the other, none of them made twice. */
export class Caller {
	readonly clips: Clip[] = [];

	constructor(
		private readonly bench: Bench,
		private readonly workflow: ActiveWorkflow,
	) {}

	/** Resolves when so many have been started, as far as the webhook says. */
	async start(count: number): Promise<void> {
		const calls: Array<Promise<void>> = [];
		const notRefused = () => this.clips.filter(({ answer }) => answer !== 'refused').length;
		const started = () => this.clips.filter(({ answer }) => answer === 'started').length;
		while (started() < count) {
			if (this.clips.length >= MOST_CALLS)
				throw new Error(`${MOST_CALLS} calls have started ${started()} executions only`);
			if (notRefused() < count) calls.push(this.call());
			await sleep(CALL_EVERY_MS);
		}
		await Promise.all(calls);
	}

	private async call(): Promise<void> {
		const { path } = this.workflow;
		const clip: Clip = { prompt: promptOf(path, this.clips.length) };
		this.clips.push(clip);
		clip.answer = await this.bench.cluster.api
			.callWebhook(path, { promptText: clip.prompt })
			.then(({ status }) => (status === 200 ? 'started' : 'refused'))
			// While n8n is being started again.
			.catch((error: unknown) => {
				if (error instanceof TypeError) return 'refused' as const;
				throw error;
			});
	}

	/** The tasks that were created for it. */
	tasksOf({ prompt }: Clip): SimulatedTask[] {
		return tasksOf(this.bench.simulator, prompt);
	}

	/** What has arrived of its tasks. */
	deliveriesOf(clip: Clip): Arrival[] {
		const ids = new Set(this.tasksOf(clip).map(({ id }) => id));
		return this.bench.sink.arrivals.filter(({ taskId }) => ids.has(taskId));
	}
}
