import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../../../tools/n8n';
import { toSink } from '../sink';
import { node, sequence, to, transformNode, waitNode, webhook } from '../workflows';
import { type Way, WAYS } from './plan';

const CLIPS = 'Clips';

/** What comes to the store; see store.ts. */
const DELIVERY = `{
	execution: $execution.id,
	prompt: $('${CLIPS}').item.json.prompt,
	taskId: $json.taskId ?? $json.error?.taskId,
	error: $json.error?.message,
}`;

const byErrorOutput: Partial<INode> = { onError: 'continueErrorOutput' };

/** What creates and waits; the last of them has an error output. */
const NODES: Record<Way, () => INode[]> = {
	waitFile: () => [transformNode(), waiting({ download: true })],
	waitUrl: () => [transformNode(), waiting({})],
	keeping: () => [transformNode(), waiting({ download: true, keepRunning: true })],
	nodeFile: () => [transformNode({ returnAs: 'file' }, byErrorOutput)],
	nodeUrl: () => [transformNode({ returnAs: 'url' }, byErrorOutput)],
};

const waiting = (options: Record<string, boolean>): INode =>
	waitNode({ options: { minPollSeconds: 1, ...options } }, byErrorOutput);

/** Webhook → one item per prompt of the call → create and wait → Write file, where there is one → the store. */
export function wayWorkflow(way: Way, storeUrl: string, filesFolder: string): WorkflowJson {
	const { downloads, savesProgress } = WAYS[way];
	const nodes = NODES[way]();
	const writing = node('Write file', 'n8n-nodes-base.readWriteFile', 1, {
		operation: 'write',
		fileName: `=${filesFolder}/{{ $json.taskId }}.mp4`,
		options: {},
	});
	const workflow = sequence(way, [
		webhook(way),
		node(CLIPS, 'n8n-nodes-base.splitOut', 1, {
			fieldToSplitOut: 'body.prompts',
			options: { destinationFieldName: 'prompt' },
		}),
		...nodes,
		...(downloads ? [writing] : []),
		toSink('Store', `${storeUrl}/deliveries`, DELIVERY),
	]);
	workflow.nodes.push({
		...toSink('Not done', `${storeUrl}/deliveries`, DELIVERY),
		position: [1100, 200],
	});
	workflow.connections[nodes[nodes.length - 1].name].main.push(to('Not done'));
	workflow.settings = { ...workflow.settings, saveExecutionProgress: savesProgress };
	return workflow;
}
