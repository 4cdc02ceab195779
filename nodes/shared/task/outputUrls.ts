/** Year 5138; anything beyond is no date in seconds, and `Date` would refuse far larger ones. */
export const LAST_PLAUSIBLE_EPOCH_SECONDS = 99_999_999_999;

/** Whether a value is an absolute http(s) URL. */
export function isHttpUrl(value: unknown): value is string {
	if (typeof value !== 'string' || !/^https?:\/\//i.test(value)) return false;
	return URL.canParse(value);
}

/**
 * Picks the output URLs out of candidates, in order and without repeats. A candidate may be a URL, a list of
 * URLs, or anything else, which is passed over.
 */
export function collectOutputUrls(candidates: unknown[]): string[] {
	const urls = candidates.flatMap((candidate) =>
		Array.isArray(candidate) ? candidate : [candidate],
	);
	return [
		...new Set(
			urls.map((url: unknown) => (typeof url === 'string' ? url.trim() : url)).filter(isHttpUrl),
		),
	];
}

/**
 * When a signed output URL stops working, as an ISO date in UTC; `undefined` when the URL does not say.
 *
 * Runway's URLs carry a `_jwt` query parameter whose payload has `exp` in epoch seconds. CDNs behind gateways
 * sign with `X-Amz-Date` + `X-Amz-Expires` (seconds) or `Expires` (epoch seconds) instead.
 */
export function parseUrlExpiry(url: string): string | undefined {
	const query = new URL(url).searchParams;
	const seconds =
		jwtExpiry(query.get('_jwt')) ?? amazonExpiry(query) ?? epochSeconds(query.get('Expires'));
	return seconds === undefined ? undefined : new Date(seconds * 1000).toISOString();
}

function jwtExpiry(token: string | null): number | undefined {
	const payload = token?.split('.')[1];
	if (!payload) return undefined;
	try {
		const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
		return epochSeconds((claims as { exp?: unknown } | null)?.exp);
	} catch {
		// A token that is not a JWT says nothing about its expiry; the URL may work all the same.
		return undefined;
	}
}

function amazonExpiry(query: URLSearchParams): number | undefined {
	const signedAt = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '');
	const lifetime = epochSeconds(query.get('X-Amz-Expires'));
	if (!signedAt || lifetime === undefined) return undefined;
	const [year, month, day, hour, minute, second] = signedAt.slice(1).map(Number);
	return epochSeconds(Date.UTC(year, month - 1, day, hour, minute, second) / 1000 + lifetime);
}

function epochSeconds(value: unknown): number | undefined {
	const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return undefined;
	return seconds > 0 && seconds <= LAST_PLAUSIBLE_EPOCH_SECONDS ? seconds : undefined;
}
