import {
	addNodes,
	chain,
	connect,
	trigger,
	type NodeJson,
	type WorkflowJson,
} from '../../../tools/engine';

/** *Loop Over Items*, called *Loop*, around one node, whose outputs all lead back to it. */
export function loopOver(node: NodeJson, batchSize = 1): WorkflowJson {
	const loop: NodeJson = {
		name: 'Loop',
		type: 'n8n-nodes-base.splitInBatches',
		typeVersion: 3,
		parameters: { batchSize, options: {} },
	};
	const workflow = addNodes(chain(trigger, loop), node);
	connect(workflow, 'Loop', 1, node.name);
	connect(workflow, node.name, 0, 'Loop');
	if (node.onError === 'continueErrorOutput') connect(workflow, node.name, 1, 'Loop');
	return workflow;
}
