import { ClientRequest } from 'node:http';
import { FastClock } from '../../../tools/clock/fastClock';

const SPEED = 40;

/**
 * For the tests of one file: pauses of seconds pass in the nodes' shortest sleep, and a server that hangs is given up
 * soon, since timeouts of the HTTP client, and of the reading of answers, are cut to `longestTimeoutMs`, in everything of
 * this process. `asked` keeps the timeouts that the client was given, in ms, oldest first.
 */
export function useHurry(longestTimeoutMs = 400): { asked: number[] } {
	const clock = new FastClock(SPEED);
	const { setTimeout: original } = ClientRequest.prototype;
	const { timeout } = AbortSignal;
	const asked: number[] = [];
	ClientRequest.prototype.setTimeout = function (ms, callback) {
		asked.push(ms);
		return original.call(this, Math.min(ms, longestTimeoutMs), callback);
	};
	AbortSignal.timeout = (ms) => timeout.call(AbortSignal, Math.min(ms, longestTimeoutMs));
	afterAll(() => {
		AbortSignal.timeout = timeout;
		clock.restore();
		ClientRequest.prototype.setTimeout = original;
	});
	return { asked };
}
