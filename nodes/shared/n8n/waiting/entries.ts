import type { WaitOrder } from '../../task/watch';
import type { NodeError } from '../errors';
import { positiveNumber, type InputRow } from '../input';
import type { TaskOptions } from '../options';

/** Politeness that Runway asks for, per task. */
export const DEFAULT_MIN_POLL_SECONDS = 5;

/** One item's settings, checked: the order to wait, and what to do with the output. */
export type WaitSettings = WaitOrder & TaskOptions;

/** One item of a run: what to wait for, or why that can't be. */
export type Entry = { item: number } & ({ settings: WaitSettings } | { error: NodeError });

/** The field *Timeout* of whatever waits, but for its description. */
export const timeoutField = {
	displayName: 'Timeout (Minutes)',
	name: 'timeoutMinutes',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 30,
} as const;

export const TIMEOUT_ROW = {
	label: timeoutField.displayName,
	remedy: 'Give Timeout (Minutes) a number above 0.',
	schema: positiveNumber(),
} satisfies InputRow;

/** What to wait for: each task once, however many items name it; the most patient item's settings count. */
export function ordersOf(entries: Entry[]): WaitSettings[] {
	const orders = new Map<string, WaitSettings>();
	for (const entry of entries) {
		if ('error' in entry) continue;
		const { settings } = entry;
		const known = orders.get(settings.taskId);
		if (!known || known.timeoutMs < settings.timeoutMs) orders.set(settings.taskId, settings);
	}
	return [...orders.values()];
}
