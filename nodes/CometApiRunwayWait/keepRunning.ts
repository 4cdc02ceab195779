import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { errorJson, operationError } from '../shared/n8n/errors';
import type { Outcome } from '../shared/http/outcome';
import { createWorld } from '../shared/http/clock';
import type { WaitEnd } from '../shared/task/waiter';
import { deliver, type Delivery } from './deliver';
import { outputLeadsStraightBack } from '../shared/n8n/engine';
import { settingsOrError, type SettingsOrError, type WaitSettings } from './entries';
import { siblingsError } from './siblings';
import { tellWait } from './tellWait';
import { createWatcher, watchTask, type Watcher } from './watch';

/**
 * Waits for the tasks of all items side by side, inside the running execution. Outputs come in input order and
 * paired. Errors are told only after all items have settled: as the item's own where *On Error* continues, else
 * as one error that names every sibling. When the user stops the execution, returns without output.
 */
export async function keepRunning(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	if (outputLeadsStraightBack(context)) throw endlessLoopError(context);
	const world = createWorld(context.getExecutionCancelSignal());
	const watcher = await createWatcher(context, world);
	const settings = context.getInputData().map((_, item) => settingsOrError(context, item));
	const ends = watchEachTaskOnce(watcher, settings);
	const deliveries = await Promise.all(
		settings.map(async (own, item): Promise<Delivery> => {
			if (own instanceof Error) return { error: own };
			return await deliver(
				watcher,
				own,
				await (ends.get(own.taskId) as Promise<WaitEnd<Outcome>>),
				item,
			);
		}),
	);
	if (world.stopped()) return [];
	tellWait(context, await Promise.all(ends.values()));
	const failed = deliveries.some((delivery) => 'error' in delivery);
	if (failed && !context.continueOnFail()) throw siblingsError(deliveries, settings);
	return deliveries.map((delivery, item) =>
		'output' in delivery
			? delivery.output
			: { json: errorJson(delivery.error), pairedItem: { item } },
	);
}

/** The self-loop that suspend mode asks for, left on the canvas: finished tasks would come back here for ever. */
function endlessLoopError(context: IExecuteFunctions) {
	const { name } = context.getNode();
	const text = {
		message: `The output leads straight back to "${name}"`,
		description: `In wait mode "Keep Execution Running" that is a loop without end. Connect the output to the node that takes the finished tasks instead, or set Wait Mode to "Suspend Between Checks".`,
	};
	return operationError(context.getNode(), text, 0);
}

/** One wait per task, however many items name it; the most patient item's timeout counts. */
function watchEachTaskOnce(
	watcher: Watcher,
	settings: SettingsOrError[],
): Map<string, Promise<WaitEnd<Outcome>>> {
	const orders = new Map<string, WaitSettings>();
	for (const own of settings) {
		if (own instanceof Error) continue;
		const known = orders.get(own.taskId);
		if (!known || known.timeoutMs < own.timeoutMs) orders.set(own.taskId, own);
	}
	return new Map([...orders].map(([taskId, order]) => [taskId, watchTask(watcher, order)]));
}
