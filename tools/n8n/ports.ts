import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the range that systems take outgoing connections' ports from: nothing takes the port while n8n is down
 * between a kill and its restart.
 */
const FIRST = 20_000;
const LAST = 31_999;
const TRIES = 50;

const taken = new Set<number>();

/** A free loopback port that this process has not handed out before. */
export async function freePort(): Promise<number> {
	for (let tries = 0; tries < TRIES; tries++) {
		const port = randomInt(FIRST, LAST + 1);
		if (!taken.has(port) && (await isPortFree(port))) {
			taken.add(port);
			return port;
		}
	}
	throw new Error(`No free port found between ${FIRST} and ${LAST} in ${TRIES} tries`);
}

/** Whether nobody listens on the loopback port. */
export async function isPortFree(port: number): Promise<boolean> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', (error: NodeJS.ErrnoException) =>
			error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
		);
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}
