import type { INode, INodeParameters } from 'n8n-workflow';
import type { WorkflowJson } from '../harness';
import { chain, node } from '../workflows';

export const SUBMIT = 'CometAPI Runway';
export const WAIT = 'CometAPI Runway Wait';
export const START = 'Start';
export const NEXT = 'Next';
export const FAILED = 'Failed';
export const LOOP = 'Loop Over Items';

/** *Retry On Fail* with three tries, as quick as n8n takes it. */
export const THREE_TRIES: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };

interface Settings {
	/** The options of Transform. */
	options?: INodeParameters;
	/** The settings tab of Transform. */
	settings?: Partial<INode>;
}

const start = node(START, 'n8n-nodes-base.manualTrigger', 1, {});
/** A webhook that answers at once, in place of the editor's start. */
export const webhook = (name: string, path: string): INode =>
	node(name, 'n8n-nodes-base.webhook', 2.1, { path, httpMethod: 'POST', responseMode: 'onReceived', options: {} }, { webhookId: path });

const pass = (name: string) => node(name, 'n8n-nodes-base.noOp', 1, {});
const to = (target: string) => [{ node: target, type: 'main' as const, index: 0 }];

/** One item per prompt. */
function promptNodes(prompts: string[]): INode[] {
	const assignments = { assignments: [{ id: 'prompts', name: 'prompts', type: 'array', value: `=${JSON.stringify(prompts)}` }] };
	return [
		node('Prompts', 'n8n-nodes-base.set', 3.4, { assignments, options: {} }),
		node('One item each', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'prompts', options: { destinationFieldName: 'prompt' } }),
	];
}

function submit({ options = {}, settings = {} }: Settings): INode {
	const parameters = { videoUrl: 'https://media.example.com/clip.mp4', promptText: '={{ $json.prompt }}', options };
	return node(SUBMIT, 'n8n-nodes-cometapi-runway.cometApiRunway', 1, parameters, settings);
}

/** Start → one item per prompt → Transform → Next; its error output, if any, leads to Failed. */
export function batch(name: string, prompts: string[], settings: Settings = {}): WorkflowJson {
	const workflow = chain(name, [start, ...promptNodes(prompts), submit(settings), pass(NEXT)]);
	workflow.nodes.push({ ...pass(FAILED), position: [880, 200] });
	workflow.connections[SUBMIT] = { main: [to(NEXT), to(FAILED)] };
	return workflow;
}

/** Start → one item per prompt → Transform → Wait. */
export function submitAndWait(name: string, prompts: string[], settings: Settings, waiting: Partial<INode>): WorkflowJson {
	const wait = node(WAIT, 'n8n-nodes-cometapi-runway.cometApiRunwayWait', 1, { options: { minPollSeconds: 1 } }, waiting);
	return chain(name, [start, ...promptNodes(prompts), submit(settings), wait]);
}

/** Start → one item per prompt → Loop Over Items, with Transform in the loop; Next has all its items. */
export function loop(name: string, prompts: string[], settings: Settings = {}): WorkflowJson {
	const each = node(LOOP, 'n8n-nodes-base.splitInBatches', 3, { batchSize: 1, options: {} });
	const workflow = chain(name, [start, ...promptNodes(prompts), each, pass(NEXT)]);
	workflow.nodes.push({ ...submit(settings), position: [880, 200] });
	workflow.connections[LOOP] = { main: [to(NEXT), to(SUBMIT)] };
	workflow.connections[SUBMIT] = { main: [to(LOOP)] };
	return workflow;
}
