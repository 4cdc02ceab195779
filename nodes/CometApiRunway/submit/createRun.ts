import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { isToolCall, runIndexOf, runKeyOf } from '../../shared/n8n/engine/batch';
import { durableRunOf, type DurableRun } from '../../shared/n8n/engine/durableRun';
import { errorJson, operationError, restoreError, type NodeError } from '../../shared/n8n/errors';
import type { Ends } from './batch';
import { storedList } from '../../shared/task/stored';
import { optionsOf } from './sources';
import { pageIn, taskInLedger, TOOL_PAGE } from './ledger';

/** What one item's create has come to, as plain data. */
const keptEnd = z.union([
	z.object({ item: z.number(), taskId: z.string() }),
	z.object({ item: z.number(), error: z.record(z.any()) }),
]);

/** What a run of a create keeps across its goes: in its entry on n8n's stack, which outlives suspensions and retries. */
const keptRun = z.object({
	page: z.number().optional().catch(undefined),
	/** *Retry execution* makes a new one of it. */
	executionId: z.string().catch(''),
	ends: storedList(keptEnd),
	/** What the wait keeps, where the run was suspended in it. */
	wait: z.unknown(),
});
type KeptRun = z.infer<typeof keptRun>;

/** One go at a run of a create. A suspended run is gone at again, and so is one that n8n or the user tries again. */
export interface CreateRun {
	/** The ledger's page: that of the first go, since n8n counts each go as a run. */
	page: number;
	/**
	 * What an earlier go of this execution has made of an item's create; `undefined` where it is still to be sent. A
	 * resumed go creates nothing: what has failed before it suspended has the same error again. A retry sends again what
	 * surely was not accepted. Throws the error that stays.
	 */
	taskOf(context: IExecuteSingleFunctions): string | undefined;
	/** The run for a wait, which keeps what the creates have come to as well. */
	suspendable(ends: Ends): DurableRun | undefined;
	/** Keeps what a retry must not create again; nothing where none can come. */
	finish(ends: Ends, mayBeRetried: boolean): void;
}

/** The run that an item's context belongs to. Ask once for all items. */
export function openCreateRun(context: IExecuteSingleFunctions): CreateRun {
	if (isToolCall(context)) return toolCall;
	const durable = durableRunOf(context);
	const memory = durable ?? memoryInProcess(context);
	const executionId = String(context.getExecutionId());
	const kept = keptRun.safeParse(memory.recall()).data;
	const page = kept?.page ?? pageOfLedger(context, memory) ?? runIndexOf(context);
	// Whoever retries an execution may have changed the node: there the ledger knows which tasks are still the same.
	const isSame = kept?.executionId === executionId;
	const known = new Map(isSame ? kept.ends.map((end) => [end.item, end]) : []);
	const isResumed = isSame && kept.wait !== undefined;
	const keep = (ends: Ends, wait?: unknown): void =>
		memory.remember({ page, executionId, ends: asPlain(ends), wait } satisfies KeptRun);
	return {
		page,
		taskOf(item) {
			const end = known.get(item.getItemIndex());
			if (!end && isResumed) return taskOfLedger(item, page);
			if (!end || 'taskId' in end) return end?.taskId;
			if (!isResumed && optionsOf(item).retryUncertain === true) return undefined;
			throw restoreError(item.getNode(), end.error);
		},
		suspendable: (ends) =>
			durable && {
				...durable,
				recall: () => (isResumed ? kept.wait : undefined),
				remember: (wait) => keep(wait === undefined ? lastingOf(ends) : ends, wait),
			},
		finish(ends, mayBeRetried) {
			if (mayBeRetried) keep(lastingOf(ends));
			else memory.remember(undefined);
		},
	};
}

/** The page that the ledger is at belongs to a run that is gone at again, even if that does not know it. */
function pageOfLedger(
	context: IExecuteSingleFunctions,
	memory: Pick<DurableRun, 'recall'>,
): number | undefined {
	return memory.recall() === undefined ? undefined : pageIn(context.getContext('node'));
}

/** n8n gives each call of an agent a run of its own, which is never suspended: the ledger alone knows of the others. */
const toolCall: CreateRun = {
	page: TOOL_PAGE,
	taskOf: () => undefined,
	suspendable: () => undefined,
	finish: () => {},
};

const inProcess = new WeakMap<object, unknown>();

/** What an engine that hides its inside leaves: a run's tries in this process. It is never suspended. */
function memoryInProcess(
	context: IExecuteSingleFunctions,
): Pick<DurableRun, 'recall' | 'remember'> {
	const key = runKeyOf(context);
	return {
		recall: () => inProcess.get(key),
		remember: (memory) => void inProcess.set(key, memory),
	};
}

function asPlain(ends: Ends): KeptRun['ends'] {
	return [...ends].map(([item, end]) =>
		'taskId' in end ? { item, taskId: end.taskId } : { item, ...errorJson(end.error) },
	);
}

/** What a retry goes by: the tasks, and what may be one. */
const lastingOf = (ends: Ends): Ends =>
	new Map(
		[...ends].filter(
			([, end]) => 'taskId' in end || end.error.context.submissionUncertain === true,
		),
	);

/** What is not among the ends may have been lost from them; else it was never sent. */
function taskOfLedger(context: IExecuteSingleFunctions, page: number): string {
	const storage = context.getContext('node');
	const taskId = taskInLedger(storage, page, context.getItemIndex());
	if (taskId === undefined) throw lateError(context);
	return taskId;
}

/** For an item whose fields could not be read before the suspension. */
function lateError(context: IExecuteSingleFunctions): NodeError {
	const item = context.getItemIndex();
	const text = {
		message: `Item ${item} was not sent, because its fields could not be read when the others were`,
		description: 'Nothing was created. Run the workflow again for this item.',
	};
	return operationError(context.getNode(), text, item);
}
