import type { INodeExecutionData } from 'n8n-workflow';
import { errorJson, type NodeError } from '../shared/n8n/errors';
import { deliver, type Progress } from './deliver';
import { forget, type WaitState } from './waitState';
import type { SettingsOrError } from './entries';
import { siblingsError } from './siblings';
import type { SuspendOutputs, Watched } from './suspend';
import { tellWait } from './tellWait';
import type { Watcher } from './watch';

/**
 * Sends every item of a run to its output: those still processing back into the loop as they came, finished ones
 * on, each paired with its item. A task that CometAPI refuses to show (wrong key, wrong address), or an item
 * without a task id, stops the execution before anything is emitted, so that *Retry execution* finds all tasks
 * again; with *On Error* set to continue, it leaves by Failed.
 */
export async function emitSuspended(
	watcher: Watcher,
	settings: SettingsOrError[],
	watched: Map<string, Watched>,
	state: WaitState,
): Promise<SuspendOutputs> {
	const { context, world } = watcher;
	const efforts = [...watched.values()].flatMap(({ ending, watch }) =>
		ending ? [{ looks: watch.looks, waitedMs: world.now() - watch.startedAt }] : [],
	);
	const deliveries = await Promise.all(
		settings.map(async (own, item): Promise<Progress> => {
			if (own instanceof Error) return { error: own };
			const { ending, watch } = watched.get(own.taskId) as Watched;
			return ending ? await deliver(watcher, own, ending, item) : { task: watch.task };
		}),
	);
	const isRefused = [...watched.values()].some(({ ending }) => ending?.kind === 'failedToRead');
	const isUnusable = isRefused || settings.some((own) => own instanceof Error);
	if (isUnusable && !context.continueOnFail()) throw siblingsError(deliveries, settings);

	tellWait(context, efforts);
	const outputs: SuspendOutputs = [[], [], []];
	const input = context.getInputData();
	deliveries.forEach((delivery, item) => {
		if ('output' in delivery) outputs[1].push(delivery.output);
		else if ('error' in delivery) outputs[2].push(failedItem(delivery, settings[item], item));
		else outputs[0].push({ ...input[item], pairedItem: { item } });
	});
	for (const [taskId, { ending }] of watched) if (ending) forget(state, taskId);
	return outputs;
}

/** The Task as it was last seen, with the error beside it; `timedOut` where it was only late. */
function failedItem(
	{ task, error }: { task?: Progress['task']; error: NodeError },
	own: SettingsOrError,
	item: number,
): INodeExecutionData {
	const known = task ?? (own instanceof Error ? {} : { taskId: own.taskId });
	const late = error.context.timedOut === true ? { timedOut: true } : {};
	return { json: { ...known, ...late, ...errorJson(error) }, pairedItem: { item } };
}
