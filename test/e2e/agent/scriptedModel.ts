import Fastify from 'fastify';
import type { INode } from 'n8n-workflow';
import { closeWithSuite, type StoredCredential, type WorkflowJson } from '../../../tools/n8n';
import { chain, manualTrigger, node, transform } from '../workflows';

interface ChatRequest {
	messages: Array<{ role: string; content: string }>;
	tools?: Array<{
		function: { name: string; parameters: { properties: Record<string, unknown> } };
	}>;
}

/** A chat model of OpenAI's kind that does as it is told. */
export interface ScriptedModel {
	/** The base URL for n8n's OpenAI credential. */
	url: string;
	/** What it was asked, in order. */
	requests: ChatRequest[];
}

/** Starts a model that calls the first tool it is offered, with these arguments, and then repeats what the tool has answered. */
export async function startScriptedModel(toolArguments: object): Promise<ScriptedModel> {
	const requests: ChatRequest[] = [];
	const server = Fastify({ forceCloseConnections: true });
	server.post<{ Body: ChatRequest }>('/v1/chat/completions', async ({ body }) => {
		requests.push(body);
		const answered = body.messages.find(({ role }) => role === 'tool');
		const call = {
			id: 'call_1',
			type: 'function',
			function: { name: body.tools?.[0].function.name, arguments: JSON.stringify(toolArguments) },
		};
		const message = answered
			? { role: 'assistant', content: answered.content }
			: { role: 'assistant', content: null, tool_calls: [call] };
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		const choice = { index: 0, message, finish_reason: answered ? 'stop' : 'tool_calls' };
		return {
			id: 'chatcmpl-1',
			object: 'chat.completion',
			created: 0,
			model: 'scripted',
			choices: [choice],
			usage,
		};
	});
	const baseUrl = await server.listen({ port: 0, host: '127.0.0.1' });
	closeWithSuite(server);
	return { url: `${baseUrl}/v1`, requests };
}

/** Start → AI Agent, with a chat model, and with CometAPI Runway as its tool, whose prompt the model writes. */
export function agentWithRunwayTool({ id, name }: StoredCredential): WorkflowJson {
	const agent = node('AI Agent', '@n8n/n8n-nodes-langchain.agent', 2.2, {
		promptType: 'define',
		text: 'Make it snow in my clip',
		options: {},
	});
	const model: INode = node(
		'Model',
		'@n8n/n8n-nodes-langchain.lmChatOpenAi',
		1.2,
		{ model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
		{ credentials: { openAiApi: { id, name } } },
	);
	const prompt = "={{ $fromAI('prompt', 'What the clip should look like', 'string') }}";
	const tool: INode = {
		...transform({ promptText: prompt }),
		type: 'n8n-nodes-cometapi-runway.cometApiRunwayTool',
	};
	const workflow = chain('Agent', [manualTrigger, agent]);
	workflow.nodes.push(model, tool);
	workflow.connections[model.name] = {
		ai_languageModel: [[{ node: agent.name, type: 'ai_languageModel', index: 0 }]],
	};
	workflow.connections[tool.name] = {
		ai_tool: [[{ node: agent.name, type: 'ai_tool', index: 0 }]],
	};
	return workflow;
}
