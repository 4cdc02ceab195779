import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { clockOf } from '../shared/n8n/context';
import { durableRunOf } from '../shared/n8n/engine/durableRun';
import { openTaskClient } from '../shared/n8n/taskClient';
import { outputOf } from '../shared/n8n/waiting/deliver';
import { modelIn } from '../shared/n8n/waiting/earlierTasks';
import { waitForItems } from '../shared/n8n/waiting/wait';
import { createBefore } from './createBefore';
import { readEntries } from './readEntries';

/** Waits for the tasks of all items, by this node's parameters, and gives what is to leave now: see `waitForItems`. */
export async function wait(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const clock = clockOf(context);
	const { keepRunning, passOnEarly } = context.getNodeParameter('options', 0, {});
	const create = createBefore(context);
	const deliveries = await waitForItems(context, {
		entries: readEntries(context, create !== undefined),
		durable: durableRunOf(context),
		clock,
		client: await openTaskClient(context, clock),
		model: modelIn(create?.parameters),
		keepRunning: keepRunning === true,
		passOnEarly: passOnEarly === true,
	});
	return deliveries.map(outputOf);
}
