import type { WorkflowJson } from '../../../tools/n8n';
import { toSink } from '../sink';
import { sequence, to, transformNode, waitNode, WAIT, webhook } from '../workflows';

export interface DeliveringWorkflow {
	path: string;
	waitMode: 'keepRunning' | 'suspend';
	sinkUrl: string;
	saveExecutionProgress?: boolean;
}

/** Webhook → CometAPI Runway → CometAPI Runway Wait → HTTP Request to the sink. The call's body brings `promptText`. */
export function delivering({
	path,
	waitMode,
	sinkUrl,
	saveExecutionProgress,
}: DeliveringWorkflow): WorkflowJson {
	const workflow = sequence(`Deliver from ${path}`, [
		webhook(path),
		transformNode({ promptText: '={{ $json.body.promptText }}' }),
		waitNode({ options: {}, waitMode }),
		toSink('Sink', `${sinkUrl}/${path}/succeeded`),
	]);
	if (waitMode === 'suspend') workflow.connections[WAIT] = { main: [to(WAIT), to('Sink'), []] };
	return {
		...workflow,
		settings: { executionOrder: 'v1', ...(saveExecutionProgress ? { saveExecutionProgress } : {}) },
	};
}
