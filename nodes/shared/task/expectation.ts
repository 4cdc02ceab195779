import type { Look } from './prediction';

/** What earlier tasks lead one to expect. Plain data: it can outlive the process. */
export interface Expectation {
	/** How long such a task lives, from its creation, in ms: equally likely lives, the shortest first. */
	livesMs: number[];
}

/** An older creation is a slip of a clock rather than a task that is still worth learning from. */
const LONGEST_AGE_MS = 24 * 3_600_000;

/**
 * When the task was created, in epoch ms: as the API says (`createdAt`, ISO 8601), where that lies in the day before
 * the first look. Otherwise its first look was its beginning if that saw it waiting for its run; else nobody knows.
 * A server's clock that is ahead thus does no harm, and one that is behind adds the same to every life.
 */
export function creationOf(
	looks: readonly Look[],
	createdAt: string | undefined,
): number | undefined {
	if (looks.length === 0) return undefined;
	const [first] = looks;
	const told = createdAt === undefined ? Number.NaN : Date.parse(createdAt);
	if (told <= first.at && first.at - told <= LONGEST_AGE_MS) return told;
	return first.queued ? first.at : undefined;
}

/** The moments (epoch ms, equally likely, the soonest first) at which the task may end, if it lives like others. */
export function expectedEnds(
	expectation: Expectation | undefined,
	looks: readonly Look[],
	createdAt: string | undefined,
): number[] {
	const createdAtMs = creationOf(looks, createdAt);
	if (!expectation || createdAtMs === undefined) return [];
	return expectation.livesMs.map((life) => createdAtMs + life);
}
