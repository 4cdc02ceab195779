import assert from 'node:assert/strict';
import { activeWorkflow, type Bench, callWithEach, tasksPerPrompt } from './bench';
import { SLOTS_PER_WORKER, WORKERS } from './cluster';
import { Observer, say } from './observer';
import { overTime, slotSeconds } from './table';

const COUNT = 60;
/** Above n8n's shortest exact suspension of a minute, and short enough for 60 of them to pass through 10 slots. */
const SHORTEST_LIFE_MS = 70_000;
const LONGEST_LIFE_MS = 100_000;
const PENDING_MS = 1_000;

/** What a mode needed for all executions, from the first call to the last delivery. */
export interface FleetResult {
	makespanMs: number;
	slotSeconds: number;
	mostBusySlots: number;
}

/** 60 executions of one mode, started at once, each with one task of its own. */
export class Fleet {
	readonly prompts: string[];
	private observer!: Observer;

	constructor(
		private readonly bench: Bench,
		private readonly how: 'suspended' | 'keepRunning',
	) {
		this.prompts = Array.from(
			{ length: COUNT },
			(_, index) => `${how} clip ${String(index).padStart(2, '0')}`,
		);
	}

	/** Gives every task its life, spread evenly, and starts all executions. */
	async start(): Promise<void> {
		const { simulator, sink, cluster } = this.bench;
		simulator.reset();
		sink.arrivals.length = 0;
		this.prompts.forEach((promptIncludes, index) => {
			const lifeMs =
				SHORTEST_LIFE_MS + ((LONGEST_LIFE_MS - SHORTEST_LIFE_MS) * index) / (COUNT - 1);
			simulator.addRule({
				promptIncludes,
				scenario: { pendingMs: PENDING_MS, runningMs: lifeMs - PENDING_MS },
			});
		});
		const workflow = await activeWorkflow(this.bench, {
			path: this.how,
			keepRunning: this.how === 'keepRunning',
		});
		say(
			`${COUNT} executions, ${this.how}, ${WORKERS * SLOTS_PER_WORKER} slots; tasks live ${SHORTEST_LIFE_MS / 1000} to ${LONGEST_LIFE_MS / 1000} s`,
		);
		this.observer = new Observer(cluster, [workflow.id], () => sink.arrivals.length);
		await callWithEach(this.bench, workflow, this.prompts);
	}

	/** Until every execution is suspended. */
	async waitUntilAllWait(timeoutMs: number): Promise<void> {
		await this.observer.watchUntil(
			({ statuses }) => statuses.waiting === COUNT,
			timeoutMs,
			'all are suspended',
		);
	}

	/** Goes on watching for a while. */
	async watchFor(durationMs: number, what: string): Promise<void> {
		await this.observer.watchFor(durationMs, what);
	}

	/** Until every execution has ended, in whatever way. */
	async finish(timeoutMs: number): Promise<FleetResult> {
		const isDone = ({ statuses }: { statuses: Record<string, number> }) =>
			!statuses.new &&
			!statuses.running &&
			!statuses.waiting &&
			Object.values(statuses).reduce((a, b) => a + b, 0) === COUNT;
		await this.observer.watchUntil(isDone, timeoutMs, 'none is left');
		const { samples, startedAt } = this.observer;
		const lastDelivery = Math.max(...this.bench.sink.arrivals.map(({ at }) => at));
		const mostBusySlots = Math.max(...samples.map(({ busySlots }) => busySlots));
		return {
			makespanMs: lastDelivery - startedAt,
			slotSeconds: slotSeconds(samples),
			mostBusySlots,
		};
	}

	/** Every task was created once, delivered once, and nothing is left. */
	assertExactlyOnce(): void {
		const { sink, simulator } = this.bench;
		const deliveries = sink.arrivals.map(({ taskId }) => taskId).sort();
		assert.deepEqual(
			deliveries,
			simulator
				.tasks()
				.map(({ id }) => id)
				.sort(),
			'every task is delivered once',
		);
		assert.deepEqual(
			tasksPerPrompt(this.bench, this.prompts),
			this.prompts.map(() => 1),
			'every prompt has one task',
		);
		assert.equal(simulator.stats().createsReceived, COUNT, 'creates');
		assert.deepEqual(this.observer.samples.at(-1)?.statuses, { success: COUNT });
	}

	/** Prints the figures. */
	print({ makespanMs, slotSeconds: seconds, mostBusySlots }: FleetResult): void {
		const reads = this.bench.simulator.stats().taskReads;
		say(
			`${this.how}: makespan ${(makespanMs / 1000).toFixed(1)} s, ${seconds.toFixed(0)} slot seconds, at most ${mostBusySlots} slots busy`,
		);
		say(
			`creates ${this.bench.simulator.stats().createsReceived}, reads ${reads}, deliveries ${this.bench.sink.arrivals.length}`,
		);
		console.log(overTime(this.observer.samples));
	}
}
