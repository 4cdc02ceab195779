import { z } from 'zod';
import { storedList, storedMoment, storedOutcome, storedTask } from './stored';
import type { Watch } from './watch';

const moment = storedMoment.optional().catch(undefined);

const look = z.object({
	at: storedMoment,
	progress: z.number().min(0).max(1).optional().catch(undefined),
	queued: z.literal(true).optional().catch(undefined),
});

const watch = z.object({
	startedAt: storedMoment,
	newsAt: moment,
	looks: z.number().min(0).catch(0),
	answered: storedList(look),
	notBefore: moment,
	nextLookAt: moment,
	task: storedTask.optional().catch(undefined),
	problem: storedOutcome.optional().catch(undefined),
	isUnknown: z.literal(true).optional().catch(undefined),
	withoutUrlSince: moment,
	lostSince: moment,
});

/**
 * A watch that was kept as plain JSON, perhaps by another version of this package; `undefined` when it is none. What it takes
 * is its beginning, from which the timeout counts: what is missing beside that costs a look. Never throws.
 */
export function restoreWatch(kept: unknown): Watch | undefined {
	const read = watch.safeParse(kept).data;
	if (!read) return undefined;
	const { startedAt, newsAt = startedAt, notBefore = startedAt, nextLookAt = startedAt } = read;
	const known = Object.entries(read).filter(([, value]) => value !== undefined);
	return { ...(Object.fromEntries(known) as typeof read), newsAt, notBefore, nextLookAt };
}
