import type { INode, INodeParameters } from 'n8n-workflow';
import type { StoredWorkflow, WorkflowJson } from '../../../tools/n8n';
import { node, sequence, SUBMIT, to, transformNode, WAIT, waitNode } from '../workflows';

/** Where what has left a Wait node arrives, each item with the prompt that n8n's pairing leads to. */
export const DONE = 'Done';
/** The same behind the error output. */
export const NOT_DONE = 'Not done';
/** A second Wait node, and where its items arrive. */
export const WAIT_AGAIN = 'Wait again';
export const DONE_AGAIN = 'Done again';

const PROMPTS = 'Prompts';

/** Adds the prompt of the item it is paired with. */
function collect(name: string, prompt = `$("${PROMPTS}").item.json.prompt`): INode {
	const added = { id: 'prompt', name: 'prompt', type: 'string', value: `={{ ${prompt} }}` };
	const assignments = { assignments: [added] };
	const parameters = { assignments, includeOtherFields: true, options: {} };
	return node(name, 'n8n-nodes-base.set', 3.4, parameters);
}

/** One item per prompt, without a Code node: on a busy machine its runner is late for many at once. */
function itemPerPrompt(prompts: string[]): INode[] {
	const value = `={{ ${JSON.stringify(prompts)} }}`;
	const assignments = { assignments: [{ id: 'prompts', name: 'prompts', type: 'array', value }] };
	const options = { destinationFieldName: 'prompt' };
	return [
		node('List', 'n8n-nodes-base.set', 3.4, { assignments, options: {} }),
		node(PROMPTS, 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'prompts', options }),
	];
}

/** The start → one item per prompt → Transform → Wait → *Done*. */
export function plain(start: INode, prompts: string[], waiting = waitNode()): WorkflowJson {
	const nodes = [start, ...itemPerPrompt(prompts), transformNode(), waiting, collect(DONE)];
	return sequence(nameOf(prompts), nodes);
}

/** With n8n's execution order of workflows made before 1.0. */
export function inOrder(
	executionOrder: 'v0' | 'v1',
	{ settings, ...workflow }: WorkflowJson,
): WorkflowJson {
	return { ...workflow, settings: { ...settings, executionOrder } };
}

/** The same with an error output that leads somewhere. */
export function withErrorOutput(
	start: INode,
	prompts: string[],
	options: INodeParameters,
): WorkflowJson {
	const more = { onError: 'continueErrorOutput', alwaysOutputData: true } as const;
	const workflow = plain(start, prompts, waitNode({ options }, more));
	add(workflow, collect(NOT_DONE));
	workflow.connections[WAIT].main.push(to(NOT_DONE));
	return workflow;
}

/** Two items that name one task. */
export function twice(start: INode, [prompt]: string[]): WorkflowJson {
	const jsCode = 'return [...$input.all(), ...$input.all()].map(({ json }) => ({ json }));';
	return sequence(nameOf([prompt]), [
		start,
		...itemPerPrompt([prompt]),
		transformNode(),
		node('Twice', 'n8n-nodes-base.code', 2, { jsCode }),
		waitNode(),
	]);
}

/** One Wait node after another: the second waits for another task. */
export function inARow(start: INode, prompts: string[]): WorkflowJson {
	const workflow = plain(start, prompts);
	const next = named('Next clip', transformNode({ promptText: '={{ $json.prompt }} again' }));
	const prompt = `$("${DONE}").item.json.prompt + " again"`;
	add(workflow, next, named(WAIT_AGAIN, waitNode()), collect(DONE_AGAIN, prompt));
	wire(workflow, DONE, next.name, WAIT_AGAIN, DONE_AGAIN);
	return workflow;
}

/** Two Wait nodes behind the same tasks. */
export function sideBySide(start: INode, prompts: string[]): WorkflowJson {
	const workflow = plain(start, prompts);
	add(workflow, named(WAIT_AGAIN, waitNode()), collect(DONE_AGAIN));
	workflow.connections[SUBMIT].main[0]?.push(...to(WAIT_AGAIN));
	wire(workflow, WAIT_AGAIN, DONE_AGAIN);
	return workflow;
}

/** The items before Transform and those after Wait, merged by their position. */
export function beforeMerge(start: INode, prompts: string[]): WorkflowJson {
	const workflow = plain(start, prompts);
	const parameters = { mode: 'combine', combineBy: 'combineByPosition', options: {} };
	add(workflow, node('Merge', 'n8n-nodes-base.merge', 3.2, parameters));
	wire(workflow, DONE, 'Merge');
	workflow.connections[PROMPTS].main[0]?.push({ node: 'Merge', type: 'main', index: 1 });
	return workflow;
}

/** Loop Over Items, two at a time; each round's items arrive at *Done*, all of them at *Done again*. */
export function inLoop(start: INode, prompts: string[]): WorkflowJson {
	const loop = node('Loop', 'n8n-nodes-base.splitInBatches', 3, { batchSize: 2, options: {} });
	const workflow = plain(start, prompts);
	add(workflow, loop, collect(DONE_AGAIN));
	wire(workflow, PROMPTS, loop.name);
	wire(workflow, DONE, loop.name);
	// Output 0 is "done", output 1 "loop".
	workflow.connections[loop.name] = { main: [to(DONE_AGAIN), to(SUBMIT)] };
	return workflow;
}

/** What another workflow calls: Transform → Wait. */
export function called(name: string): WorkflowJson {
	const parameters = { inputSource: 'passthrough' };
	const start = node('Called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, parameters);
	return sequence(name, [start, transformNode(), waitNode()]);
}

/** The start → one item per prompt → the other workflow, waited for → *Done*. */
export function calling(start: INode, prompts: string[], { id }: StoredWorkflow): WorkflowJson {
	const parameters = { workflowId: { __rl: true, mode: 'id', value: id }, options: {} };
	const call = node('Call', 'n8n-nodes-base.executeWorkflow', 1.2, parameters);
	return sequence(nameOf(prompts), [start, ...itemPerPrompt(prompts), call, collect(DONE)]);
}

/** The same as plain, with Respond to Webhook before or after the Wait node. */
export function responding(
	where: 'before' | 'after',
	start: INode,
	prompts: string[],
): WorkflowJson {
	const respond = node('Respond', 'n8n-nodes-base.respondToWebhook', 1.4, {
		respondWith: 'firstIncomingItem',
		options: {},
	});
	const before = where === 'before' ? [respond] : [];
	const after = where === 'after' ? [respond] : [];
	return sequence(nameOf(prompts), [
		start,
		...itemPerPrompt(prompts),
		transformNode(),
		...before,
		waitNode(),
		...after,
		collect(DONE),
	]);
}

function nameOf([prompt]: string[]): string {
	return `Waits for ${prompt}`;
}

function named(name: string, ours: INode): INode {
	return { ...ours, id: name, name };
}

function add(workflow: WorkflowJson, ...nodes: INode[]): void {
	workflow.nodes.push(...nodes);
}

/** Wires each node's first output to the next, and to nothing else. */
function wire(workflow: WorkflowJson, ...names: string[]): void {
	for (const [index, name] of names.slice(0, -1).entries())
		workflow.connections[name] = { main: [to(names[index + 1])] };
}
