import type { IExecuteFunctions } from 'n8n-workflow';
import type { Clock } from '../../http/clock';

/** What n8n's binary store takes: a Node stream. */
type StoredStream = Exclude<
	Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0],
	Uint8Array
>;

/** The body of a response as n8n hands it out. */
export type BodyStream = StoredStream & {
	destroy(error?: Error): void;
	/** Node 18.13 and later. */
	compose(through: (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>): StoredStream;
};

/** A body on its way into n8n's binary store, under guard. */
export interface Transfer {
	/** The body, chunk by chunk as it comes; breaks off when it is too large or stands still. */
	stream: StoredStream;
	isTooLarge(): boolean;
	/** Whether its beginning was refused. */
	isRefused(): boolean;
	isEmpty(): boolean;
	/**
	 * Whether as much came as the host announced, as far as it did. What the HTTP client has unpacked on the way, which
	 * nothing tells, is larger than that, or smaller by what packing cost.
	 */
	isWhole(): boolean;
	/** To be called when the transfer is over. */
	end(): void;
}

/** What a body must keep to. */
export interface TransferLimits {
	maxBytes: number;
	/** Whether a file that begins so is not wanted. */
	refuses(head: Uint8Array): boolean;
}

/** A transfer that brings nothing for so long is broken, in ms. */
const LONGEST_SILENCE_MS = 60_000;
const WATCH_EVERY_MS = 1_000;

/**
 * Puts a body under guard: counts it against the announced `Content-Length` and against `maxBytes`, and breaks it
 * off when nothing comes for a minute, or the user stops. Time in which n8n's store does not ask for more is not counted.
 */
export function guardTransfer(
	body: BodyStream,
	headers: Record<string, unknown>,
	{ maxBytes, refuses }: TransferLimits,
	clock: Pick<Clock, 'now' | 'sleep' | 'stopped'>,
): Transfer {
	const announced = Number(headers['content-length'] ?? Number.NaN);
	let bytes = 0;
	let isRefused = false;
	let isOver = false;
	let waitingSince: number | undefined = clock.now();

	const isTooLarge = (): boolean => announced > maxBytes || bytes > maxBytes;
	async function* count(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
		for await (const chunk of source) {
			waitingSince = undefined;
			if (bytes === 0) isRefused = refuses(chunk);
			bytes += chunk.length;
			if (isRefused) throw new Error('The file is no media file');
			if (isTooLarge()) throw new Error('The file is too large');
			yield chunk;
			waitingSince = clock.now();
		}
	}
	void breakOffWhenSilent(body, clock, () => ({ isOver, waitingSince }));
	const stream = body.compose(count);
	// A break before n8n's store listens would be nobody's error, and end the whole of n8n; the store sees it later.
	for (const each of [body, stream]) each.on('error', () => {});

	return {
		stream,
		isTooLarge,
		isRefused: () => isRefused,
		isEmpty: () => bytes === 0,
		isWhole: () => Number.isNaN(announced) || bytes >= announced - packingCost(announced),
		end: () => {
			isOver = true;
		},
	};
}

/** What gzip, deflate and brotli add at the most to content that can't be packed, in bytes: a frame, and 5 for each 16 KB. */
function packingCost(bytes: number): number {
	return 64 + bytes / 1_000;
}

/** Destroys a body that stands still, or when the user stops, until it is over. */
async function breakOffWhenSilent(
	body: BodyStream,
	clock: Pick<Clock, 'now' | 'sleep' | 'stopped'>,
	look: () => { isOver: boolean; waitingSince?: number },
): Promise<void> {
	for (;;) {
		await clock.sleep(WATCH_EVERY_MS);
		const { isOver, waitingSince } = look();
		if (isOver) return;
		const silentMs = waitingSince === undefined ? 0 : clock.now() - waitingSince;
		if (clock.stopped() || silentMs >= LONGEST_SILENCE_MS) {
			body.destroy(new Error('The execution was stopped, or nothing came for a minute'));
			return;
		}
	}
}
