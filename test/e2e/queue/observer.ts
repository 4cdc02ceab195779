import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Cluster } from './cluster';
import { wholeNumber } from './stores';

const SAMPLE_INTERVAL_MS = 1_500;
const PROGRESS_INTERVAL_MS = 15_000;

/** How things stand at one moment. */
export interface Sample {
	/** Ms since the observer was made. */
	at: number;
	/** The workflows' executions by status, from PostgreSQL. */
	statuses: Record<string, number>;
	/**
	 * Jobs in the workers' hands, from Redis. The status alone says too much: an execution that is resumed is
	 * "running" from when it is queued.
	 */
	busySlots: number;
	delivered: number;
}

const countsByStatus = z.array(z.tuple([z.string(), wholeNumber]));

/** Looks at executions in the database, jobs in the queue and deliveries, again and again. */
export class Observer {
	readonly startedAt = Date.now();
	readonly samples: Sample[] = [];
	private printedAt = 0;

	constructor(
		private readonly cluster: Cluster,
		private readonly workflowIds: string[],
		private readonly delivered: () => number,
	) {}

	/** Keeps sampling until the condition holds, and prints how things stand every 15 s. */
	async watchUntil(
		condition: (sample: Sample) => boolean,
		timeoutMs: number,
		what: string,
	): Promise<Sample> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const sample = await this.sample();
			this.samples.push(sample);
			if (condition(sample)) {
				this.print(sample, `: ${what}`);
				return sample;
			}
			if (Date.now() > deadline)
				throw new Error(
					`Timed out after ${timeoutMs / 1000} s waiting until ${what}: ${JSON.stringify(sample)}`,
				);
			if (Date.now() - this.printedAt >= PROGRESS_INTERVAL_MS) this.print(sample);
			await sleep(SAMPLE_INTERVAL_MS);
		}
	}

	/** Goes on sampling for a while. */
	async watchFor(durationMs: number, what: string): Promise<Sample> {
		const until = Date.now() + durationMs;
		return await this.watchUntil(() => Date.now() >= until, durationMs + SAMPLE_INTERVAL_MS, what);
	}

	private async sample(): Promise<Sample> {
		const { postgres, redis } = this.cluster;
		const ids = this.workflowIds.map((id) => `'${id}'`).join(', ');
		const [rows, busySlots] = await Promise.all([
			postgres.query(
				`SELECT status, count(*) FROM execution_entity WHERE "workflowId" IN (${ids}) GROUP BY status`,
			),
			redis.count('LLEN', 'bull:jobs:active'),
		]);
		const statuses = Object.fromEntries(countsByStatus.parse(rows));
		return { at: Date.now() - this.startedAt, statuses, busySlots, delivered: this.delivered() };
	}

	private print({ at, statuses, busySlots, delivered }: Sample, more = ''): void {
		this.printedAt = Date.now();
		const byStatus = Object.entries(statuses)
			.map(([status, count]) => `${status} ${count}`)
			.join(', ');
		say(
			`+${(at / 1000).toFixed(0)} s: ${byStatus}; busy slots ${busySlots}, delivered ${delivered}${more}`,
		);
	}
}

/** Prints a line with the time. */
export function say(text: string): void {
	console.log(`  [${new Date().toISOString().slice(11, 19)}] ${text}`);
}
