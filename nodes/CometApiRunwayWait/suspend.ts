import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { operationError } from '../shared/n8n/errors';
import type { Outcome } from '../shared/http/outcome';
import { createWorld } from '../shared/http/clock';
import { LONGEST_STAY_MS, planNextStep } from '../shared/task/suspension';
import { noteLook, type Ending, type Watch } from '../shared/task/watch';
import { letOthersGoFirst, outputLeadsBack } from '../shared/n8n/engine';
import { emitSuspended } from './emitSuspended';
import { openState, watchOf, type WaitState } from './waitState';
import { settingsOrError, type SettingsOrError, type WaitSettings } from './entries';
import { createWatcher, lookAtTask, type Watcher } from './watch';

/** One task of this run: what to do, what has been seen, and how it ended, if it has. */
export interface Watched {
	settings: WaitSettings;
	watch: Watch<Outcome>;
	deadline: number;
	ending?: Ending<Outcome>;
}

/** Outputs of the node in this mode: Still Processing, Succeeded, Failed. */
export type SuspendOutputs = [INodeExecutionData[], INodeExecutionData[], INodeExecutionData[]];

/**
 * One run of the node in suspend mode. Looks at the tasks that are due. When some have finished, they leave and
 * the others loop; when none has, the execution is suspended until the first is expected to, or, when that is
 * near, the run stays and keeps asking.
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

	const world = createWorld(context.getExecutionCancelSignal());
	const watcher = await createWatcher(context, world);
	const settings = context.getInputData().map((_, item) => settingsOrError(context, item));
	const watched = watchTasks(settings, state, world.now());
	const outcome = await checkUntilSomethingEnds(watcher, [...watched.values()], settings);
	if (outcome === 'stopped') return [[], [], []];
	if (outcome === 'ended') return await emitSuspended(watcher, settings, watched, state);
	await context.putExecutionToWait(new Date(outcome.suspendUntil));
	return [context.getInputData(), [], []];
}

function watchTasks(
	settings: SettingsOrError[],
	state: WaitState,
	now: number,
): Map<string, Watched> {
	const watched = new Map<string, Watched>();
	for (const own of settings) {
		if (own instanceof Error) continue;
		const { timeoutMs } = own;
		const watch = watchOf(state, own.taskId, now);
		const known = watched.get(own.taskId);
		const patient = known && known.settings.timeoutMs >= timeoutMs ? known.settings : own;
		watched.set(own.taskId, {
			settings: patient,
			watch,
			deadline: watch.startedAt + patient.timeoutMs,
		});
	}
	return watched;
}

async function checkUntilSomethingEnds(
	watcher: Watcher,
	tasks: Watched[],
	settings: SettingsOrError[],
): Promise<'ended' | 'stopped' | { suspendUntil: number }> {
	const { world } = watcher;
	const stayUntil = world.now() + LONGEST_STAY_MS;
	for (;;) {
		await Promise.all(tasks.map(async (task) => await lookIfDue(watcher, task)));
		if (world.stopped()) return 'stopped';
		const hasWrongItem = settings.some((own) => own instanceof Error);
		if (hasWrongItem || tasks.some(({ ending }) => ending)) return 'ended';
		const step = planNextStep(tasks, world.now(), stayUntil, () => world.random());
		if (step.kind === 'suspend') return { suspendUntil: step.until };
		await world.sleep(step.until - world.now());
		if (world.stopped()) return 'stopped';
	}
}

/**
 * Looks at a task whose time has come. A run that comes late or twice, or a clock that jumped back, changes
 * nothing but that: the next look is due by the clock as it is now.
 */
async function lookIfDue(watcher: Watcher, task: Watched): Promise<void> {
	const { world } = watcher;
	const { watch, settings } = task;
	const clockJumpedBack = world.now() < watch.newsAt;
	if (world.now() >= watch.notBefore || clockJumpedBack) {
		const look = await lookAtTask(watcher, settings);
		if (world.stopped()) return;
		task.ending = noteLook(look, watch, world.now(), settings.minPollMs, () => world.random());
	}
	if (!task.ending && world.now() >= task.deadline) {
		task.ending = { kind: 'timedOut', task: watch.task, problem: watch.problem };
	}
}

function noWayBackError(context: IExecuteFunctions) {
	const { name } = context.getNode();
	const text = {
		message: `Output "Still Processing" does not lead back to "${name}"`,
		description: `In wait mode "Suspend Between Checks", connect the output "Still Processing" to the input of "${name}", directly or through other nodes: tasks that are not finished yet come back that way.`,
	};
	return operationError(context.getNode(), text, 0);
}
