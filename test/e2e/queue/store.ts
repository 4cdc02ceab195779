import type { Service } from '../../../tools/n8n/service';

/** What n8n keeps its state in: a server that goes away and comes back. */
export class Store {
	/** How often it has been ended. */
	private endings = 0;
	private up = false;

	/** @param ask something that it has to answer; throws while it is away */
	constructor(
		private readonly service: Service,
		readonly ask: () => Promise<unknown>,
	) {}

	get name(): string {
		return this.service.name;
	}

	async start(): Promise<void> {
		await this.service.start();
		this.up = true;
	}

	/** Ends it with a signal, whatever that means to it. */
	async end(signal: NodeJS.Signals): Promise<void> {
		this.up = false;
		this.endings++;
		await this.service.end(signal);
	}

	/** Does something that needs it; undefined where that has failed and it was away for some of the time. */
	async whileUp<T>(something: () => Promise<T>): Promise<T | undefined> {
		const { up, endings } = this;
		try {
			return await something();
		} catch (error) {
			if (up && endings === this.endings) throw error;
			return undefined;
		}
	}
}
