import { ClientRequest } from 'node:http';

/**
 * Cuts the HTTP client's timeouts, in everything of this process, so that a server that hangs is given up soon.
 * `asked` keeps what was asked for, in ms, oldest first.
 */
export function shortenTimeouts(mostMs: number): { asked: number[]; restore(): void } {
	const { setTimeout: original } = ClientRequest.prototype;
	const asked: number[] = [];
	ClientRequest.prototype.setTimeout = function (
		this: ClientRequest,
		ms: number,
		callback?: () => void,
	) {
		asked.push(ms);
		return original.call(this, Math.min(ms, mostMs), callback);
	};
	return {
		asked,
		restore: () => {
			ClientRequest.prototype.setTimeout = original;
		},
	};
}
