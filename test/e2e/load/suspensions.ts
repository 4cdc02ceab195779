import { waitFor } from '../../../tools/n8n';
import { countsOf } from '../counts';
import type { Database, Room, StoredExecution } from './database';

/** The shortest suspension lasts five seconds: none is missed. */
const POLL_MS = 2_000;

/** Nothing of this takes longer, on a busy machine too. */
const TIMEOUT_MS = 15 * 60_000;

/** What the database had of executions, from their start to their end. */
export interface Stored {
	/** Of each execution, the bytes of its data at each of its suspensions, oldest first. */
	suspensions: number[][];
	/** How the executions ended: how many by each status. */
	statuses: Record<string, number>;
	/** When one suspension more was seen than before, in order. */
	rooms: Room[];
}

const UNFINISHED = ['new', 'running', 'waiting'];

/** Watches the executions of workflows until as many as were started have ended. */
export async function watchUntilEnded(
	database: Database,
	workflowIds: string[],
	count: number,
): Promise<Stored> {
	const seen = new Map<string, Map<string, number>>();
	const rooms: Room[] = [];
	let executions: StoredExecution[] = [];
	await waitFor(
		async () => {
			executions = await database.executionsOf(workflowIds);
			const isNew = executions.filter((each) => note(seen, each)).length > 0;
			if (isNew) rooms.push(await database.room());
			const ended = executions.filter(({ status }) => !UNFINISHED.includes(status));
			return ended.length === count && ended.length === executions.length;
		},
		TIMEOUT_MS,
		() => `${count} executions to end; there are ${JSON.stringify(statusesOf(executions))}`,
		POLL_MS,
	);
	const suspensions = executions.map(({ id }) => [...(seen.get(id)?.values() ?? [])]);
	return { suspensions, statuses: statusesOf(executions), rooms };
}

/** A suspension is told from others by its end. n8n may write the data a moment later: the last size counts. */
function note(
	seen: Map<string, Map<string, number>>,
	{ id, status, waitTill, bytes }: StoredExecution,
): boolean {
	if (status !== 'waiting') return false;
	const sizes = seen.get(id) ?? new Map<string, number>();
	seen.set(id, sizes);
	const isNew = !sizes.has(waitTill);
	sizes.set(waitTill, bytes);
	return isNew;
}

const statusesOf = (executions: StoredExecution[]): Record<string, number> =>
	Object.fromEntries(countsOf(executions.map(({ status }) => status)));
