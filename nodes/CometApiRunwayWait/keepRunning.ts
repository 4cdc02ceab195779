import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { clockOf } from '../shared/n8n/context';
import { outputLeadsStraightBack } from '../shared/n8n/engine';
import { errorJson, operationError } from '../shared/n8n/errors';
import { openTaskClient } from '../shared/n8n/taskClient';
import { waitForTask, type WaitEnd } from '../shared/task/waiter';
import { deliver, runError, type Delivery } from './deliver';
import { ordersOf, readEntries } from './entries';
import { tellWait } from './tellWait';

/**
 * Waits for the tasks of all items side by side, inside the running execution. Outputs come in input order and
 * paired. Errors are told only after all items have settled: as the item's own where *On Error* continues, else
 * as one error that names every sibling. When the user stops the execution, returns without output.
 */
export async function keepRunning(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	if (outputLeadsStraightBack(context)) throw endlessLoopError(context);
	const clock = clockOf(context);
	const client = await openTaskClient(context, clock);
	const entries = readEntries(context);
	const waits = new Map<string, Promise<WaitEnd>>();
	for (const order of ordersOf(entries)) {
		const look = async () => await client.look(order);
		waits.set(order.taskId, waitForTask(order, look, clock));
	}
	const deliveries = await Promise.all(
		entries.map(async (entry): Promise<Delivery> => {
			if ('error' in entry) return entry;
			const { item, settings } = entry;
			const end = await (waits.get(settings.taskId) as Promise<WaitEnd>);
			return await deliver(context, client, { item, settings, end });
		}),
	);
	if (clock.stopped()) return [];
	tellWait(context, await Promise.all(waits.values()));
	const error = runError(deliveries);
	if (error && !context.continueOnFail()) throw error;
	return deliveries.map((delivery) => {
		if ('output' in delivery) return delivery.output;
		return { json: errorJson(delivery.error), pairedItem: { item: delivery.item } };
	});
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
