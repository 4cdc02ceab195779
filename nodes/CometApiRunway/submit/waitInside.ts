import type {
	DeclarativeRestApiSettings,
	IExecuteSingleFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { declaredRequest } from '../../shared/n8n/client';
import { isToolCall } from '../../shared/n8n/engine/batch';
import { toNodeError } from '../../shared/n8n/errors';
import { openTaskClient } from '../../shared/n8n/taskClient';
import { outputOf, type Delivery } from '../../shared/n8n/waiting/deliver';
import { modelIn } from '../../shared/n8n/waiting/earlierTasks';
import type { Entry, WaitSettings } from '../../shared/n8n/waiting/entries';
import { waitForItems } from '../../shared/n8n/waiting/wait';
import type { Ends, Siblings } from './batch';
import { openCreateRun, type CreateRun } from './createRun';
import type { LedgerLine } from './ledger';

/** What the items of one go at a create share, beside their batch. */
export interface Go {
	run: CreateRun;
	/** The tasks to wait for, by item. */
	toWait: Map<number, WaitSettings>;
	lines: Map<number, LedgerLine>;
	/** What the wait for all of them brings; `undefined` where there is nothing to wait for. */
	deliveries: Promise<Delivery[] | undefined>;
}

const goes = new WeakMap<Siblings, Go>();

/** The go that an item belongs to. The first item that asks begins it. */
export function goOf(
	context: IExecuteSingleFunctions,
	declared: DeclarativeRestApiSettings.HttpRequestOptions,
	siblings: Siblings,
): Go {
	const known = goes.get(siblings);
	if (known) return known;
	const begun = { run: openCreateRun(context), toWait: new Map(), lines: new Map() };
	const go = { ...begun, deliveries: deliverAll(context, declared, siblings, begun) };
	goes.set(siblings, go);
	return go;
}

/**
 * What an item emits: its `own`, the accepted task or its error, or the task's end where that is to be waited for. All items
 * of a run are waited for together, once all have been submitted. Nothing is emitted where the execution was suspended
 * meanwhile: n8n runs the node again.
 */
export async function waitInside(
	context: IExecuteSingleFunctions,
	declared: DeclarativeRestApiSettings.HttpRequestOptions,
	own: INodeExecutionData,
	siblings: Siblings,
): Promise<INodeExecutionData[]> {
	const go = goOf(context, declared, siblings);
	const item = context.getItemIndex();
	const deliveries = await ofItem(context, go.deliveries);
	if (!deliveries) return [handedOut(context, go, own)];
	if (deliveries.length === 0) return [];
	const delivery = deliveries.find((each) => each.item === item);
	if (!delivery) return [own];
	const output = outputOf(delivery);
	return ['output' in delivery ? handedOut(context, go, output) : output];
}

async function deliverAll(
	context: IExecuteSingleFunctions,
	declared: DeclarativeRestApiSettings.HttpRequestOptions,
	siblings: Siblings,
	go: Omit<Go, 'deliveries'>,
): Promise<Delivery[] | undefined> {
	const ends = await siblings.ends();
	if (!ends) return undefined;
	const someFailed = [...ends.values()].some((end) => 'error' in end);
	// An error that is about to be thrown must not be put off by a suspension, which would drop it.
	if (go.toWait.size === 0 || (someFailed && !context.continueOnFail())) {
		go.run.finish(ends, someFailed);
		return undefined;
	}
	const waiting = waitForAll(context, declared, siblings, { go, ends });
	await waiting.catch(() => go.run.finish(ends, true));
	const deliveries = await waiting;
	if (siblings.clock.stopped()) logIds(context, go);
	const isOver = deliveries.length > 0;
	if (isOver) go.run.finish(ends, someFailed || deliveries.some((each) => 'error' in each));
	return deliveries;
}

/** A stopped execution keeps no output: the log is the one place left for what was paid for. */
function logIds({ logger }: IExecuteSingleFunctions, { toWait }: Pick<Go, 'toWait'>): void {
	const ids = [...toWait.values()].map(({ taskId }) => taskId).join(', ');
	logger.warn(`The execution was stopped while it waited for these Runway tasks: ${ids}`);
}

async function waitForAll(
	context: IExecuteSingleFunctions,
	declared: DeclarativeRestApiSettings.HttpRequestOptions,
	{ clock }: Siblings,
	{ go, ends }: { go: Pick<Go, 'run' | 'toWait'>; ends: Ends },
): Promise<Delivery[]> {
	const entries: Entry[] = [...go.toWait]
		.sort(([one], [other]) => one - other)
		.map(([item, settings]) => ({ item, settings }));
	return await waitForItems(context, {
		entries,
		durable: go.run.suspendable(ends),
		clock,
		client: await openTaskClient(context, clock, declaredRequest(context, declared)),
		model: modelIn(context.getNode().parameters),
		keepRunning: false,
		passOnEarly: false,
	});
}

/** The deliveries as one item sees them: an error is thrown by the item it is about, where it is about one. */
async function ofItem(
	context: IExecuteSingleFunctions,
	deliveries: Promise<Delivery[] | undefined>,
): Promise<Delivery[] | undefined> {
	try {
		return await deliveries;
	} catch (caught) {
		const error = toNodeError(context.getNode(), caught, context.getItemIndex());
		const { itemIndex } = error.context;
		if (itemIndex !== undefined && itemIndex !== context.getItemIndex()) return [];
		throw error;
	}
}

/** An agent that has been handed out a task asks for a further one when it calls again. */
function handedOut(
	context: IExecuteSingleFunctions,
	{ lines }: Go,
	output: INodeExecutionData,
): INodeExecutionData {
	const { taskId } = output.json;
	if (isToolCall(context) && typeof taskId === 'string')
		lines.get(context.getItemIndex())?.write({ taskId, handedOut: true });
	return output;
}
