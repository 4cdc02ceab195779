import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { DEFAULT_API_KEY, type Simulator } from '../simulator';
import { chain, runWorkflow, trigger, type NodeJson, type RunOptions, type WorkflowRun } from '.';

/** A CometAPI Runway node as a workflow has it; what is left out has the node's defaults. */
export function runway(name: string, parameters: IDataObject, more: Partial<INode> = {}): NodeJson {
	return {
		name,
		type: 'n8n-nodes-cometapi-runway.cometApiRunway',
		parameters: parameters as INode['parameters'],
		...more,
	};
}

/** Video → Transform of a clip on the web, with the item's `prompt`. */
export function transform(parameters: IDataObject = {}, more: Partial<INode> = {}): NodeJson {
	const defaults = { videoUrl: 'https://example.com/clip.mp4', promptText: '={{ $json.prompt }}' };
	return runway(
		'Transform',
		{ resource: 'video', operation: 'transform', ...defaults, ...parameters },
		more,
	);
}

/** Task → Get of the item's `taskId`. */
export function getTask(parameters: IDataObject = {}, more: Partial<INode> = {}): NodeJson {
	return runway(
		'Get',
		{ resource: 'task', operation: 'get', taskId: '={{ $json.taskId }}', ...parameters },
		more,
	);
}

/**
 * A Wait node that polls fast enough for a simulator that runs at many times real speed, and waits in the process, since n8n
 * suspends for a minute at least.
 */
export function wait(
	options: IDataObject = {},
	parameters: IDataObject = {},
	more: Partial<INode> = {},
): NodeJson {
	return {
		name: 'Wait',
		type: 'n8n-nodes-cometapi-runway.cometApiRunwayWait',
		parameters: {
			...parameters,
			options: { minPollSeconds: 0.05, keepRunning: true, ...options },
		} as INode['parameters'],
		...more,
	};
}

/** The credential of a simulator. */
export function credentialFor(
	simulator: Simulator,
	apiKey = DEFAULT_API_KEY,
): NonNullable<RunOptions['credentials']> {
	return { cometApiRunwayApi: { apiKey, baseUrl: simulator.baseUrl } };
}

/** Runs nodes one after another on the given items, against a simulator. */
export async function runChain(
	simulator: Simulator,
	nodes: NodeJson[],
	input: INodeExecutionData[],
	options: RunOptions = {},
): Promise<WorkflowRun> {
	return await runWorkflow(chain(trigger, ...nodes), {
		credentials: credentialFor(simulator),
		input,
		...options,
	});
}

/** Items with a prompt each. */
export function prompts(...texts: string[]): INodeExecutionData[] {
	return texts.map((prompt) => ({ json: { prompt } }));
}

/** What an error says, with everything a program finds in it. */
export function told(run: WorkflowRun): {
	message: string;
	description: string;
	context: IDataObject;
} {
	const error = run.error as unknown as {
		message: string;
		description?: string;
		context?: IDataObject;
	};
	return {
		message: error.message,
		description: error.description ?? '',
		context: error.context ?? {},
	};
}
