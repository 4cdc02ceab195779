import assert from 'node:assert/strict';
import { z } from 'zod';
import { jsonOf, runsOf } from '../../../tools/n8n';
import { agentWith, startScriptedModel } from '../agent/scriptedModel';
import {
	itemPerPrompt,
	manualTrigger,
	sequence,
	SUBMIT,
	transformNode,
	WAIT,
	waitNode,
} from '../workflows';
import { scene, world } from './scene';
import { DONE, plain, responding } from './workflows';
import { assertKept, assertSuspended, suspensionsOf } from './world';

const finished = z.object({ taskId: z.string(), status: z.string(), outputUrl: z.string().url() });
const AGENT = 'AI Agent';

/** Executions whose answer somebody waits for: suspended, they would answer with what is not finished. */
export function whereSomebodyWaits(): void {
	for (const [title, path, responseMode, make] of [
		['a webhook that answers with the last node’s data', 'last', 'lastNode', plain],
		[
			'a webhook, with Respond to Webhook further on',
			'later',
			'responseNode',
			(start, prompts) => responding('after', start, prompts),
		],
	] satisfies Array<[string, string, string, typeof plain]>) {
		scene(
			`${title}: waits in the process, and the caller gets the finished task`,
			async () => {
				const prompts = world.prompts(path, [20]);
				return {
					prompts,
					...(await world.byWebhook(path, (start) => make(start, prompts), responseMode)),
				};
			},
			async ({ id, prompts, answer }) => {
				const { status, body } = await answer;
				assert.equal(status, 200);
				const { taskId, status: state } = finished.parse(body);
				assert.deepEqual([taskId, state], [world.taskOf(prompts[0]), 'SUCCEEDED']);
				const execution = await world.success(id);
				assertKept(execution, /since the webhook that started the execution waits for its answer/);
				assert.deepEqual(world.promptsOf(execution, DONE), [prompts]);
			},
		);
	}

	scene(
		'a webhook that Respond to Webhook has answered before: suspends',
		async () => {
			const prompts = world.prompts('before', [75, 70]);
			const make = responding.bind(undefined, 'before');
			const called = await world.byWebhook(
				'before',
				(start) => make(start, prompts),
				'responseNode',
			);
			return { prompts, ...called };
		},
		async ({ id, prompts, answer }) => {
			const { status, body } = await answer;
			assert.equal(status, 200);
			assert.equal(z.object({ taskId: z.string() }).parse(body).taskId, world.taskOf(prompts[0]));
			const execution = await world.success(id);
			assertSuspended(execution);
			assert.deepEqual(world.promptsOf(execution, DONE), [prompts]);
		},
	);

	scene(
		'an agent that calls it as its tool: waits in the process, and the agent gets the finished task',
		async () => {
			const prompts = world.prompts('tool', [20]);
			const { api } = world.stage;
			const created = await world.stage.succeed(
				sequence('A task', [manualTrigger, itemPerPrompt(prompts), transformNode()]),
			);
			const [{ taskId }] = jsonOf(created, SUBMIT);
			const model = await startScriptedModel({ tool: WAIT, arguments: { taskId } });
			const credential = await api.createCredentialOf('openAiApi', 'Model', model.credential);
			const { id } = await world.byWebhook('agent', (start) =>
				agentWith([waitNode()], credential, { start }),
			);
			return { id, prompts, taskId };
		},
		async ({ id, prompts, taskId }) => {
			const execution = await world.success(id);
			assert.equal(taskId, world.taskOf(prompts[0]));
			assert.equal(runsOf(execution, WAIT).length, 1);
			assert.equal(suspensionsOf(execution), 0);
			const told = String(jsonOf(execution, AGENT)[0].output);
			assert.match(told, /SUCCEEDED/);
			assert.ok(told.includes(String(taskId)));
		},
	);
}
