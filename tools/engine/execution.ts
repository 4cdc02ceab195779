import './environment';
import { storeBinaryDataInFiles } from './engine';
import { parse, stringify } from 'flatted';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	ExecutionStatus,
	IRun,
	IRunExecutionData,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { examineObject, keyBelongsTo } from '../canary';
import { createAdditionalData } from './additionalData';
import { HarnessCredentials } from './credentials';
import { HarnessNodeTypes, loadPackages } from './nodeTypes';
import { restoreForResume, restoreForRetry } from './storedRuns';
import { createWorkflow, startingPoint } from './workflow';
import type { WorkflowJson } from './workflowJson';
import { createWorkflowRun, type RunOptions, type WorkflowRun } from './workflowRun';

/** A run under way. */
export interface StartedWorkflow {
	/** Settles when the last node has; rejects when the run could not even start. */
	finished: Promise<WorkflowRun>;
	/** Presses Stop. */
	cancel(): void;
}

type RunningExecution = ReturnType<WorkflowExecute['processRunExecutionData']>;

/** What n8n writes into its database when an execution comes to rest. */
interface StoredExecution {
	status: ExecutionStatus;
	data: string;
}

let executionCount = 0;

/**
 * Starts a workflow on n8n's own engine, in this process; requests really leave over sockets.
 * A node error does not reject: it is in the result, as it would be in n8n's execution list.
 * Missing required parameters and unknown node types do.
 */
export function startWorkflow(workflow: WorkflowJson, options: RunOptions = {}): StartedWorkflow {
	return start(workflow, options);
}

/** Like `startWorkflow`, for a run that nobody stops. */
export async function runWorkflow(
	workflow: WorkflowJson,
	options: RunOptions = {},
): Promise<WorkflowRun> {
	return await start(workflow, options).finished;
}

/**
 * Goes on with a suspended run as n8n does when its time has come, from what the database kept of
 * it. The time itself is not waited for (`run.run.waitTill` tells it).
 *
 * @param options override those of the suspended run
 * @throws when the run is not suspended
 */
export async function resumeWorkflow(
	run: WorkflowRun,
	options: Partial<RunOptions> = {},
): Promise<WorkflowRun> {
	if (run.status !== 'waiting') throw new Error(`A run that is "${run.status}" cannot be resumed`);
	return await start(run.workflow, { ...run.options, retryOf: undefined, ...options }, run)
		.finished;
}

function start(json: WorkflowJson, options: RunOptions, resumeOf?: WorkflowRun): StartedWorkflow {
	let execution: RunningExecution | undefined;
	let stopped = false;
	const execute = async () => {
		const prepared = await prepareWorkflow(json, options, resumeOf);
		execution = launch(prepared, options, resumeOf);
		if (stopped) execution.cancel();
		const run = await execution;
		const { executionId, stored } = prepared;
		if (!stored.last) throw new Error('The engine ended without handing over a result to store');
		const { status, data } = stored.last;
		examineRun(executionId, run, data);
		return createWorkflowRun({ executionId, run, status, stored: data, workflow: json, options });
	};
	return {
		finished: execute(),
		cancel() {
			stopped = true;
			execution?.cancel();
		},
	};
}

interface PreparedExecution {
	executionId: string;
	workflow: Workflow;
	mode: WorkflowExecuteMode;
	additionalData: IWorkflowExecuteAdditionalData;
	stored: { last?: StoredExecution };
}

/** Everything a workflow needs to run, or its trigger to poll. */
export async function prepareWorkflow(
	json: WorkflowJson,
	options: RunOptions,
	resumeOf?: WorkflowRun,
): Promise<PreparedExecution> {
	await storeBinaryDataInFiles();
	const packages = await loadPackages();
	const credentials = new HarnessCredentials(packages.loaders, options.credentials);
	const nodeTypes = new HarnessNodeTypes(packages, options.extraNodes);
	const workflow = createWorkflow(json, nodeTypes, credentials.typesWithData);
	for (const { baseUrl } of Object.values(options.credentials ?? {})) keyBelongsTo(baseUrl);
	const executionId = resumeOf?.executionId ?? String(++executionCount);
	const mode = resumeOf?.run.mode ?? (options.retryOf ? 'retry' : (options.mode ?? 'trigger'));
	const stored: PreparedExecution['stored'] = {};
	const hooks = createHooks(mode, executionId, json, options, (run) => {
		stored.last ??= { status: run.status, data: stringify(run.data) };
	});
	const additionalData = createAdditionalData(credentials, hooks, executionId, workflow.id);
	additionalData.variables = options.variables ?? {};
	if (resumeOf) additionalData.restartExecutionId = executionId;
	return { executionId, workflow, mode, additionalData, stored };
}

/** What n8n stores, and what the engine hands over, which knows more: whole errors. */
function examineRun(executionId: string, run: IRun, stored: string): void {
	examineObject(`what n8n stores of execution ${executionId}`, parse(stored));
	examineObject(`the result of execution ${executionId}`, run);
}

function launch(
	{ workflow, mode, additionalData }: PreparedExecution,
	options: RunOptions,
	resumeOf?: WorkflowRun,
): RunningExecution {
	const { retryOf } = options;
	if (resumeOf || retryOf) {
		const data = resumeOf
			? restoreForResume(resumeOf.stored)
			: restoreForRetry((retryOf as WorkflowRun).stored, workflow);
		return new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow);
	}
	const execute = new WorkflowExecute(additionalData, mode);
	return execute.run({ workflow, ...startingPoint(workflow, mode, options.input) });
}

function createHooks(
	mode: WorkflowExecuteMode,
	executionId: string,
	json: WorkflowJson,
	{ onNode, retryOf }: RunOptions,
	store: (run: IRun) => void,
): ExecutionLifecycleHooks {
	const workflowData = json as IWorkflowBase;
	const hooks = new ExecutionLifecycleHooks(mode, executionId, workflowData, retryOf?.executionId);
	let runData: IRunExecutionData['resultData']['runData'] = {};
	const remember = (_workflow: Workflow, data?: IRunExecutionData) => {
		runData = data?.resultData.runData ?? {};
	};
	hooks.addHandler('workflowExecuteBefore', remember);
	hooks.addHandler('workflowExecuteResume', remember);
	// n8n stores the run from this hook; on Stop it is called at once.
	hooks.addHandler('workflowExecuteAfter', store);
	hooks.addHandler('nodeExecuteBefore', (node) => {
		onNode?.({ node, event: 'before', runIndex: runData[node]?.length ?? 0 });
	});
	hooks.addHandler('nodeExecuteAfter', (node, { error }) => {
		onNode?.({ node, event: 'after', runIndex: runData[node].length - 1, error });
	});
	return hooks;
}
