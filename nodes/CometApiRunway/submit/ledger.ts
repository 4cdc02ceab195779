import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Outcome } from '../../shared/http/outcome';
import { storedOutcome } from '../../shared/task/stored';

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

type Storage = { ledger?: { run: number; entries: Record<string, unknown> } };

const unreadable: LedgerEntry = { uncertain: { kind: 'connectionLost' } };

/**
 * An entry as it was stored, perhaps by another version of this package. One that can't be read was left by a create, of
 * which nobody can tell any more what came of it: it may have been accepted.
 */
const storedEntry = z
	.union([
		z.object({
			taskId: z.string().min(1),
			estimatedCostCredits: z.number().optional().catch(undefined),
			handedOut: z.literal(true).optional().catch(undefined),
		}),
		z.object({
			uncertain: z.intersection(
				storedOutcome,
				z.object({ answer: z.string().optional().catch(undefined) }),
			),
		}),
	])
	.catch(unreadable);

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
	if (pageIn(store) !== run) store.ledger = undefined;
	const { entries } = (store.ledger ??= { run, entries: {} });
	const key = `${item}:${createHash('sha256').update(body).digest('base64url')}`;
	return {
		read: () => (Object.hasOwn(entries, key) ? storedEntry.parse(entries[key]) : undefined),
		write: (entry) => {
			entries[key] = entry;
		},
	};
}

/**
 * The page that a ledger is at; `undefined` where there is none. Asked for each item: the entries are not looked at, of which
 * there may be thousands.
 */
export function pageIn(storage: object): number | undefined {
	const { run, entries } = Object((storage as Storage).ledger) as Record<string, unknown>;
	const isMap = typeof entries === 'object' && entries !== null && !Array.isArray(entries);
	return typeof run === 'number' && isMap ? run : undefined;
}

/** The task that the ledger has for an item of its run, whatever its body was; where no one can tell the body any more. */
export function taskInLedger(storage: object, run: number, item: number): string | undefined {
	const { ledger } = storage as Storage;
	if (!ledger || pageIn(storage) !== run) return undefined;
	const keys = Object.keys(ledger.entries).filter((key) => key.startsWith(`${item}:`));
	const entries = keys.map((key) => storedEntry.parse(ledger.entries[key]));
	return entries.map((entry) => ('taskId' in entry ? entry.taskId : undefined)).find(Boolean);
}
