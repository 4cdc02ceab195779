import { binaryDataService } from './engine';
import type { CredentialData } from './credentials';
import type {
	ExecutionError,
	ExecutionStatus,
	IDataObject,
	INodeExecutionData,
	INodeType,
	IRun,
	ITaskData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { WorkflowJson } from './workflowJson';

/** A node is about to run, or has run; `error` also when the workflow goes on after it. */
export interface NodeProgress {
	node: string;
	event: 'before' | 'after';
	/** Counted from 0. */
	runIndex: number;
	error?: ExecutionError;
}

export interface RunOptions {
	/** Decrypted data by credential type, given to every node that knows the type. */
	credentials?: CredentialData;
	/** n8n's variables, by name. */
	variables?: Record<string, string>;
	/** Node types of a test by full type name, e.g. `test.probe`. */
	extraNodes?: Record<string, INodeType>;
	/** What the trigger (the node the run starts from) gives out, instead of one empty item. */
	input?: INodeExecutionData[];
	/** Default: `trigger`, an active workflow's execution; `manual` is the editor's. */
	mode?: WorkflowExecuteMode;
	onNode?(progress: NodeProgress): void;
	/**
	 * n8n's *Retry execution* of a run that failed, with the workflow as passed now ("retry with
	 * currently saved workflow"): starts at the node that failed, with its input and context.
	 */
	retryOf?: WorkflowRun;
}

/** An execution as it came to rest: done, failed, stopped or suspended. */
export interface WorkflowRun {
	readonly executionId: string;
	/** What the engine resolved with. After Stop it knows more than n8n stores: see `stored`. */
	readonly run: IRun;
	/** The status n8n's execution list shows. */
	readonly status: ExecutionStatus;
	/** The error the execution ended with. */
	readonly error?: ExecutionError;
	/**
	 * The run data as n8n writes it into its database (flatted JSON), taken when n8n takes it: on
	 * Stop that is at once, before the running node has settled. Retry and resume start from it.
	 */
	readonly stored: string;
	readonly workflow: WorkflowJson;
	readonly options: RunOptions;
	/** Every node run in order of its start, as `<node name>#<run index>`. */
	readonly nodesRun: string[];
	/**
	 * Items of one output of one run of a node.
	 *
	 * @param outputIndex counted from 0, which is the default
	 * @param runIndex counted from 0; the last run when left out
	 * @returns no items when the node did not run, or put nothing on that output
	 * @throws when the workflow has no such node
	 */
	output(nodeName: string, outputIndex?: number, runIndex?: number): INodeExecutionData[];
	/** The `json` of the items that `output` gives for the same arguments. */
	json(nodeName: string, outputIndex?: number, runIndex?: number): IDataObject[];
	/** The error the last run of a node ended with, also when the workflow went on after it. */
	nodeError(nodeName: string): ExecutionError | undefined;
	/**
	 * The bytes behind a binary property, wherever n8n keeps them.
	 *
	 * @throws when the item has no such property
	 */
	binaryBuffer(item: INodeExecutionData, propertyName: string): Promise<Buffer>;
}

/** The facts of a run that `createWorkflowRun` puts a convenient face on. */
export type RunFacts = Pick<
	WorkflowRun,
	'executionId' | 'run' | 'status' | 'stored' | 'workflow' | 'options'
>;

/** Wraps what the engine left behind. */
export function createWorkflowRun(facts: RunFacts): WorkflowRun {
	const { resultData } = facts.run.data;
	const runsOf = (nodeName: string): ITaskData[] => {
		if (!facts.workflow.nodes.some(({ name }) => name === nodeName)) {
			throw new Error(`The workflow has no node "${nodeName}"`);
		}
		return resultData.runData[nodeName] ?? [];
	};
	const output: WorkflowRun['output'] = (nodeName, outputIndex = 0, runIndex = -1) =>
		runsOf(nodeName).at(runIndex)?.data?.main[outputIndex] ?? [];
	return {
		...facts,
		error: resultData.error,
		nodesRun: listNodesRun(facts.run),
		output,
		json: (...place) => output(...place).map(({ json }) => json),
		nodeError: (nodeName) => runsOf(nodeName).at(-1)?.error,
		async binaryBuffer(item, propertyName) {
			const binary = item.binary?.[propertyName];
			if (!binary) throw new Error(`The item has no binary property "${propertyName}"`);
			return await binaryDataService().getAsBuffer(binary);
		},
	};
}

/** Start time first: the engine's own counter begins anew when an execution is resumed. */
function listNodesRun(run: IRun): string[] {
	return Object.entries(run.data.resultData.runData)
		.flatMap(([name, tasks]) => tasks.map((task, runIndex) => ({ name, task, runIndex })))
		.sort(
			(a, b) =>
				a.task.startTime - b.task.startTime || a.task.executionIndex - b.task.executionIndex,
		)
		.map(({ name, runIndex }) => `${name}#${runIndex}`);
}
