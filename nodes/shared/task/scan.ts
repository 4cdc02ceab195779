/** n8n's main process looks so often for suspended executions, and sets exact timers for those due within 70 s. */
export const SCAN_MS = 60_000;

/** A suspension: when it began, when it was to end, and when the execution went on. Epoch ms. */
export interface Sleep {
	from: number;
	until: number;
	wokenAt: number;
}

/** What is known of the moments at which n8n scans. */
export interface ScanRhythm {
	/** A moment (epoch ms) at which it did; others are whole minutes apart. */
	seenAt?: number;
	/** One that is not believed yet: what was believed before it has been wrong. */
	suspectedAt?: number;
}

/** Whoever is run again later than this was found by a scan: exact timers are a fraction of a second late. */
const LATE_MS = 1_500;
/** Moments so close, but for whole minutes, belong to one rhythm: queries take time, and timers drift. */
const SAME_MS = 2_000;

/**
 * The rhythm, after one more suspension. A late one was found by a scan, and so tells when that was. But whoever is late
 * may have waited for a free worker, and a restart of n8n begins a new rhythm: so one that is contradicted is
 * forgotten, and another is then believed only when two sightings agree. What is later than any scan (n8n was down, or
 * somebody has retried the execution) tells nothing. Pure.
 */
export function noteSleep(known: ScanRhythm, { from, until, wokenAt }: Sleep): ScanRhythm {
	const { seenAt, suspectedAt } = known;
	if (wokenAt > Math.max(until, from + SCAN_MS) + SAME_MS) return known;
	if (wokenAt - until > LATE_MS) {
		const isNew = seenAt === undefined && suspectedAt === undefined;
		if (isNew || isSame(seenAt, wokenAt) || isSame(suspectedAt, wokenAt))
			return { seenAt: wokenAt };
		return { suspectedAt: wokenAt };
	}
	if (seenAt === undefined) return known;
	const firstScan = seenAt + SCAN_MS * Math.ceil((from - SAME_MS - seenAt) / SCAN_MS);
	return firstScan > until + SAME_MS ? { suspectedAt: seenAt } : known;
}

function isSame(one: number | undefined, other: number): boolean {
	if (one === undefined) return false;
	const apart = Math.abs(other - one) % SCAN_MS;
	return Math.min(apart, SCAN_MS - apart) <= SAME_MS;
}

/** One that comes sooner may be over before the suspension is stored. */
const STORED_MS = 2_000;

/** The first scan (epoch ms) that sees a suspension which begins at `now`; `undefined` where nobody knows. */
export function scanAfter({ seenAt }: ScanRhythm, now: number): number | undefined {
	if (seenAt === undefined) return undefined;
	return seenAt + SCAN_MS * Math.ceil((now + STORED_MS - seenAt) / SCAN_MS);
}
