import { ClientRequest } from 'node:http';
import { FastClock } from '../../../tools/clock/fastClock';

const SPEED = 40;
const LONGEST_TIMEOUT_MS = 400;

/**
 * For the tests of one file: pauses of seconds pass in the nodes' shortest sleep, and a server that hangs is given up
 * soon, since the HTTP client's timeouts are cut, in everything of this process. `asked` keeps the timeouts that were
 * asked for, in ms, oldest first.
 */
export function useHurry(): { asked: number[] } {
	const clock = new FastClock(SPEED);
	const { setTimeout: original } = ClientRequest.prototype;
	const asked: number[] = [];
	ClientRequest.prototype.setTimeout = function (ms, callback) {
		asked.push(ms);
		return original.call(this, Math.min(ms, LONGEST_TIMEOUT_MS), callback);
	};
	afterAll(() => {
		clock.restore();
		ClientRequest.prototype.setTimeout = original;
	});
	return { asked };
}
