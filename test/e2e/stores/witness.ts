import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Cluster } from '../queue/cluster';

const LOOK_EVERY_MS = 700;

/** An execution as PostgreSQL had it when it was last looked at. */
export interface Seen {
	id: string;
	status: string;
	/** Of the call that started it; n8n may drop it later, with all the execution's data. */
	prompt: string;
	/** Whether it has been suspended before. */
	wasSuspended: boolean;
}

const rows = z.array(z.tuple([z.string(), z.string(), z.string()]));

/** Looks at a workflow's executions in PostgreSQL all the time, while it is there. */
export class Witness {
	readonly seen = new Map<string, Seen>();
	private looking = true;
	private readonly done: Promise<void>;

	constructor(
		private readonly cluster: Cluster,
		private readonly workflowId: string,
	) {
		this.done = this.keepLooking();
	}

	async stop(): Promise<void> {
		this.looking = false;
		await this.done;
	}

	/** How many there are for which this holds. */
	count(which: (seen: Seen) => boolean): number {
		return [...this.seen.values()].filter(which).length;
	}

	private async keepLooking(): Promise<void> {
		while (this.looking) {
			await this.cluster.postgres.store.whileUp(async () => await this.look());
			await sleep(LOOK_EVERY_MS);
		}
	}

	private async look(): Promise<void> {
		const found = await this.cluster.postgres.query(
			`SELECT id, status, coalesce(substring(data from '"([^"]* clip [0-9]+)"'), '')
				FROM execution_entity JOIN execution_data ON id = "executionId"
				WHERE execution_entity."workflowId" = '${this.workflowId}'`,
		);
		for (const [id, status, prompt] of rows.parse(found)) {
			const before = this.seen.get(id);
			this.seen.set(id, {
				id,
				status,
				prompt: prompt || (before?.prompt ?? ''),
				wasSuspended: before?.wasSuspended || before?.status === 'waiting',
			});
		}
	}
}
