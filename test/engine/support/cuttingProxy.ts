import { connect, createServer, type Socket } from 'node:net';
import { openServer, type OpenServer } from '../../../tools/network/openServer';
import { joinEnds } from '../../../tools/network/tlsFront';

/** How a connection goes wrong. */
export type CutBy = 'close' | 'reset' | 'garbage';

/** Whatever is sent passes; of what comes back, only so much. */
export interface CuttingProxy extends OpenServer {
	/** From now on each connection breaks after so many bytes that came back; Infinity breaks none. */
	cut(afterBytes: number, by: CutBy): void;
	/** How many bytes have come back over the latest connection, cut or not. */
	cameBack(): number;
}

const GARBAGE = 'HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n'.repeat(20);

/** A TCP proxy on loopback to a port there. */
export async function startCuttingProxy(target: number): Promise<CuttingProxy> {
	let limit = Infinity;
	let cutBy: CutBy = 'close';
	let cameBack = 0;
	const server = createServer((client) => {
		const upstream = connect(target, '127.0.0.1');
		const by = cutBy;
		let left = limit;
		cameBack = 0;
		joinEnds(client, upstream);
		client.pipe(upstream);
		upstream.on('data', (chunk: Buffer) => {
			cameBack += chunk.length;
			if (left > 0) client.write(chunk.subarray(0, Math.min(left, chunk.length)));
			left -= chunk.length;
			if (left <= 0 && limit !== Infinity) breakOff(client, by);
		});
		upstream.on('end', () => client.end());
	});
	return {
		...(await openServer(server)),
		cut(afterBytes, by) {
			[limit, cutBy] = [afterBytes, by];
		},
		cameBack: () => cameBack,
	};
}

function breakOff(client: Socket, by: CutBy): void {
	if (client.destroyed || client.writableEnded) return;
	if (by === 'reset') client.resetAndDestroy();
	else if (by === 'garbage') client.end(GARBAGE);
	else client.end();
}
