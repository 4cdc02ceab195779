/** Ends a request at any moment, its answer's body included. */
export interface Breaker {
	/** For n8n's HTTP client. */
	signal: AbortSignal;
	/** Closes the connection, unless it has done its work. To be called at the end in any case. */
	breakOff(): void;
}

/**
 * A breaker that hears `stop`, the user's, too. To destroy a body is not enough: n8n's HTTP client wraps it in a generator
 * (axios 1.16 and later, http.js, `enforceMaxContentLength`), which while it waits for the next chunk, and so for a host
 * that sends none, hears of nothing. Its signal does end that.
 */
export function createBreaker(stop: AbortSignal | undefined): Breaker {
	const controller = new AbortController();
	const breakOff = () => {
		stop?.removeEventListener('abort', breakOff);
		controller.abort();
	};
	if (stop?.aborted) breakOff();
	else stop?.addEventListener('abort', breakOff);
	return { signal: controller.signal, breakOff };
}
