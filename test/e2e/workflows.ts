import type { INode, INodeParameters } from 'n8n-workflow';
import type { WorkflowJson } from '../../tools/n8n';

/** How our nodes are called in the workflows, as by the editor. */
export const SUBMIT = 'CometAPI Runway';
export const WAIT = 'CometAPI Runway Wait';

/** Webhook → CometAPI Runway → CometAPI Runway Wait. The call's body brings `videoUrl`, and `promptText` if it likes. */
export function transformOnWebhook(path: string, waiting = waitNode()): WorkflowJson {
	const parameters = {
		videoUrl: '={{ $json.body.videoUrl }}',
		promptText: '={{ $json.body.promptText ?? "Make it snow" }}',
	};
	return sequence(`Transform on ${path}`, [webhook(path), transformNode(parameters), waiting]);
}

/** A node as the editor saves it: parameters that have their default may be left out. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INodeParameters,
	more: Partial<INode> = {},
): INode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, ...more };
}

/** What an output leads to: the input of that node. */
export const to = (target: string) => [{ node: target, type: 'main' as const, index: 0 }];

/** A workflow of nodes in a row, each wired to the next. */
export function sequence(name: string, nodes: INode[]): WorkflowJson {
	const placed = nodes.map((each, index): INode => ({ ...each, position: [index * 220, 0] }));
	const connections = Object.fromEntries(
		nodes.slice(0, -1).map((each, index) => [each.name, { main: [to(nodes[index + 1].name)] }]),
	);
	return { name, nodes: placed, connections, settings: { executionOrder: 'v1' } };
}

/** The editor's own start. */
export const manualTrigger: INode = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});

/** A webhook; by default it answers at once. */
export function webhook(path: string, name = 'Webhook', responseMode = 'onReceived'): INode {
	return node(
		name,
		'n8n-nodes-base.webhook',
		2.1,
		{ path, httpMethod: 'POST', responseMode, options: {} },
		{ webhookId: path },
	);
}

/** One item for each prompt, under `prompt`. */
export function itemPerPrompt(prompts: string[]): INode {
	const jsCode = `return ${JSON.stringify(prompts)}.map((prompt) => ({ json: { prompt } }));`;
	return node('Prompts', 'n8n-nodes-base.code', 2, { jsCode });
}

/** CometAPI Runway on the same clip, with the prompt of each item. */
export function transformNode(parameters: INodeParameters = {}, more: Partial<INode> = {}): INode {
	const common = {
		videoUrl: 'https://media.example.com/clip.mp4',
		promptText: '={{ $json.prompt }}',
	};
	return node(
		SUBMIT,
		'n8n-nodes-cometapi-runway.cometApiRunway',
		1,
		{ ...common, ...parameters },
		more,
	);
}

/** CometAPI Runway Wait as a user has it, but for asking every second: it suspends, for a minute at least. */
export function waitNode(parameters: INodeParameters = {}, more: Partial<INode> = {}): INode {
	return node(
		WAIT,
		'n8n-nodes-cometapi-runway.cometApiRunwayWait',
		1,
		{ options: { minPollSeconds: 1 }, ...parameters },
		more,
	);
}

/** The same, waiting in the process, for suites that are not about suspending: their tasks take seconds. */
export function waitInProcess(options: INodeParameters = {}): INode {
	return waitNode({ options: { minPollSeconds: 1, keepRunning: true, ...options } });
}
