import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Clock } from '../shared/http/clock';
import { clockOf } from '../shared/n8n/context';
import { letOthersGoFirst, outputLeadsBack } from '../shared/n8n/engine';
import { operationError } from '../shared/n8n/errors';
import { openTaskClient, type TaskClient } from '../shared/n8n/taskClient';
import {
	checkUntilSomethingEnds,
	lookAtDue,
	watchTasks,
	type CheckEnd,
	type Watched,
} from './checks';
import { emitSuspended } from './emitSuspended';
import { ordersOf, readEntries, type Entry } from './entries';
import { openState } from './waitState';

/**
 * One run of the node in suspend mode. Looks at the tasks that are due. When some have finished, they leave and
 * the others loop; when none has, the execution is suspended until the first is expected to, or, when that is
 * near, the run stays and keeps asking. Outputs: Still Processing, Succeeded, Failed.
 *
 * n8n drops the output of a run that suspends, and on resuming passes the run's input to output 0 without running
 * the node: the loop on the canvas brings it back here.
 */
export async function suspendBetweenChecks(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	if (!outputLeadsBack(context)) throw noWayBackError(context);
	const state = openState(context);
	if (letOthersGoFirst(context, state)) return [[], [], []];

	const clock = clockOf(context);
	const client = await openTaskClient(context, clock);
	const entries = readEntries(context);
	const tasks = watchTasks(ordersOf(entries), state, clock.now());
	const end = await check(client, tasks, entries, clock);
	if (end === 'stopped') return [[], [], []];
	if (end === 'ended')
		return await emitSuspended({ context, client, clock, entries, tasks, state });
	await context.putExecutionToWait(new Date(end.suspendUntil));
	return [context.getInputData(), [], []];
}

/** An item that can't be waited for ends the run as a finished task does, after one look at the others. */
async function check(
	client: TaskClient,
	tasks: Watched[],
	entries: Entry[],
	clock: Clock,
): Promise<CheckEnd> {
	if (!entries.some((entry) => 'error' in entry)) {
		return await checkUntilSomethingEnds(client, tasks, clock);
	}
	await lookAtDue(client, tasks, clock);
	return clock.stopped() ? 'stopped' : 'ended';
}

function noWayBackError(context: IExecuteFunctions) {
	const { name } = context.getNode();
	const text = {
		message: `Output "Still Processing" does not lead back to "${name}"`,
		description: `In wait mode "Suspend Between Checks", connect the output "Still Processing" to the input of "${name}", directly or through other nodes: tasks that are not finished yet come back that way.`,
	};
	return operationError(context.getNode(), text, 0);
}
