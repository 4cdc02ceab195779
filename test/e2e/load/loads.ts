import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../../../tools/n8n';
import { batchWorkflow, promptsOf } from '../durable/workflows';
import { toSink } from '../sink';
import { node, sequence, SUBMIT, to, transformNode, waitNode, WAIT, webhook } from '../workflows';

/** Work for an n8n: workflows, the calls that start their executions, and the tasks that those lead to. */
export interface Load {
	name: string;
	workflows(addresses: Addresses): WorkflowJson[];
	/** Each starts an execution. */
	calls: Array<{ path: string; body?: object }>;
	/** Of each task, how it is known, and how long it runs. */
	tasks: Array<{ prompt: string; seconds: number }>;
	/** Whether its items bring along much that is not needed to wait. */
	hasLargeItems?: true;
}

/** Servers of the suite. */
export interface Addresses {
	sinkUrl: string;
	/** Of a file to download. */
	fileUrl: string;
}

const TASKS = 1_000;
const EXECUTIONS = 200;

/** Above n8n's shortest exact suspension of a minute. */
const SHORT_SECONDS = 75;
/** Long enough for two. */
const LONG_SECONDS = 150;

/** Lives of tasks that end over half a minute. */
const spread = (count: number, from: number): number[] =>
	Array.from({ length: count }, (_, index) => from + (30 * index) / count);

/** All tasks in one execution, in the create's own wait or in the Wait node behind it. */
export function oneExecution(name: string, returnAs?: 'url'): Load {
	const batch = { name, seconds: spread(TASKS, returnAs ? SHORT_SECONDS : LONG_SECONDS), returnAs };
	return {
		name: `${TASKS} tasks in one execution${returnAs ? ', Return: Output URL' : ''}`,
		workflows: ({ sinkUrl }) => [batchWorkflow(batch, sinkUrl)],
		calls: [{ path: name }],
		tasks: promptsOf(batch).map((prompt, index) => ({ prompt, seconds: batch.seconds[index] })),
	};
}

/** Executions of one task each, all started at once. */
export function manyExecutions(path: string): Load {
	const seconds = spread(EXECUTIONS, SHORT_SECONDS);
	const tasks = promptsOf({ name: path, seconds }).map((prompt, index) => ({
		prompt,
		seconds: seconds[index],
	}));
	return {
		name: `${EXECUTIONS} executions at once`,
		workflows: ({ sinkUrl }) => [
			sequence(path, [
				webhook(path),
				transformNode({ promptText: '={{ $json.body.prompt }}' }),
				waitNode({ options: {} }),
				toSink('Done', `${sinkUrl}/${path}/succeeded`, handedOn('Webhook', 'body.prompt')),
			]),
		],
		calls: tasks.map(({ prompt }) => ({ path, body: { prompt } })),
		tasks,
	};
}

const handedOn = (source: string, field: string): string =>
	`{ taskId: $json.taskId, prompt: $('${source}').item.json.${field} }`;

const LARGE_ITEMS = 2;
/** For three. */
const LARGE_SECONDS = 250;

/** Written out, what each large item has in its JSON takes at least so many bytes. */
export const LARGE_JSON_BYTES = 1_000_000;
/** And its file so many. */
export const LARGE_FILE_BYTES = 20_000_000;

/** Numbers and lists: n8n stores a text once, however many copies there are. */
const FRAMES = `={{ {
	...$json,
	frames: Array.from({ length: 25000 }, (_, frame) => ({ frame, at: [$itemIndex, frame] })),
} }}`;

/** Items with a large field and a file, which a wait takes through several suspensions: the Wait node, and a create. */
export function largeItems(): Load {
	const paths = ['large-wait', 'large-create'];
	const seconds = Array.from({ length: LARGE_ITEMS }, () => LARGE_SECONDS);
	return {
		hasLargeItems: true,
		name: `2 × ${LARGE_ITEMS} items with 1 MB of JSON and a file of 20 MB`,
		workflows: (addresses) => [
			waitingLarge(paths[0], addresses),
			creatingLarge(paths[1], addresses),
		],
		calls: paths.map((path) => ({ path, body: { prompts: promptsOf({ name: path, seconds }) } })),
		tasks: paths.flatMap((name) =>
			promptsOf({ name, seconds }).map((prompt) => ({ prompt, seconds: LARGE_SECONDS })),
		),
	};
}

const ITEMS = 'Items';
const DOWNLOAD = 'Download';

/** Webhook → items, each with its prompt, a large field and a file. */
const largeInput = (path: string, fileUrl: string): INode[] => [
	webhook(path),
	node(ITEMS, 'n8n-nodes-base.splitOut', 1, {
		fieldToSplitOut: 'body.prompts',
		options: { destinationFieldName: 'prompt' },
	}),
	node('Frames', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: FRAMES, options: {} }),
	node(DOWNLOAD, 'n8n-nodes-base.httpRequest', 4.2, {
		url: fileUrl,
		options: { response: { response: { responseFormat: 'file' } } },
	}),
];

const largeSink = (path: string, sinkUrl: string): INode =>
	toSink('Done', `${sinkUrl}/${path}/succeeded`, handedOn(ITEMS, 'prompt'));

/** A create that waits itself: the large items are its input. */
function creatingLarge(path: string, { sinkUrl, fileUrl }: Addresses): WorkflowJson {
	return sequence(path, [
		...largeInput(path, fileUrl),
		transformNode({ returnAs: 'url' }),
		largeSink(path, sinkUrl),
	]);
}

/** The tasks merged into the large items, which are the input of the Wait node. */
function waitingLarge(path: string, { sinkUrl, fileUrl }: Addresses): WorkflowJson {
	const beside = 'Beside';
	const workflow = sequence(path, [
		...largeInput(path, fileUrl),
		transformNode(),
		node(beside, 'n8n-nodes-base.merge', 3.2, {
			mode: 'combine',
			combineBy: 'combineByPosition',
			options: {},
		}),
		waitNode({ options: {} }),
		largeSink(path, sinkUrl),
	]);
	workflow.connections[DOWNLOAD] = { main: [[...to(SUBMIT), ...to(beside)]] };
	workflow.connections[SUBMIT] = { main: [[{ node: beside, type: 'main', index: 1 }]] };
	workflow.connections[beside] = { main: [to(WAIT)] };
	return workflow;
}
