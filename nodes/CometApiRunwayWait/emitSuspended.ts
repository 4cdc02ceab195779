import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Clock } from '../shared/http/clock';
import { errorJson } from '../shared/n8n/errors';
import type { TaskClient } from '../shared/n8n/taskClient';
import type { Watched } from './checks';
import { deliver, runError, type Delivery, type Underway } from './deliver';
import type { Entry } from './entries';
import { tellWait } from './tellWait';
import { forget, type WaitState } from './waitState';

/** A run of which something has ended. */
interface EndedRun {
	context: IExecuteFunctions;
	client: TaskClient;
	clock: Clock;
	entries: Entry[];
	tasks: Watched[];
	state: WaitState;
}

/**
 * Sends every item of a run to its output: those still processing back into the loop as they came, finished ones
 * on, each paired with its item. A task that CometAPI refuses to show (wrong key, wrong address), or an item
 * without a task id, stops the execution before anything is emitted, so that *Retry execution* finds all tasks
 * again; with *On Error* set to continue, it leaves by Failed.
 */
export async function emitSuspended(run: EndedRun): Promise<INodeExecutionData[][]> {
	const { context, clock, entries, tasks, state } = run;
	const ended = tasks.filter(({ ending }) => ending);
	const efforts = ended.map(({ watch }) => ({
		looks: watch.looks,
		waitedMs: clock.now() - watch.startedAt,
	}));
	const deliveries = await deliverEnded(run);
	const isRefused = ended.some(({ ending }) => ending?.kind === 'failedToRead');
	const isUnusable = isRefused || entries.some((entry) => 'error' in entry);
	const error = runError(isUnusable && !context.continueOnFail() ? deliveries : []);
	if (error) throw error;

	tellWait(context, efforts);
	const [processing, succeeded, failed]: INodeExecutionData[][] = [[], [], []];
	const input = context.getInputData();
	for (const delivery of deliveries) {
		const { item } = delivery;
		if ('output' in delivery) succeeded.push(delivery.output);
		else if ('error' in delivery) failed.push(failedItem(delivery));
		else processing.push({ ...input[item], pairedItem: { item } });
	}
	for (const { settings } of ended) forget(state, settings.taskId);
	return [processing, succeeded, failed];
}

async function deliverEnded({
	context,
	client,
	entries,
	tasks,
}: EndedRun): Promise<Array<Delivery | Underway>> {
	const watched = new Map(tasks.map((task) => [task.settings.taskId, task]));
	return await Promise.all(
		entries.map(async (entry) => {
			if ('error' in entry) return entry;
			const { item, settings } = entry;
			const { taskId } = settings;
			const { ending: end, watch } = watched.get(taskId) ?? {};
			if (end) return await deliver(context, client, { item, settings, end });
			return { item, taskId, task: watch?.task };
		}),
	);
}

/** The Task as it was last seen, with the error beside it; `timedOut` where it was only late. */
function failedItem({
	item,
	taskId,
	task,
	error,
}: Extract<Delivery, { error: unknown }>): INodeExecutionData {
	const known = task ?? (taskId === undefined ? {} : { taskId });
	const late = error.context.timedOut === true ? { timedOut: true } : {};
	return { json: { ...known, ...late, ...errorJson(error) }, pairedItem: { item } };
}
