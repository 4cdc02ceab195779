import { createHash } from 'node:crypto';

/**
 * What is remembered of one item's create: the accepted task, or that it may have been accepted. Plain data
 * without secrets, since n8n saves it with the execution.
 */
export type LedgerEntry = { taskId: string } | { uncertain: { statusCode?: number; requestId?: string } };

/** The page of one run of the node: entries by item and by the body that is sent. */
export interface LedgerPage {
	find(item: number, body: Buffer): LedgerEntry | undefined;
	write(item: number, body: Buffer, entry: LedgerEntry): void;
}

type Storage = { ledger?: { run: number; entries: Record<string, LedgerEntry> } };

/**
 * Opens the ledger's page for one run of the node.
 *
 * `storage` is the node's context: n8n keeps it across the tries of *Retry On Fail* and saves it with a failed
 * execution, so that *Retry execution* starts with it. There a retry finds what an earlier try has been given,
 * and paid for. Only the latest run is kept: the node's next run in a loop, and every new execution, starts with
 * an empty page, since the same prompt sent again on purpose is a new task.
 */
export function openLedger(storage: object, run: number): LedgerPage {
	const store = storage as Storage;
	if (store.ledger?.run !== run) store.ledger = { run, entries: {} };
	const { entries } = store.ledger;
	return {
		find: (item, body) => entries[keyOf(item, body)],
		write: (item, body, entry) => {
			entries[keyOf(item, body)] = entry;
		},
	};
}

function keyOf(item: number, body: Buffer): string {
	return `${item}:${createHash('sha256').update(body).digest('base64url')}`;
}
