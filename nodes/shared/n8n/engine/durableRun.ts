import type { IExecuteData, ITaskData } from 'n8n-workflow';
import type { ItemsContext } from '../context';
import { insideOf, runsOf, suspenderOf, type RunData } from './inside';

/** Where a run keeps its memory: in the metadata of its entry on n8n's stack, which is saved with the execution. */
const MEMORY = 'cometApiRunwayWait';

/**
 * One run of a node that can be broken off and run again with the same input, in this process or, after a suspension, in
 * another. What it remembers (plain JSON) is saved by n8n with each suspension, and belongs to this run alone: another run
 * of the same node, in a loop or from another branch, has a memory of its own.
 */
export interface DurableRun {
	/** What earlier goes of this run have left; `undefined` in the first. */
	recall(): unknown;
	/** Leaves something for the next go; `undefined` forgets all. */
	remember(memory: unknown): void;
	/**
	 * Suspends the execution until a moment (epoch ms): n8n then runs the node again. Whatever the node returns now is dropped,
	 * so return nothing. Gives false where the engine does not take it up as expected: nothing is suspended then.
	 */
	suspend(until: number): Promise<boolean>;
	/**
	 * Lets the node run once more after what hangs on its output, with the same input. What it returns now flows on at once,
	 * but nothing does where that is empty.
	 */
	goOnAfterwards(memory: unknown): void;
	/** Whether anything but other goes like this is ready to run: n8n's execution order v0 puts it behind. */
	hasOthersToLetPass(): boolean;
}

/**
 * Makes a run durable, where the engine shows what that needs; `undefined` where it does not.
 *
 * n8n resumes a suspended execution by passing over the node that has suspended it, if the saved data says `waitTill`
 * (`WorkflowExecute.handleWaitingState`). Whether to suspend, and until when, it reads from the property while running.
 * The saved data is JSON, and leaves out what is not enumerable: so that property is made so, and n8n, finding nothing to
 * pass over, simply runs what is first on its stack, which is this node with the same input.
 */
export function durableRunOf(context: ItemsContext): DurableRun | undefined {
	const inside = insideOf(context);
	const { run } = inside;
	const { name } = context.getNode();
	const node = inside.nodes?.[name];
	const entry = typeof context.getExecuteData === 'function' ? context.getExecuteData() : undefined;
	const suspend = suspenderOf(context);
	if (!run || !node || !entry?.data || !suspend) return undefined;
	if (!hideWaitTill(run)) return undefined;
	for (const past of runsOf(inside, name)) endGo(past);
	takeBack(run.executionData.nodeExecutionStack, entry);
	setAlwaysOutputData(entry, node.alwaysOutputData);
	return {
		recall: () => memoryOf(entry)[MEMORY],
		remember: (memory) => setMemory(entry, memory),
		async suspend(until) {
			await suspend(new Date(until));
			if (!(run.waitTill instanceof Date)) return false;
			hideWaitTill(run, run.waitTill);
			setAlwaysOutputData(entry, false);
			return true;
		},
		goOnAfterwards(memory) {
			const next: IExecuteData = { ...entry };
			delete next.runIndex;
			setMemory(next, memory);
			setAlwaysOutputData(entry, false);
			run.executionData.nodeExecutionStack.push(next);
		},
		hasOthersToLetPass: () =>
			run.executionData.nodeExecutionStack.some((other) => memoryOf(other)[MEMORY] === undefined),
	};
}

/** Whether n8n's mark of a suspension could be kept out of what is saved. */
function hideWaitTill(run: RunData, value?: Date): boolean {
	return Reflect.defineProperty(run, 'waitTill', {
		value,
		enumerable: false,
		writable: true,
		configurable: true,
	});
}

/** A go that suspended has left a run that is shown as waiting; and n8n keeps the entry's metadata with each run. */
function endGo(past: ITaskData): void {
	if (past.executionStatus === 'waiting') past.executionStatus = 'success';
	setMemory(past, undefined);
}

/**
 * n8n's *Retry On Fail* runs a node again, with the same entry, when its first item has an error, and drops what it has
 * returned: what that go has put on the stack goes with it.
 */
function takeBack(stack: IExecuteData[], entry: IExecuteData): void {
	const place = stack.findIndex(
		(other) => other.data === entry.data && memoryOf(other)[MEMORY] !== undefined,
	);
	if (place >= 0) stack.splice(place, 1);
}

/**
 * With *Always Output Data* n8n puts an empty item on the output of a run that has none, which would flow on: it must do so
 * after the last go only. n8n asks the node of the entry, which is changed for this run alone.
 */
function setAlwaysOutputData(entry: IExecuteData, alwaysOutputData: boolean | undefined): void {
	if (entry.node.alwaysOutputData !== alwaysOutputData)
		entry.node = { ...entry.node, alwaysOutputData };
}

/** An entry of n8n's stack, or a run that is over: n8n shows the entry's metadata there. */
type Remembering = Pick<IExecuteData | ITaskData, 'metadata'>;

function memoryOf({ metadata }: Remembering): Record<string, unknown> {
	return (metadata ?? {}) as Record<string, unknown>;
}

function setMemory(entry: Remembering, memory: unknown): void {
	const others = Object.entries(memoryOf(entry)).filter(([key]) => key !== MEMORY);
	const all = memory === undefined ? others : [...others, [MEMORY, memory]];
	entry.metadata = all.length === 0 ? undefined : Object.fromEntries(all);
}
