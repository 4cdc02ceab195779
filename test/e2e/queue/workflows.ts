import type { WorkflowJson } from '../harness';
import { toSink } from '../sink';
import { chain, node } from '../workflows';

const WAIT = 'CometAPI Runway Wait';
const SUBMIT = 'CometAPI Runway';

export interface DeliveringWorkflow {
	path: string;
	waitMode: 'keepRunning' | 'suspend';
	sinkUrl: string;
	saveExecutionProgress?: boolean;
}

/** Webhook → CometAPI Runway → CometAPI Runway Wait → HTTP Request to the sink. The call's body brings `promptText`. */
export function delivering({ path, waitMode, sinkUrl, saveExecutionProgress }: DeliveringWorkflow): WorkflowJson {
	const workflow = chain(`Deliver from ${path}`, [
		node('Webhook', 'n8n-nodes-base.webhook', 2.1, { path, httpMethod: 'POST', responseMode: 'onReceived', options: {} }, { webhookId: path }),
		node(SUBMIT, 'n8n-nodes-cometapi-runway.cometApiRunway', 1, {
			videoUrl: 'https://media.example.com/clip.mp4',
			promptText: '={{ $json.body.promptText }}',
		}),
		node(WAIT, 'n8n-nodes-cometapi-runway.cometApiRunwayWait', 1, { waitMode }),
		toSink('Sink', `${sinkUrl}/${path}/succeeded`),
	]);
	const main = 'main' as const;
	if (waitMode === 'suspend') {
		workflow.connections[WAIT] = { main: [[{ node: WAIT, type: main, index: 0 }], [{ node: 'Sink', type: main, index: 0 }], []] };
	}
	return { ...workflow, settings: { executionOrder: 'v1', ...(saveExecutionProgress ? { saveExecutionProgress } : {}) } };
}
