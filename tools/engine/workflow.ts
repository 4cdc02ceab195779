import './environment';
import type { INode, INodeExecutionData, INodeTypes, WorkflowExecuteMode } from 'n8n-workflow';
import { deepCopy, Workflow } from 'n8n-workflow';
import type { WorkflowJson } from './workflowJson';

/** Parameters by which the HTTP Request node names its credential type. */
const credentialTypeParameters = ['nodeCredentialType', 'genericAuthType'];

/**
 * The engine's view of a workflow JSON, which itself stays as it is. Execution order is `v1`, as
 * in every workflow made since n8n 1.0, unless its settings say otherwise.
 *
 * @param credentialTypes types to select in every node that can use them
 */
export function createWorkflow(
	json: WorkflowJson,
	nodeTypes: INodeTypes,
	credentialTypes: string[],
): Workflow {
	const nodes = deepCopy(json.nodes).map((node) =>
		withCredentials(node, nodeTypes, credentialTypes),
	);
	return new Workflow({
		id: json.id ?? 'workflow',
		name: json.name ?? 'Workflow',
		nodes,
		connections: deepCopy(json.connections),
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1', ...json.settings },
		staticData: json.staticData && deepCopy(json.staticData),
	});
}

/** Selects the given credentials in a node, as its user would, where it has none selected yet. */
function withCredentials(node: INode, nodeTypes: INodeTypes, types: string[]): INode {
	const { description } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const known = [
		...(description.credentials ?? []).map(({ name }) => name),
		...credentialTypeParameters.map((parameter) => node.parameters[parameter]),
	];
	const selected = types
		.filter((type) => known.includes(type))
		.map((type) => [type, { id: type, name: type }] as const);
	if (selected.length === 0) return node;
	return { ...node, credentials: { ...Object.fromEntries(selected), ...node.credentials } };
}

interface StartingPoint {
	startNode?: INode;
	triggerToStartFrom?: {
		name: string;
		data?: { data: { main: INodeExecutionData[][] } } & TaskRest;
	};
}

/** What the engine's type asks of a trigger's result and the engine itself does not read. */
interface TaskRest {
	startTime: number;
	executionIndex: number;
	executionTime: number;
	source: [];
}

/**
 * Where a fresh run starts and with which items. In a manual run the trigger's own code runs; an active workflow's
 * trigger has run already when the engine begins, and its items lie ready.
 *
 * @throws when there is no node to start from
 */
export function startingPoint(
	workflow: Workflow,
	mode: WorkflowExecuteMode,
	input: INodeExecutionData[] | undefined,
): StartingPoint {
	const startNode = workflow.getStartNode();
	if (!startNode) throw new Error('No node to start from');
	if (mode === 'manual' || !input) return { startNode };
	const rest: TaskRest = { startTime: Date.now(), executionIndex: 0, executionTime: 0, source: [] };
	const data = { ...rest, data: { main: [deepCopy(input)] } };
	return { startNode, triggerToStartFrom: { name: startNode.name, data } };
}
