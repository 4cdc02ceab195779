import type { INode, INodeParameters } from 'n8n-workflow';
import type { WorkflowJson } from '../../../tools/n8n';
import {
	chain,
	itemPerPrompt,
	manualTrigger,
	node,
	SUBMIT,
	to,
	transform,
	wait,
} from '../workflows';

export const NEXT = 'Next';
export const FAILED = 'Failed';
const LOOP = 'Loop Over Items';

/** *Retry On Fail* with three tries, as quick as n8n takes it. */
export const THREE_TRIES: Partial<INode> = {
	retryOnFail: true,
	maxTries: 3,
	waitBetweenTries: 100,
};

interface Settings {
	/** The options of Transform. */
	options?: INodeParameters;
	/** The settings tab of Transform. */
	settings?: Partial<INode>;
}

const pass = (name: string) => node(name, 'n8n-nodes-base.noOp', 1, {});
const submit = ({ options = {}, settings = {} }: Settings) => transform({ options }, settings);

/** Start → one item per prompt → Transform → Next; its error output, if any, leads to Failed. */
export function batch(name: string, prompts: string[], settings: Settings = {}): WorkflowJson {
	const workflow = chain(name, [
		manualTrigger,
		itemPerPrompt(prompts),
		submit(settings),
		pass(NEXT),
	]);
	workflow.nodes.push({ ...pass(FAILED), position: [880, 200] });
	workflow.connections[SUBMIT] = { main: [to(NEXT), to(FAILED)] };
	return workflow;
}

/** Start → one item per prompt → Transform → Wait. */
export function submitAndWait(
	name: string,
	prompts: string[],
	settings: Settings,
	waiting: Partial<INode>,
): WorkflowJson {
	return chain(name, [manualTrigger, itemPerPrompt(prompts), submit(settings), wait({}, waiting)]);
}

/** Start → one item per prompt → Loop Over Items, with Transform in the loop; Next has all its items. */
export function loop(name: string, prompts: string[], settings: Settings = {}): WorkflowJson {
	const each = node(LOOP, 'n8n-nodes-base.splitInBatches', 3, { batchSize: 1, options: {} });
	const workflow = chain(name, [manualTrigger, itemPerPrompt(prompts), each, pass(NEXT)]);
	workflow.nodes.push({ ...submit(settings), position: [880, 200] });
	workflow.connections[LOOP] = { main: [to(NEXT), to(SUBMIT)] };
	workflow.connections[SUBMIT] = { main: [to(LOOP)] };
	return workflow;
}
