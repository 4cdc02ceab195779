/** Where a task is in its life, in Runway's own words (Runway API reference, "Task status"). */
export const TASK_STATUSES = [
	'PENDING',
	'THROTTLED',
	'RUNNING',
	'SUCCEEDED',
	'FAILED',
	'CANCELLED',
] as const;

export type TaskStatus = (typeof TASK_STATUSES)[number];

/** What a status word from the wire means; `rawStatus` is set when the word is not known to us. */
export interface StatusReading {
	status: TaskStatus;
	rawStatus?: string;
}

/**
 * Every status word that has been documented, for both response shapes: Runway's own words (bare shape) and
 * those of the gateway family behind CometAPI (wrapped shape).
 */
const STATUS_WORDS = new Map<string, TaskStatus>([
	['PENDING', 'PENDING'],
	['THROTTLED', 'THROTTLED'],
	['RUNNING', 'RUNNING'],
	['SUCCEEDED', 'SUCCEEDED'],
	['FAILED', 'FAILED'],
	['CANCELLED', 'CANCELLED'],
	['NOT_START', 'PENDING'],
	['SUBMITTED', 'PENDING'],
	['QUEUED', 'PENDING'],
	['IN_PROGRESS', 'RUNNING'],
	['SUCCESS', 'SUCCEEDED'],
	['FAILURE', 'FAILED'],
]);

type Stage = 'active' | 'succeeded' | 'unsuccessful';

const STAGES: Record<TaskStatus, Stage> = {
	PENDING: 'active',
	THROTTLED: 'active',
	RUNNING: 'active',
	SUCCEEDED: 'succeeded',
	FAILED: 'unsuccessful',
	CANCELLED: 'unsuccessful',
};

/** Whether nothing more will happen to a task with this status. */
export function isFinished(status: TaskStatus): boolean {
	return STAGES[status] !== 'active';
}

/**
 * Reads one status word, whatever its case. A word we do not know counts as not finished (PENDING) and is kept
 * as `rawStatus`: taking a new word for an end would lose a paid task, taking it for "not yet" only waits on.
 */
export function parseStatus(word: unknown): StatusReading {
	const text = typeof word === 'string' ? word.trim() : '';
	const status = STATUS_WORDS.get(text.toUpperCase());
	if (status) return { status };
	return text ? { status: 'PENDING', rawStatus: text } : { status: 'PENDING' };
}

/**
 * Combines the two status words of the wrapped shape. The gateway's (outer) word says whether the task has
 * ended; Runway's (inner) word, being the finer one, is taken where it agrees with that (QUEUED + THROTTLED
 * is THROTTLED, FAILURE + CANCELLED is CANCELLED). Where the outer word is unknown, the inner one decides.
 */
export function combineStatus(outerWord: unknown, innerWord: unknown): StatusReading {
	const outer = parseStatus(outerWord);
	const inner = parseStatus(innerWord);
	const outerIsKnown = isKnownWord(outerWord);
	const innerIsKnown = isKnownWord(innerWord);
	if (!outerIsKnown) return innerIsKnown ? inner : { ...inner, ...outer };
	if (innerIsKnown && STAGES[inner.status] === STAGES[outer.status]) return inner;
	return outer;
}

function isKnownWord(word: unknown): boolean {
	return typeof word === 'string' && STATUS_WORDS.has(word.trim().toUpperCase());
}
