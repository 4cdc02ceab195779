/**
 * Runs workflow JSON on n8n's own engine (n8n-core), in this process: real nodes of
 * n8n-nodes-base, this repository's package from `dist/`, real HTTP, binary data on disk.
 * Free of test-framework globals, so that scripts can use it too.
 */
import './environment';

export { ActiveTrigger, type Poll } from './activeTrigger';
export { allowFileAccess, createFilesFolder, disposeEngine, listStoredFiles } from './engine';
export { resumeWorkflow, runWorkflow, startWorkflow } from './execution';
export { listenToLog } from './services';
export { loadRun } from './storedRuns';
export { editFields, items, probe, trigger } from './testNodes';
export {
	addNodes,
	chain,
	connect,
	type NodeJson,
	parseWorkflow,
	type WorkflowJson,
} from './workflowJson';
export type { NodeProgress, RunOptions, WorkflowRun } from './workflowRun';
