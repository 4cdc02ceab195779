import type { INode, IWorkflowBase } from 'n8n-workflow';
import { z } from 'zod';

/** A workflow as n8n exports it; what the engine does not need may be left out. */
export type WorkflowJson = Pick<IWorkflowBase, 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'id' | 'name' | 'settings' | 'staticData' | 'pinData'>>;

/** What is read of a workflow here; n8n itself judges the rest. */
const exported = z
	.object({
		name: z.string(),
		nodes: z.array(
			z
				.object({ name: z.string(), type: z.string(), parameters: z.record(z.unknown()) })
				.passthrough(),
		),
		connections: z.record(z.record(z.array(z.unknown()))),
	})
	.passthrough();

/** @throws when the text is not a workflow as n8n exports it */
export function parseWorkflow(json: string): WorkflowJson & { name: string } {
	const workflow: unknown = JSON.parse(json);
	exported.parse(workflow);
	return workflow as WorkflowJson & { name: string };
}

/** A node as a test writes it: name and type, and what differs from the defaults. */
export type NodeJson = Pick<INode, 'name' | 'type'> & Partial<INode>;

/** Completes a node; its position follows its place in the list, left to right. */
function completeNode(node: NodeJson, index: number): INode {
	return { id: node.name, typeVersion: 1, position: [index * 200, 0], parameters: {}, ...node };
}

/** A workflow that runs the nodes one after another, output 0 wired to the next one's input. */
export function chain(...nodes: NodeJson[]): WorkflowJson {
	const workflow: WorkflowJson = { nodes: nodes.map(completeNode), connections: {} };
	for (let index = 1; index < nodes.length; index++) {
		connect(workflow, nodes[index - 1].name, 0, nodes[index].name);
	}
	return workflow;
}

/** Adds nodes to a workflow without wiring them, and returns the workflow. */
export function addNodes(workflow: WorkflowJson, ...nodes: NodeJson[]): WorkflowJson {
	for (const node of nodes) workflow.nodes.push(completeNode(node, workflow.nodes.length));
	return workflow;
}

/** Wires an output (counted from 0) to the first input of another node, or of the node itself. */
export function connect(workflow: WorkflowJson, from: string, output: number, to: string): void {
	const outputs = ((workflow.connections[from] ??= {}).main ??= []);
	while (outputs.length <= output) outputs.push([]);
	(outputs[output] ??= []).push({ node: to, type: 'main', index: 0 });
}
