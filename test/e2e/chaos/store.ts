import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startStrictServer } from '../strictServer';
import type { Hold } from './plan';

const delivered = z
	.object({
		/** The id of n8n's execution. */
		execution: z.string(),
		prompt: z.string(),
		taskId: z.string().uuid().optional(),
		/** What the item's error says. */
		error: z.string().optional(),
	})
	.strict();

/** One item that an execution has handed on; `at` is in epoch ms. */
export type Delivery = z.output<typeof delivered> & { at: number };

/** How long the store takes where it is slow. */
const SLOW_MS = 5_000;

const never = async (): Promise<never> => await new Promise<never>(() => {});

interface Holding {
	promptIncludes: string;
	hold: Hold;
}

/** Where workflows hand their outputs to, as they would to a storage service; it counts what really arrives. */
export class Store {
	readonly deliveries: Delivery[] = [];
	/** How many deliveries have neither been answered nor broken off. */
	inFlight = 0;
	/** Whether it holds what it was told to hold, or has done so. */
	isHolding = false;
	private next?: Holding;

	private constructor(readonly baseUrl: () => string) {}

	static async open(): Promise<Store> {
		let baseUrl = '';
		const store = new Store(() => baseUrl);
		baseUrl = await startStrictServer((server) =>
			server.post('/deliveries', async ({ body }, { raw }) => {
				store.inFlight += 1;
				raw.once('close', () => (store.inFlight -= 1));
				await store.take(delivered.parse(body));
				return { stored: true };
			}),
		);
		return store;
	}

	/**
	 * The next delivery of such a prompt is held: `hang` is not taken in and not answered; `hangAfterHead` is taken in
	 * and not answered; `slowBody` is answered late.
	 */
	holdNext(holding: Holding): void {
		this.next = holding;
		this.isHolding = false;
	}

	private async take(delivery: z.output<typeof delivered>): Promise<void> {
		const hold = this.holdOf(delivery);
		if (hold === 'hang') await never();
		this.deliveries.push({ ...delivery, at: Date.now() });
		if (hold === 'hangAfterHead') await never();
		if (hold === 'slowBody') await sleep(SLOW_MS);
	}

	private holdOf({ prompt }: { prompt: string }): Hold {
		const { next } = this;
		if (!next || !prompt.includes(next.promptIncludes)) return 'nothing';
		this.next = undefined;
		this.isHolding = true;
		return next.hold;
	}
}
