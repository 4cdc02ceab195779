import type { IExecuteFunctions, INode, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';
import type { DurableRun } from '../../../../nodes/shared/n8n/engine/durableRun';
import { whyKeepRunning } from '../../../../nodes/shared/n8n/engine/whyKeepRunning';
import { fake } from '../../support/fake';

const DURABLE = fake<DurableRun>({});
const RESPOND = 'n8n-nodes-base.respondToWebhook';

interface World {
	type?: string;
	mode?: WorkflowExecuteMode;
	workflowId?: string;
	/** Nodes that have run already, by type. */
	ran?: Array<[type: string, parameters: INodeParameters]>;
	/** Nodes that have not run yet, by type. */
	toCome?: string[];
	durable?: DurableRun;
	/** Of the execution's data. */
	run?: object;
}

/** Asks in an execution where suspending is right, but for what is given. */
function ask({ type = 'package.wait', mode = 'trigger', ran = [], toCome = [], ...world }: World) {
	const nodes: INode[] = [
		...ran,
		...toCome.map((each): [string, INodeParameters] => [each, {}]),
	].map(([nodeType, parameters], index) =>
		fake<INode>({ name: `node ${index}`, type: nodeType, parameters }),
	);
	const inside = {
		workflow: { nodes: Object.fromEntries(nodes.map((node) => [node.name, node])) },
		runExecutionData: {
			resultData: {
				runData: Object.fromEntries(nodes.slice(0, ran.length).map(({ name }) => [name, [{}]])),
			},
			executionData: { nodeExecutionStack: [] },
			...world.run,
		},
	};
	const context = fake<IExecuteFunctions & typeof inside>({
		...inside,
		getNode: () => fake<INode>({ type }),
		getMode: () => mode,
		getWorkflow: () =>
			({
				id: 'workflowId' in world ? world.workflowId : 'saved',
				active: true,
			}) as ReturnType<IExecuteFunctions['getWorkflow']>,
	});
	return whyKeepRunning(context, 'durable' in world ? world.durable : DURABLE);
}

const webhook = (responseMode: string): World['ran'] => [
	['n8n-nodes-base.webhook', { responseMode }],
];
const CALLER = { executionId: '1', workflowId: 'C' };
const CHAT = '@n8n/n8n-nodes-langchain.chatTrigger';
const ANSWER = 'the webhook that started the execution waits for its answer';

test.each<[what: string, world: World, reason: string | undefined]>([
	['a saved workflow, started by its trigger', {}, undefined],
	[
		'a tool call of an agent',
		{ type: 'package.waitTool' },
		'an agent waits for the answer of its tool',
	],
	['the command line', { mode: 'cli' }, expect.stringContaining('the command line')],
	['an evaluation', { mode: 'evaluation' }, expect.stringContaining('an evaluation')],
	['a webhook that answers at once', { ran: webhook('onReceived') }, undefined],
	['one that answers with the last node', { ran: webhook('lastNode') }, ANSWER],
	['one that streams', { ran: webhook('streaming') }, ANSWER],
	[
		'one with Respond to Webhook further on',
		{ ran: webhook('responseNode'), toCome: [RESPOND] },
		ANSWER,
	],
	[
		'one with Respond to Webhook behind it',
		{ ran: [...(webhook('responseNode') ?? []), [RESPOND, {}]] },
		undefined,
	],
	[
		'one that answers with the last node, though something was sent before',
		{ ran: [...(webhook('lastNode') ?? []), [RESPOND, {}]] },
		ANSWER,
	],
	[
		'a webhook that did not start this execution',
		{ toCome: ['n8n-nodes-base.webhook'] },
		undefined,
	],
	[
		'a chat, which answers with the last node by default',
		{ ran: [[CHAT, { options: {} }]] },
		ANSWER,
	],
	[
		'a chat with Respond nodes further on',
		{ ran: [[CHAT, { options: { responseMode: 'responseNodes' } }]] },
		ANSWER,
	],
	[
		'a sub-workflow in n8n 2, whose caller waits',
		{ run: { parentExecution: CALLER, resumeToken: 'token' } },
		undefined,
	],
	[
		'one in n8n 1, whose caller does not wait',
		{ run: { parentExecution: { ...CALLER, shouldResume: false } } },
		undefined,
	],
	[
		'one in n8n 1, whose caller waits',
		{ run: { parentExecution: { ...CALLER, shouldResume: true } } },
		expect.stringContaining('sub-workflow'),
	],
	[
		'one in n8n 1, whose caller says nothing of it',
		{ run: { parentExecution: CALLER } },
		expect.stringContaining('sub-workflow'),
	],
	['a workflow that is not saved', { workflowId: undefined }, 'the workflow is not saved'],
	[
		'an engine that hides what is needed',
		{ durable: undefined },
		expect.stringContaining('this version of n8n'),
	],
])('%s', (_what, world, reason) => {
	expect(ask(world)).toEqual(reason);
});
