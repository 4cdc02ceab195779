import type { INode } from 'n8n-workflow';
import { z } from 'zod';
import type { StoredCredential, WorkflowJson } from '../../../tools/n8n';
import { startStrictServer } from '../strictServer';
import { itemPerPrompt, manualTrigger, node, sequence, transformNode } from '../workflows';

const KEY = 'sk-scripted-model';
const MODEL = 'scripted';

/** A request that offers just one tool; what a tool has answered is a text. */
const chatRequest = z.object({
	model: z.literal(MODEL),
	stream: z.literal(false).optional(),
	messages: z.array(
		z.union([
			z.object({ role: z.literal('tool'), content: z.string() }),
			z.object({ role: z.enum(['system', 'user', 'assistant']) }),
		]),
	),
	tools: z.tuple([
		z.object({
			function: z.object({
				name: z.string(),
				parameters: z.object({ properties: z.record(z.unknown()) }),
			}),
		}),
	]),
});

/** A chat model of OpenAI's kind that does as it is told. */
export interface ScriptedModel {
	/** What goes into n8n's OpenAI credential. */
	credential: { apiKey: string; url: string };
	/** The names of the arguments that its tool takes, as it was told them. */
	argumentsOffered: string[];
}

/**
 * Starts a model that calls the tool it is offered, with these arguments, so many times one after another, and then
 * repeats what the tool has answered last.
 */
export async function startScriptedModel(toolArguments: object, calls = 1): Promise<ScriptedModel> {
	const argumentsOffered: string[] = [];
	const baseUrl = await startStrictServer((server) =>
		server.post('/v1/chat/completions', async ({ headers, body }) => {
			z.literal(`Bearer ${KEY}`).parse(headers.authorization);
			const { messages, tools } = chatRequest.parse(body);
			const [{ function: tool }] = tools;
			argumentsOffered.splice(0, Infinity, ...Object.keys(tool.parameters.properties));
			const answers = messages.filter((message) => message.role === 'tool');
			return answers.length < calls
				? completion(callOf(tool.name, toolArguments), 'tool_calls')
				: completion({ role: 'assistant', content: answers.at(-1)?.content }, 'stop');
		}),
	);
	return { credential: { apiKey: KEY, url: `${baseUrl}/v1` }, argumentsOffered };
}

function callOf(name: string, toolArguments: object): object {
	const call = {
		id: 'call_1',
		type: 'function',
		function: { name, arguments: JSON.stringify(toolArguments) },
	};
	return { role: 'assistant', content: null, tool_calls: [call] };
}

function completion(message: object, finishReason: string): object {
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 0,
		model: MODEL,
		choices: [{ index: 0, message, finish_reason: finishReason }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

interface ToolSettings {
	itemCount?: 1 | 2;
	returnAs?: 'task' | 'url';
}

/** Start → some items → AI Agent, with a chat model, and with CometAPI Runway as its tool, whose prompt the model writes. */
export function agentWithRunwayTool(
	credential: StoredCredential,
	{ itemCount, returnAs = 'task', ...more }: Partial<INode> & ToolSettings = {},
): WorkflowJson {
	const prompt = "={{ $fromAI('prompt', 'What the clip should look like', 'string') }}";
	const tool = transformNode({ promptText: prompt, returnAs }, more);
	return agentWith(tool, credential, { itemCount });
}

/** The same with one of our nodes as the tool. */
export function agentWith(
	ours: INode,
	{ id, name }: StoredCredential,
	{ itemCount = 1, start = manualTrigger }: { itemCount?: 1 | 2; start?: INode },
): WorkflowJson {
	const agent = node('AI Agent', '@n8n/n8n-nodes-langchain.agent', 2.2, {
		promptType: 'define',
		text: 'Make it snow in my clip',
		options: {},
	});
	const model: INode = node(
		'Model',
		'@n8n/n8n-nodes-langchain.lmChatOpenAi',
		1.2,
		{ model: { __rl: true, mode: 'id', value: MODEL }, options: {} },
		{ credentials: { openAiApi: { id, name } } },
	);
	// n8n gives the tool variant of a node a type of its own.
	const tool: INode = { ...ours, type: `${ours.type}Tool` };
	const items = itemPerPrompt(['one', 'two'].slice(0, itemCount));
	const workflow = sequence('Agent', [start, items, agent]);
	workflow.nodes.push(model, tool);
	workflow.connections[model.name] = {
		ai_languageModel: [[{ node: agent.name, type: 'ai_languageModel', index: 0 }]],
	};
	workflow.connections[tool.name] = {
		ai_tool: [[{ node: agent.name, type: 'ai_tool', index: 0 }]],
	};
	return workflow;
}
