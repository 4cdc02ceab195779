import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../queue/observer';
import type { Store } from '../queue/store';

/**
 * From one stop to the next. n8n looks for suspended executions once a minute: at every ten seconds sharp, each of its
 * looks would meet the store away, or none.
 */
const STOP_EVERY_MS = 10_700;
/** How long it stays away, and then as long as it takes to start. */
const AWAY_MS = 2_000;
const LOOK_EVERY_MS = 100;

/** One way to end a store. */
export interface Blow {
	how: string;
	end(): Promise<void>;
}

/** What was going on when a store was ended: executions of each kind. */
export interface Amid {
	/** Their create was not answered yet. */
	submitting: number;
	suspended: number;
	/** Running again after a suspension. */
	resumed: number;
	/** The sink had not answered yet. */
	delivering: number;
}

export interface Stop extends Amid {
	how: string;
}

/** A store that is ended and started again every ten seconds. */
export class Storm {
	readonly stops: Stop[] = [];

	constructor(
		private readonly store: Store,
		private readonly blows: Blow[],
		private readonly lookAround: () => Amid,
	) {}

	/** Goes on until something else is over; the store is there then. */
	async rageWhile(something: Promise<void>): Promise<void> {
		let isOver = false;
		const over = something.finally(() => (isOver = true));
		await Promise.all([over, this.rageUntil(() => isOver)]);
	}

	private async rageUntil(isOver: () => boolean): Promise<void> {
		for (let number = 0; !isOver(); number++) {
			const nextAt = Date.now() + STOP_EVERY_MS;
			await this.strike(this.blows[number % this.blows.length]);
			while (!isOver() && Date.now() < nextAt) await sleep(LOOK_EVERY_MS);
		}
	}

	/** How many stops met executions of a kind. */
	stopsAmid(kind: keyof Amid): number {
		return this.stops.filter((stop) => stop[kind] > 0).length;
	}

	private async strike({ how, end }: Blow): Promise<void> {
		const stop = { how, ...this.lookAround() };
		const back = Date.now() + AWAY_MS;
		await end();
		await assert.rejects(this.store.ask(), `${this.store.name} is away`);
		this.stops.push(stop);
		await sleep(Math.max(0, back - Date.now()));
		await this.store.start();
		const { submitting, suspended, resumed, delivering } = stop;
		say(
			`${this.store.name} ${how}; submitting ${submitting}, suspended ${suspended}, resumed ${resumed}, delivering ${delivering}`,
		);
	}
}
