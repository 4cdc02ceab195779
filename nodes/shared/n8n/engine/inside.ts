import type { IExecuteData, INode, ITaskData } from 'n8n-workflow';
import type { ItemsContext } from '../context';

/** What the engine keeps of an execution: n8n's `IRunExecutionData`, as far as it is of use here. */
export interface RunData {
	waitTill?: unknown;
	/** The execution that has called this one as its sub-workflow, and whether it waits for it. */
	parentExecution?: { shouldResume?: boolean };
	/** Since n8n 2; of its own use is only that it is there. */
	resumeToken?: unknown;
	resultData?: { runData?: Record<string, ITaskData[]> };
	executionData: { nodeExecutionStack: IExecuteData[] };
}

/**
 * What n8n's contexts carry beside their interface, since 1.x. Every piece may be missing in another engine: whoever asks
 * has to have an answer for that.
 */
export interface Inside {
	run?: RunData;
	/** The execution's nodes by name, the parameters with their defaults. */
	nodes?: Record<string, INode>;
	/** What the workflow's nodes keep beyond executions, by `global` and `node:<name>`. */
	staticData?: object & Record<string, unknown>;
}

interface Carried {
	runExecutionData?: Partial<Omit<RunData, 'executionData'>> & {
		executionData?: { nodeExecutionStack?: unknown };
	};
	workflow?: Pick<Inside, 'nodes' | 'staticData'>;
	putExecutionToWait?(until: Date): Promise<void>;
}

/** Looks behind the interface. A piece that has not the shape it should have is missing. */
export function insideOf(context: ItemsContext): Inside {
	const { runExecutionData: run, workflow } = context as Carried;
	const isComplete = Array.isArray(run?.executionData?.nodeExecutionStack);
	return {
		run: isComplete ? (run as RunData) : undefined,
		nodes: workflow?.nodes,
		staticData: workflow?.staticData,
	};
}

/** The runs of a node so far in this execution; none where that can't be seen. */
export function runsOf({ run }: Inside, node: string): ITaskData[] {
	return run?.resultData?.runData?.[node] ?? [];
}

/** What has the execution suspended: the interface shows it to programmatic nodes only. */
export function suspenderOf(context: ItemsContext): ((until: Date) => Promise<void>) | undefined {
	return (context as Carried).putExecutionToWait?.bind(context);
}
