import { createHash } from 'node:crypto';
import type { Outcome } from '../../shared/http/outcome';

/** What came of a create that may have been accepted. */
export interface UncertainCreate
	extends Pick<Outcome, 'kind' | 'statusCode' | 'code' | 'requestId'> {
	/** The answer, where one came that names no task. */
	answer?: string;
}

/** A task that was accepted, and what it will cost where the answer told. */
export interface AcceptedCreate {
	taskId: string;
	estimatedCostCredits?: number;
	handedOut?: true;
}

/**
 * What is remembered of one item's create: the accepted task, or that it may have been accepted. Plain data
 * without secrets, since n8n saves it with the execution. A task that an agent was `handedOut` is not its next call's.
 */
export type LedgerEntry = AcceptedCreate | { uncertain: UncertainCreate };

/** The place of one entry. */
export interface LedgerLine {
	read(): LedgerEntry | undefined;
	write(entry: LedgerEntry): void;
}

type Storage = { ledger?: { run: number; entries: Record<string, LedgerEntry> } };

/**
 * The page of an agent's tool calls. n8n gives each call, and each try of one, a run of its own: what may have been
 * accepted has to be known to all of them.
 */
export const TOOL_PAGE = -1;

/**
 * Finds the line of one item, with the body that is sent for it, in the ledger of one run of the node.
 *
 * `storage` is the node's context: n8n keeps it across the tries of *Retry On Fail* and saves it with a failed
 * execution, so that *Retry execution* starts with it. There a retry finds what an earlier try has been given,
 * and paid for. Only the latest run is kept: the node's next run in a loop, and every new execution, starts with
 * an empty ledger, since the same prompt sent again on purpose is a new task.
 */
export function ledgerLine(storage: object, run: number, item: number, body: Buffer): LedgerLine {
	const store = storage as Storage;
	if (store.ledger?.run !== run) store.ledger = { run, entries: {} };
	const { entries } = store.ledger;
	const key = `${item}:${createHash('sha256').update(body).digest('base64url')}`;
	return {
		read: () => entries[key],
		write: (entry) => {
			entries[key] = entry;
		},
	};
}
