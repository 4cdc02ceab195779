/** What is known of one call of the webhook when nothing goes on any more. */
export interface Facts {
	/** What the webhook said. */
	answer: 'started' | 'refused';
	/** The status of its execution; `none` when n8n has none. */
	status: string;
	/** Tasks that were created for it, and paid for. */
	tasks: number;
	/** Arrivals at the sink. */
	deliveries: number;
	/** Whether n8n's executions name all of its tasks, in data or error. */
	named: boolean;
}

const GIVEN_UP = new Set(['error', 'crashed']);

/**
 * What may become of a call, and who brings it about. Whatever fits no row fails the test: a task that was created
 * twice or delivered twice, one that a successful execution has not delivered, and what never ends.
 */
const FATES = {
	delivered: (facts: Facts) => isDelivered(facts) && facts.status === 'success',
	/** The caller knows, and nothing was created. */
	refused: ({ answer, tasks }: Facts) => answer === 'refused' && tasks === 0,
	/** n8n: it had ended, but that could not be stored. */
	'delivered, and not known to n8n': (facts: Facts) =>
		isDelivered(facts) && GIVEN_UP.has(facts.status),
	/** n8n: it could not be queued, or not be read by the worker. */
	'given up before its create': ({ tasks, status }: Facts) => tasks === 0 && GIVEN_UP.has(status),
	/** n8n: it could not be stored, read or queued later on; what was stored before names the task. */
	'given up, its task named': (facts: Facts) => isGivenUp(facts) && facts.named,
	/** n8n: the same; what names the task was never stored, or was dropped with all the execution's data. */
	'given up, its task forgotten': (facts: Facts) => isGivenUp(facts) && !facts.named,
} satisfies Record<string, (facts: Facts) => boolean>;

export type Fate = keyof typeof FATES;

const isDelivered = ({ tasks, deliveries }: Facts) => tasks === 1 && deliveries === 1;

const isGivenUp = ({ tasks, deliveries, status }: Facts) =>
	tasks === 1 && deliveries === 0 && GIVEN_UP.has(status);

/** @throws when it is none that may be */
export function fateOf(facts: Facts): Fate {
	for (const fate of allFates) if (FATES[fate](facts)) return fate;
	throw new Error(`Nobody accounts for ${JSON.stringify(facts)}`);
}

export const allFates = Object.keys(FATES) as Fate[];
