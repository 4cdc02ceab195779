import type { IExecuteFunctions } from 'n8n-workflow';
import type { Clock } from '../../http/clock';
import type { Breaker } from '../breaker';

/** What n8n's binary store takes: a Node stream. */
type StoredStream = Exclude<
	Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0],
	Uint8Array
>;

/** The body of a response as n8n hands it out. */
export type BodyStream = StoredStream & {
	/** Whether it was destroyed before it had ended. */
	readonly readableAborted: boolean;
	destroy(error?: Error): void;
	/** Node 18.13 and later. */
	compose(
		through: (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
	): StoredStream & { read(size: 0): unknown };
};

/** What is known of a body when it begins to come. */
export interface Incoming {
	body: BodyStream;
	headers: Record<string, unknown>;
	/** Of the request that it answers. */
	breaker: Breaker;
}

/** A body on its way into n8n's binary store, under guard. */
export interface Transfer {
	/** The body, chunk by chunk as it comes; breaks off when it is too large, stands still, or ends too early. */
	stream: StoredStream;
	/** The first bytes, which stay in the stream; none of an empty body, `undefined` where it breaks off before. */
	head(): Promise<Uint8Array | undefined>;
	isTooLarge(): boolean;
	/** Whether its beginning was refused. */
	isRefused(): boolean;
	/** To be called when the transfer is over: lets go of the connection. */
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

/** How far a transfer is. */
interface Count {
	bytes: number;
	/** What the host announced; NaN where it did not. */
	announced: number;
	isRefused: boolean;
	isOver: boolean;
	/** Since when nothing has come that is asked for; `undefined` while nothing is. */
	waitingSince?: number;
	showHead(head: Uint8Array | undefined): void;
}

/**
 * Puts a body under guard: counts it against the announced `Content-Length` and against `maxBytes`, and breaks it
 * off when nothing comes for a minute, or the user stops. Time in which n8n's store does not ask for more is not counted.
 */
export function guardTransfer(
	{ body, headers, breaker }: Incoming,
	limits: TransferLimits,
	clock: Pick<Clock, 'now' | 'sleep' | 'stopped'>,
): Transfer {
	const announced = Number(headers['content-length'] ?? Number.NaN);
	const started = { bytes: 0, announced, isRefused: false, isOver: false };
	let count: Count = { ...started, waitingSince: clock.now(), showHead: () => {} };
	const head = new Promise<Uint8Array | undefined>((showHead) => (count = { ...count, showHead }));
	const stream = body.compose((source: AsyncIterable<Uint8Array>) =>
		counted(source, { body, count, limits, clock }),
	);
	void breakOffWhenSilent({ body, breaker }, clock, count);
	// A break before n8n's store listens would be nobody's error, and end the whole of n8n; the store sees it later.
	for (const each of [body, stream]) each.on('error', () => {});
	return {
		stream,
		async head() {
			// Begins to read, and takes nothing out.
			stream.read(0);
			return await head;
		},
		isTooLarge: () => isTooLarge(count, limits),
		isRefused: () => count.isRefused,
		end() {
			count.isOver = true;
			body.destroy();
		},
	};
}

interface Counting {
	body: BodyStream;
	count: Count;
	limits: TransferLimits;
	clock: Pick<Clock, 'now'>;
}

/** The body as it comes, chunk by chunk, as long as it keeps to its limits. */
async function* counted(
	source: AsyncIterable<Uint8Array>,
	{ body, count, limits, clock }: Counting,
): AsyncIterable<Uint8Array> {
	try {
		for await (const chunk of source) {
			delete count.waitingSince;
			if (count.bytes === 0) count.isRefused = limits.refuses(chunk);
			count.bytes += chunk.length;
			if (count.isRefused) throw new Error('The file is no media file');
			if (isTooLarge(count, limits)) throw new Error('The file is too large');
			count.showHead(chunk);
			yield chunk;
			count.waitingSince = clock.now();
		}
		// A body that is destroyed looks from here like one that has come to its end.
		if (body.readableAborted || !isWhole(count)) throw new Error('The file ends too early');
		count.showHead(new Uint8Array());
	} finally {
		count.showHead(undefined);
	}
}

function isTooLarge({ bytes, announced }: Count, { maxBytes }: TransferLimits): boolean {
	return announced > maxBytes || bytes > maxBytes;
}

/**
 * Whether as much came as the host announced, as far as it did. What the HTTP client has unpacked on the way, which
 * nothing tells, is larger than that, or smaller by what packing cost.
 */
function isWhole({ bytes, announced }: Count): boolean {
	return Number.isNaN(announced) || bytes >= announced - packingCost(announced);
}

/** What gzip, deflate and brotli add at the most to content that can't be packed, in bytes: a frame, and 5 for each 16 KB. */
function packingCost(bytes: number): number {
	return 64 + bytes / 1_000;
}

/** Destroys a body that stands still, or when the user stops, until it is over. */
async function breakOffWhenSilent(
	{ body, breaker }: Pick<Incoming, 'body' | 'breaker'>,
	clock: Pick<Clock, 'now' | 'sleep' | 'stopped'>,
	count: Readonly<Count>,
): Promise<void> {
	for (;;) {
		await clock.sleep(WATCH_EVERY_MS);
		const { isOver, waitingSince } = count;
		if (isOver) return;
		const silentMs = waitingSince === undefined ? 0 : clock.now() - waitingSince;
		if (clock.stopped() || silentMs >= LONGEST_SILENCE_MS) {
			breaker.breakOff();
			body.destroy(new Error('The execution was stopped, or nothing came for a minute'));
			return;
		}
	}
}
