import type { INode, INodeParameters, IWorkflowSettings } from 'n8n-workflow';
import type { WorkflowJson } from '../../../tools/n8n';
import { toSink } from '../sink';
import { sequence, node, to, transformNode, waitNode, WAIT } from '../workflows';

interface BatchWorkflow {
	name: string;
	start: INode;
	/** Where the prompts of the batch come from; an expression that gives a list. */
	prompts: string;
	sinkUrl: string;
	settings?: IWorkflowSettings;
	/** Of the Wait node. */
	waiting?: INodeParameters;
}

/**
 * Start → one item per prompt → Transform → Wait; Succeeded and Failed each go to the sink. In suspend mode
 * `Still Processing` leads back to the Wait node.
 */
export function batchWorkflow({
	name,
	start,
	prompts,
	sinkUrl,
	settings,
	waiting = { waitMode: 'suspend' },
}: BatchWorkflow): WorkflowJson {
	const assignments = {
		assignments: [{ id: 'prompts', name: 'prompts', type: 'array', value: prompts }],
	};
	const suspends = waiting.waitMode === 'suspend';
	const workflow = sequence(name, [
		start,
		node('Prompts', 'n8n-nodes-base.set', 3.4, { assignments, options: {} }),
		node('One item each', 'n8n-nodes-base.splitOut', 1, {
			fieldToSplitOut: 'prompts',
			options: { destinationFieldName: 'prompt' },
		}),
		transformNode(),
		waitNode({ options: {}, ...waiting }),
	]);
	const done = toSink('Done', `${sinkUrl}/${name}/succeeded`);
	const failed = toSink('Not done', `${sinkUrl}/${name}/failed`);
	workflow.nodes.push({ ...done, position: [1400, 0] }, { ...failed, position: [1400, 200] });
	workflow.connections[WAIT] = {
		main: suspends ? [to(WAIT), to('Done'), to('Not done')] : [to('Done')],
	};
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
