import type { WorkflowJson } from '../../../tools/n8n';
import { toSink } from '../sink';
import { sequence, transformNode, waitNode, webhook } from '../workflows';

export interface DeliveringWorkflow {
	path: string;
	/** Whether the Wait node waits in the process; else it suspends. */
	keepRunning: boolean;
	sinkUrl: string;
	saveExecutionProgress?: boolean;
}

/** Webhook → CometAPI Runway → CometAPI Runway Wait → HTTP Request to the sink. The call's body brings `promptText`. */
export function delivering({
	path,
	keepRunning,
	sinkUrl,
	saveExecutionProgress,
}: DeliveringWorkflow): WorkflowJson {
	const workflow = sequence(`Deliver from ${path}`, [
		webhook(path),
		transformNode({ promptText: '={{ $json.body.promptText }}' }),
		waitNode({ options: { keepRunning } }),
		toSink('Sink', `${sinkUrl}/${path}/succeeded`),
	]);
	return {
		...workflow,
		settings: { executionOrder: 'v1', ...(saveExecutionProgress ? { saveExecutionProgress } : {}) },
	};
}
