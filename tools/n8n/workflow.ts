import { z } from 'zod';
import { parseWorkflow, type WorkflowJson } from '../engine/workflowJson';

const OUR_NODES = 'n8n-nodes-cometapi-runway.';

export { parseWorkflow, type WorkflowJson };

/** A workflow as n8n answers with it. */
export const storedWorkflow = z.object({
	id: z.string(),
	active: z.boolean(),
	versionId: z.string(),
	nodes: z.array(z.object({ name: z.string(), type: z.string() }).passthrough()),
});

export type StoredWorkflow = z.infer<typeof storedWorkflow>;

/** The workflow with the credential chosen in every node of our package. */
export function withCredential(
	workflow: WorkflowJson,
	{ id, name, type }: { id: string; name: string; type: string },
): WorkflowJson {
	const nodes = workflow.nodes.map((node) =>
		node.type.startsWith(OUR_NODES) ? { ...node, credentials: { [type]: { id, name } } } : node,
	);
	return { ...workflow, nodes };
}
