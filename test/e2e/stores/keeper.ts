import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from '../../../tools/n8n/service';
import type { Cluster } from '../queue/cluster';
import { say } from '../queue/observer';

const LOOK_EVERY_MS = 500;

/**
 * Starts n8n's processes again when they have ended, as Docker does with `restart: unless-stopped`: n8n itself gives up
 * when Redis is away for too long, and on some errors that nothing catches.
 */
export class Keeper {
	/** The names of those that had ended, one entry for each time. */
	readonly restarts: string[] = [];
	private keeping = true;
	private readonly done: Promise<void[]>;

	constructor({ main, workers }: Cluster) {
		this.done = Promise.all([main, ...workers].map(async (service) => await this.keep(service)));
	}

	/** Nothing is started again from now on; what is being started comes up first. */
	async stop(): Promise<void> {
		this.keeping = false;
		await this.done;
	}

	private async keep(service: Service): Promise<void> {
		while (this.keeping) {
			if (!service.isRunning) await this.startAgain(service);
			await sleep(LOOK_EVERY_MS);
		}
	}

	/** It may end while it starts, too, as long as what it needs is away: then it is tried again. */
	private async startAgain(service: Service): Promise<void> {
		this.restarts.push(service.name);
		say(`${service.name} has ended, and is started again`);
		await service.start().catch((error: Error) => say(error.message.split('\n', 1)[0]));
	}
}
