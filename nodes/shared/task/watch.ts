import type { Outcome } from '../http/outcome';
import { expectedEnds, type Expectation } from './expectation';
import { nextPollDelayMs, rememberLook, type Look } from './schedule';
import { isFinished } from './status';
import type { Task, TaskReading } from './task';

/** A look that brought no news of the task. */
export interface LookProblem {
	kind: 'problem';
	/**
	 * How long such a problem is put up with: not at all, for a minute in a row (a wrong address never gets
	 * better), or until the deadline (what passes by itself must not lose a paid task).
	 */
	patience: 'none' | 'minute' | 'untilDeadline';
	/** What the server asked for, in ms. */
	retryAfterMs?: number;
	problem: Outcome;
}

export type TaskLook = Exclude<TaskReading, { kind: 'notATask' }> | LookProblem;

/** How a wait ends. */
export type Ending =
	| { kind: 'finished'; task: Task }
	| { kind: 'succeededWithoutUrl'; task: Task }
	| { kind: 'notFound'; task?: Task }
	| { kind: 'failedToRead'; problem: Outcome; task?: Task }
	/**
	 * `problem` is what the last look met, `isUnknown` that CometAPI did not know the task, and `silentMs` for how long
	 * there has been no news of the task.
	 */
	| { kind: 'timedOut'; task?: Task; problem?: Outcome; isUnknown?: true; silentMs: number };

/** What has been seen of a task so far. Plain data: it can outlive the process. Times are epoch ms. */
export interface Watch {
	startedAt: number;
	/** When the task was last seen to exist; the start, before that. */
	newsAt: number;
	looks: number;
	answered: Look[];
	/** The earliest moment at which asking again is polite. */
	notBefore: number;
	/** The moment at which asking again is worth most. */
	nextLookAt: number;
	task?: Task;
	problem?: Outcome;
	/** The last look said that the task does not exist. */
	isUnknown?: true;
	/** Since when the task is said to have succeeded, without a URL. */
	withoutUrlSince?: number;
	/** Since when all looks have met what a wrong address may be. */
	lostSince?: number;
}

/** What to wait for, and how. */
export interface WaitOrder {
	taskId: string;
	/** Counted from the first look. */
	timeoutMs: number;
	minPollMs: number;
	/** The id comes straight from a create: it is paid for, and not called missing before the deadline. */
	isOurs?: true;
}

/** A task that is waited for: what was asked, what has been seen, and how it ended, if it has. */
export interface Waited<Order extends WaitOrder = WaitOrder> {
	order: Order;
	watch: Watch;
	/** What earlier tasks of its kind took. It only moves looks. */
	expectation?: Expectation;
	ending?: Ending;
	/** What has ended is no news any more: whoever asked knows. */
	told?: true;
}

/** An address may be wrong, and a success have no URL: each is believed only after this long. It may pass. */
export const PATIENCE_MS = 60_000;

/**
 * A new task may answer "task_not_exist" for a few seconds, say CometAPI's pages, and "for several minutes" a bot that
 * uses it. An id that we were given is paid for: that there is no such task is believed only after this long.
 */
export const UNKNOWN_PATIENCE_MS = 600_000;

/** Meanwhile gaps grow to this share of the time without news: seldom does it take minutes, and never long. */
const UNKNOWN_WIDENING = 0.1;
const LONGEST_UNKNOWN_GAP_MS = 30_000;

/** When patience with a task is over, epoch ms. */
export const deadlineOf = ({ order, watch }: Waited): number => watch.startedAt + order.timeoutMs;

/** When there is something to be done about a task, epoch ms: the next look, or the end of patience. */
export const dueAt = (task: Waited): number => Math.min(task.watch.nextLookAt, deadlineOf(task));

/** A watch that begins now; its first look is due at once. */
export function startWatch(now: number): Watch {
	return { startedAt: now, newsAt: now, looks: 0, answered: [], notBefore: now, nextLookAt: now };
}

/**
 * Notes in the watch what a look at `now` has shown, and when the next one is due: never within `minPollMs`,
 * and not before what `Retry-After` asked for. Returns how the wait ends, if it does.
 */
export function noteLook(
	look: TaskLook,
	{ order, watch, expectation }: Waited,
	now: number,
	random: () => number,
): Ending | undefined {
	const { minPollMs } = order;
	watch.looks += 1;
	noteSilence(look, watch, now);
	const ending = judgeLook(look, order, watch, now);
	const retryAfterMs = look.kind === 'problem' ? (look.retryAfterMs ?? 0) : 0;
	watch.notBefore = now + Math.max(minPollMs, retryAfterMs);
	const ends = expectedEnds(expectation, watch.answered, watch.task?.createdAt);
	const delayMs = nextPollDelayMs(watch.answered, minPollMs, random, ends);
	const unknownMs = watch.isUnknown ? UNKNOWN_WIDENING * (now - watch.newsAt) : 0;
	const leastMs = Math.max(retryAfterMs, Math.min(unknownMs, LONGEST_UNKNOWN_GAP_MS));
	watch.nextLookAt = now + Math.max(delayMs, leastMs);
	return ending;
}

/** An answer about the task, even that there is none, shows that the address is right. */
function noteSilence(look: TaskLook, watch: Watch, now: number): void {
	if (look.kind === 'notFound') watch.isUnknown = true;
	else delete watch.isUnknown;
	if (look.kind === 'problem' && look.patience === 'minute') watch.lostSince ??= now;
	else delete watch.lostSince;
}

/** A status that nobody knows is no reason to think that the task is waiting. */
function toLook({ status, rawStatus, progress }: Task, at: number): Look {
	const isQueued = (status === 'PENDING' || status === 'THROTTLED') && rawStatus === undefined;
	return {
		at,
		...(progress !== undefined && { progress }),
		...(isQueued && { queued: true as const }),
	};
}

function judgeLook(
	look: TaskLook,
	{ isOurs }: WaitOrder,
	watch: Watch,
	now: number,
): Ending | undefined {
	switch (look.kind) {
		case 'task':
			watch.task = look.task;
			delete watch.problem;
			delete watch.withoutUrlSince;
			watch.newsAt = now;
			watch.answered = rememberLook(watch.answered, toLook(look.task, now));
			return isFinished(look.task.status) ? { kind: 'finished', task: look.task } : undefined;
		case 'succeededWithoutUrl':
			watch.task = look.task;
			delete watch.problem;
			watch.newsAt = now;
			watch.withoutUrlSince ??= now;
			return now - watch.withoutUrlSince < PATIENCE_MS ? undefined : look;
		case 'notFound':
			delete watch.problem;
			if (isOurs || now - watch.newsAt < UNKNOWN_PATIENCE_MS) return undefined;
			return { kind: 'notFound', task: watch.task };
		case 'problem':
			watch.problem = look.problem;
			if (look.patience === 'untilDeadline') return undefined;
			if (watch.lostSince !== undefined && now - watch.lostSince < PATIENCE_MS) return undefined;
			return { kind: 'failedToRead', problem: look.problem, task: watch.task };
	}
}

/** How a wait ends at its deadline. */
export function endAtDeadline(
	{ task, problem, isUnknown, newsAt, withoutUrlSince }: Watch,
	now: number,
): Ending {
	if (task && withoutUrlSince !== undefined) return { kind: 'succeededWithoutUrl', task };
	return { kind: 'timedOut', task, problem, isUnknown, silentMs: now - newsAt };
}
