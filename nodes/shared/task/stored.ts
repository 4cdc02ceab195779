import { z } from 'zod';
import type { Outcome, OutcomeKind } from '../http/outcome';
import { POLICY } from '../http/policy';
import { isFinished, TASK_STATUSES } from './status';
import type { Task } from './task';

/**
 * What was stored as a list, perhaps by another version of this package, or written over by somebody else. An entry that
 * can't be read is left out: the others count all the same. Never fails.
 */
export function storedList<Entry extends z.ZodTypeAny>(entry: Entry) {
	return z
		.array(z.unknown())
		.catch([])
		.transform((all) =>
			all.flatMap((each): Array<z.output<Entry>> => {
				const read = entry.safeParse(each);
				return read.success ? [read.data as z.output<Entry>] : [];
			}),
		);
}

/** The latest moment that there is, in epoch ms. */
const LAST_MOMENT = 8.64e15;

/** A moment that was stored, epoch ms. */
export const storedMoment = z.number().min(0).max(LAST_MOMENT);

/** A field that may be missing; what can't be read is missing. */
const text = z.string().optional().catch(undefined);
const isDate = (value: string) => !Number.isNaN(Date.parse(value));
const date = z.string().refine(isDate).optional().catch(undefined);
const amount = z.number().optional().catch(undefined);

/** A Task that was stored. */
export const storedTask: z.ZodType<Task, z.ZodTypeDef, unknown> = z.object({
	taskId: z.string(),
	status: z.enum(TASK_STATUSES),
	rawStatus: text,
	progress: amount,
	outputUrl: text,
	outputUrls: z.array(z.string().url()).optional().catch(undefined),
	outputUrlExpiresAt: date,
	failure: text,
	failureCode: text,
	createdAt: date,
	estimatedCostCredits: amount,
	costCredits: amount,
});

/** One that has ended, with what that has brought: half of it is not enough, since a look brings all of it. */
export const storedEnd = storedTask.refine(
	({ status, outputUrl, outputUrls = [] }) =>
		isFinished(status) &&
		(status !== 'SUCCEEDED' || (outputUrls.length > 0 && outputUrl === outputUrls[0])),
);

const isKind = (kind: string): kind is OutcomeKind => Object.hasOwn(POLICY, kind);

/** An outcome that was stored, which none is with its body. */
export const storedOutcome: z.ZodType<Outcome, z.ZodTypeDef, unknown> = z.object({
	kind: z.string().refine(isKind),
	statusCode: amount,
	message: text,
	code: text,
	requestId: text,
	retryAfterMs: amount,
});
