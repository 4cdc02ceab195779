import type { IConnections, INode, IPinData, IWorkflowSettings } from 'n8n-workflow';

const OUR_NODES = 'n8n-nodes-cometapi-runway.';

/** A workflow as the editor exports it. */
export interface WorkflowJson {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

/** A workflow as n8n answers with it. */
export interface StoredWorkflow extends WorkflowJson {
	id: string;
	active: boolean;
	versionId: string;
	/** The version that is published; null when the workflow is inactive. */
	activeVersionId: string | null;
}

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
