import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { INode, INodeParameters } from 'n8n-workflow';
import { z } from 'zod';
import { type Execution, jsonOf } from '../../../tools/n8n';
import type { Stage } from '../stage';
import { node, SUBMIT, transformNode, WAIT } from '../workflows';
import { agentWith, type ScriptedModel, startScriptedModel, type ToolCall } from './scriptedModel';

const PROMPT = "={{ $fromAI('prompt', 'What the clip should look like', 'string') }}";

/** CometAPI Runway as a tool whose prompt the model writes. */
const transformTool = (parameters: INodeParameters = {}, more: Partial<INode> = {}): INode =>
	transformNode({ promptText: PROMPT, ...parameters }, more);

/** CometAPI Runway Wait just as the editor adds it. */
const waitTool = node(WAIT, 'n8n-nodes-cometapi-runway.cometApiRunwayWait', 1, {});

const THREE_TRIES = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };

const transform = (prompt: string): ToolCall => ({ tool: SUBMIT, arguments: { prompt } });

/** What a tool hands to the model: the items of the node. */
const toolAnswer = z
	.string()
	.transform((text) => JSON.parse(text) as unknown)
	.pipe(z.array(z.object({ taskId: z.string(), status: z.string() }).passthrough()).min(1));

/** Waits for the task of the answer before. */
const wait: ToolCall = {
	tool: WAIT,
	arguments: (answers) => ({ taskId: toolAnswer.parse(answers.at(-1))[0].taskId }),
};

const answerOf = (execution: Execution): string => String(jsonOf(execution, 'AI Agent')[0].output);

/** What our nodes do as tools of n8n's AI Agent, of one version of that node. */
export function agentTests(version: number, open: () => Stage): void {
	/** A workflow around a model that makes these calls, and the model. */
	async function scripted(
		tools: INode[],
		calls: ToolCall[],
		itemCount: 1 | 2 = 1,
	): Promise<{ workflow: ReturnType<typeof agentWith>; model: ScriptedModel }> {
		const model = await startScriptedModel(...calls);
		const credential = await open().api.createCredentialOf('openAiApi', 'Model', model.credential);
		return { workflow: agentWith(tools, credential, { itemCount, version }), model };
	}

	it('calls Transform with a prompt of its own', async () => {
		const { workflow, model } = await scripted([transformTool()], [transform('Heavy snow')]);
		const execution = await open().succeed(workflow);
		const { simulator } = open();
		const [{ id, promptText }] = simulator.tasks();
		assert.equal(promptText, 'Heavy snow');
		assert.deepEqual(model.tools[0].arguments, ['prompt']);
		assert.ok(answerOf(execution).includes(id), 'the model has been told the task id');
		assert.equal(simulator.stats().createsReceived, 1);
	});

	it('calls Transform, then Wait, each told of the other, with the task id in between', async () => {
		const { workflow, model } = await scripted(
			[transformTool(), waitTool],
			[transform('Dew'), wait],
		);
		const execution = await open().succeed(workflow);
		const [created, waiting] = ['CometAPI_Runway', 'CometAPI_Runway_Wait'].map((name) =>
			model.tools.find((tool) => tool.name === name),
		);
		assert.match(created?.description ?? '', /costs money and takes minutes.*CometAPI Runway Wait/);
		assert.match(waiting?.description ?? '', /Costs nothing/);
		assert.deepEqual(waiting?.arguments, ['taskId']);
		const [finished] = toolAnswer.parse(answerOf(execution));
		assert.deepEqual(
			[finished.taskId, finished.status],
			[open().simulator.tasks()[0].id, 'SUCCEEDED'],
		);
		assert.equal(open().simulator.stats().createsReceived, 1);
	});

	it('transforms a clip by one tool call where the tool returns the output URL', async () => {
		const { workflow } = await scripted([transformTool({ returnAs: 'url' })], [transform('Rime')]);
		const answer = answerOf(await open().succeed(workflow));
		assert.match(answer, /"outputUrl":"http/);
		assert.match(answer, /SUCCEEDED/);
		assert.equal(open().simulator.stats().createsReceived, 1);
	});

	it('has a task that fails created once, whatever tries again', async () => {
		const { simulator } = open();
		simulator.addRule({ promptIncludes: 'Thaw', scenario: { outcome: 'FAILED' } });
		const { workflow } = await scripted(
			[transformTool({ returnAs: 'url' }, THREE_TRIES)],
			[transform('Thaw'), transform('Thaw')],
		);
		const execution = await open().run(workflow);
		assert.match(JSON.stringify(execution), new RegExp(`${simulator.tasks()[0].id} failed`));
		assert.equal(simulator.stats().createsReceived, 1);
	});

	it('that works through several items calls it for each', async () => {
		const { workflow } = await scripted([transformTool()], [transform('Sleet')], 2);
		const execution = await open().succeed(workflow);
		assert.equal(jsonOf(execution, 'AI Agent').length, 2);
		assert.equal(open().simulator.tasks().length, 2);
	});

	it('sends what may have been accepted again neither by Retry On Fail nor by calling once more', async () => {
		const { simulator } = open();
		simulator.addFault({ on: 'create', kind: 'reset', accepted: true, times: 9 });
		const { workflow } = await scripted(
			[transformTool({}, THREE_TRIES)],
			[transform('Hail'), transform('Hail')],
		);
		const execution = await open().run(workflow);
		assert.match(JSON.stringify(execution), /may have been accepted/);
		assert.equal(simulator.stats().createsReceived, 1);
	});
}
