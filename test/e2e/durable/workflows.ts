import type { INode, INodeParameters, IWorkflowSettings } from 'n8n-workflow';
import type { WorkflowJson } from '../../../tools/n8n';
import { toSink } from '../sink';
import { manualTrigger, node, sequence, to, transformNode, waitNode, webhook } from '../workflows';

/** One execution: so many tasks, which it waits for together unless its options say otherwise. */
export interface Batch {
	/** Of the workflow and its webhook; no other batch of the suite has it. */
	name: string;
	/** How long each of its tasks runs. */
	seconds: number[];
	/** How long each create takes to be answered; default: no time. */
	createSeconds?: number;
	/** The index of the task that ends FAILED. */
	failing?: number;
	/** Started from the editor instead of by a webhook. */
	byHand?: true;
	settings?: IWorkflowSettings;
	/** Options of the Wait node. */
	waiting?: INodeParameters;
	/** *Return* of a create that waits itself, in the place of the Wait node. */
	returnAs?: 'url' | 'file';
	/** *On Error* of the node that waits; by default errors have an output of their own. */
	onError?: NonNullable<INode['onError']>;
}

/** The prompt of each task; it is how tasks, items and outputs are told from each other. */
export function promptsOf({ name, seconds }: Pick<Batch, 'name' | 'seconds'>): string[] {
	return seconds.map((_, index) => `<${name} ${index}>`);
}

const PROMPTS = 'One item each';

/** An item with its own error may have lost the rest of its fields; its prompt comes from what it is paired with. */
const HANDED_ON = `{
	taskId: $json.taskId ?? $json.error.taskId,
	prompt: $('${PROMPTS}').item.json.prompt,
	error: $json.error?.message,
	build: $json.build,
}`;

/** What creates and waits; the last of them has *On Error*. */
function nodesOf({ returnAs, waiting = {} }: Batch, onError: INode['onError']): INode[] {
	if (returnAs) return [transformNode({ returnAs }, { onError })];
	return [transformNode(), waitNode({ options: waiting }, { onError })];
}

/** Start → one item per prompt → Transform → Wait, or one node for both; each of its outputs goes to the sink. */
export function batchWorkflow(batch: Batch, sinkUrl: string): WorkflowJson {
	const { name, byHand, settings, onError = 'continueErrorOutput' } = batch;
	const nodes = nodesOf(batch, onError);
	const prompts = `=${JSON.stringify(promptsOf(batch))}`;
	const assignments = {
		assignments: [{ id: 'prompts', name: 'prompts', type: 'array', value: prompts }],
	};
	const workflow = sequence(name, [
		byHand ? manualTrigger : webhook(name),
		node('Prompts', 'n8n-nodes-base.set', 3.4, { assignments, options: {} }),
		node(PROMPTS, 'n8n-nodes-base.splitOut', 1, {
			fieldToSplitOut: 'prompts',
			options: { destinationFieldName: 'prompt' },
		}),
		...nodes,
		toSink('Done', `${sinkUrl}/${name}/succeeded`, HANDED_ON),
	]);
	if (onError === 'continueErrorOutput') {
		const failed = toSink('Not done', `${sinkUrl}/${name}/failed`, HANDED_ON);
		workflow.nodes.push({ ...failed, position: [1100, 200] });
		workflow.connections[nodes.at(-1)!.name].main.push(to('Not done'));
	}
	workflow.settings = { ...workflow.settings, ...settings };
	return workflow;
}

/** Our trigger on some tasks, polling every minute, and the sink behind it. */
export function triggerWorkflow(
	name: string,
	taskIds: string[],
	sinkUrl: string,
	more: INodeParameters = {},
): WorkflowJson {
	return sequence(name, [
		node('CometAPI Runway Trigger', 'n8n-nodes-cometapi-runway.cometApiRunwayTrigger', 1, {
			pollTimes: { item: [{ mode: 'everyMinute' }] },
			taskIds: taskIds.join('\n'),
			...more,
		}),
		toSink('Done', `${sinkUrl}/${name}/finished`),
	]);
}
