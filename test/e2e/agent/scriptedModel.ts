import type { INode } from 'n8n-workflow';
import { z } from 'zod';
import { n8nMajorVersion, type StoredCredential, type WorkflowJson } from '../../../tools/n8n';
import { startStrictServer } from '../strictServer';
import { itemPerPrompt, manualTrigger, node, sequence } from '../workflows';

const KEY = 'sk-scripted-model';
const MODEL = 'scripted';

/** What a tool has answered is a text. */
const chatRequest = z.object({
	model: z.literal(MODEL),
	stream: z.literal(false).optional(),
	messages: z.array(
		z.union([
			z.object({ role: z.literal('tool'), content: z.string() }),
			z.object({ role: z.enum(['system', 'user', 'assistant']) }),
		]),
	),
	tools: z.array(
		z.object({
			function: z.object({
				name: z.string(),
				description: z.string(),
				parameters: z.object({ properties: z.record(z.unknown()) }),
			}),
		}),
	),
});

/** A tool as the model is told of it. */
export interface OfferedTool {
	name: string;
	description: string;
	/** The names of its arguments. */
	arguments: string[];
}

/** A chat model of OpenAI's kind that does as it is told. */
export interface ScriptedModel {
	/** What goes into n8n's OpenAI credential. */
	credential: { apiKey: string; url: string };
	/** As it was offered them last. */
	tools: OfferedTool[];
}

/** A call of a tool, by the name of its node; the arguments may be made of what tools have answered before. */
export interface ToolCall {
	tool: string;
	arguments: object | ((answers: string[]) => object);
}

/** Starts a model that makes these calls one after another, and then repeats what a tool has answered last. */
export async function startScriptedModel(...calls: ToolCall[]): Promise<ScriptedModel> {
	const offered: OfferedTool[] = [];
	const baseUrl = await startStrictServer((server) =>
		server.post('/v1/chat/completions', async ({ headers, body }) => {
			z.literal(`Bearer ${KEY}`).parse(headers.authorization);
			const { messages, tools } = chatRequest.parse(body);
			offered.splice(0, Infinity, ...tools.map(offeredTool));
			const answers = messages.flatMap((each) => (each.role === 'tool' ? [each.content] : []));
			const next = calls.at(answers.length);
			return next
				? completion(callOf(next, answers), 'tool_calls')
				: completion({ role: 'assistant', content: answers.at(-1) }, 'stop');
		}),
	);
	return { credential: { apiKey: KEY, url: `${baseUrl}/v1` }, tools: offered };
}

const offeredTool = ({
	function: { name, description, parameters },
}: z.infer<typeof chatRequest>['tools'][number]): OfferedTool => ({
	name,
	description,
	arguments: Object.keys(parameters.properties),
});

/** One of a chain that has no tools; newer models are told what to do by the developer, not by the system. */
const writeRequest = z.object({
	model: z.string(),
	stream: z.literal(false).optional(),
	messages: z.tuple([
		z.object({ role: z.enum(['system', 'developer']), content: z.string() }),
		z.object({ role: z.literal('user'), content: z.string() }),
	]),
	tools: z.undefined(),
});

/** Starts a model without tools, which answers each request with what is made of the user's message. */
export async function startWritingModel(
	write: (message: string) => string,
): Promise<Pick<ScriptedModel, 'credential'>> {
	const baseUrl = await startStrictServer((server) =>
		server.post('/v1/chat/completions', async ({ headers, body }) => {
			z.literal(`Bearer ${KEY}`).parse(headers.authorization);
			const [, { content }] = writeRequest.parse(body).messages;
			return completion({ role: 'assistant', content: write(content) }, 'stop');
		}),
	);
	return { credential: { apiKey: KEY, url: `${baseUrl}/v1` } };
}

function callOf({ tool, arguments: given }: ToolCall, answers: string[]): object {
	const values = typeof given === 'function' ? (given(answers) as object) : given;
	const call = {
		id: `call_${answers.length + 1}`,
		type: 'function',
		// A tool is called as its node, without blanks.
		function: { name: tool.replaceAll(' ', '_'), arguments: JSON.stringify(values) },
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

interface AgentSettings {
	itemCount?: 1 | 2;
	start?: INode;
	/** Of n8n's agent node; by default what this n8n adds anew. */
	version?: number;
}

/** Start → some items → AI Agent, with a chat model, and with these nodes of ours as its tools. */
export function agentWith(
	ours: INode[],
	{ id, name }: StoredCredential,
	{ itemCount = 1, start = manualTrigger, version = agentVersions()[0] }: AgentSettings = {},
): WorkflowJson {
	const agent = node('AI Agent', '@n8n/n8n-nodes-langchain.agent', version, {
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
	const tools = ours.map(
		(each, index): INode => ({
			...each,
			type: `${each.type}Tool`,
			position: [440 + index * 160, 220],
		}),
	);
	const items = itemPerPrompt(['one', 'two'].slice(0, itemCount));
	const workflow = sequence('Agent', [start, items, agent]);
	workflow.nodes.push(model, ...tools);
	const leadTo = (type: 'ai_languageModel' | 'ai_tool') => ({
		[type]: [[{ node: agent.name, type, index: 0 }]],
	});
	workflow.connections[model.name] = leadTo('ai_languageModel');
	for (const tool of tools) workflow.connections[tool.name] = leadTo('ai_tool');
	return workflow;
}

/** n8n's current agent, whose tools its engine runs, and the one before, which runs them itself. */
export const agentVersions = (): number[] => [n8nMajorVersion() >= 2 ? 3.1 : 3, 2.2];
