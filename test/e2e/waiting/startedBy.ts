import assert from 'node:assert/strict';
import { jsonOf, runsOf } from '../../../tools/n8n';
import { manualTrigger, node, SUBMIT, WAIT } from '../workflows';
import { hooked, scene, world } from './scene';
import { DONE, inOrder, plain } from './workflows';
import { assertSuspended } from './world';

/** Run by hand, the node stays in the process for a minute and a half, while somebody watches. */
const WATCHED_MS = 90_000;

/** Executions that are started in each way there is. */
export function startedBy(): void {
	for (const order of ['v0', 'v1'] as const) {
		hooked(
			`a webhook, execution order ${order}: suspends, and all items leave together, in input order`,
			`together-${order}`,
			{ seconds: [100, 70] },
			(start, prompts) => inOrder(order, plain(start, prompts)),
			async (id, prompts) => {
				const execution = await world.success(id);
				assertSuspended(execution);
				assert.deepEqual(world.promptsOf(execution, DONE), [prompts]);
			},
		);
	}

	scene(
		'a schedule: an execution that is suspended goes on when the workflow has been deactivated',
		async () => {
			const prompts = world.prompts('scheduled', [75, 70]);
			const rule = {
				interval: [{ field: 'cronExpression', expression: '*/30 * * * * *' }],
			};
			const trigger = node('Schedule', 'n8n-nodes-base.scheduleTrigger', 1.2, { rule });
			const stored = await world.stage.store(plain(trigger, prompts));
			await world.activate(stored);
			const id = await world.onlyExecutionOf(stored);
			await world.stage.api.deactivate(stored);
			return { id, prompts };
		},
		async ({ id, prompts }) => {
			const execution = await world.success(id);
			assertSuspended(execution);
			assert.deepEqual(world.promptsOf(execution, DONE), [prompts]);
		},
	);

	scene(
		'hand: stays in the process for a minute and a half, and suspends then',
		async () => {
			const prompts = world.prompts('by-hand', [110, 130]);
			const stored = await world.stage.store(plain(manualTrigger, prompts));
			return { id: await world.stage.api.run(stored), prompts };
		},
		async ({ id, prompts }) => {
			const execution = await world.success(id);
			assertSuspended(execution);
			assert.ok(runsOf(execution, WAIT)[0].executionTime >= WATCHED_MS * 0.9);
			assert.deepEqual(world.promptsOf(execution, DONE), [prompts]);
		},
	);

	scene(
		'Execute step, after the step before it: suspends, and nothing behind it runs',
		async () => {
			const prompts = world.prompts('step', [130, 115]);
			const { api } = world.stage;
			const stored = await world.stage.store(plain(manualTrigger, prompts));
			const created = await world.success(await api.run(stored, { destination: SUBMIT }));
			const id = await api.run(stored, { destination: WAIT, after: created });
			return { id, prompts };
		},
		async ({ id, prompts }) => {
			const execution = await world.success(id);
			assertSuspended(execution);
			assert.deepEqual(
				jsonOf(execution, WAIT).map(({ taskId, status }) => [taskId, status]),
				prompts.map((prompt) => [world.taskOf(prompt), 'SUCCEEDED']),
			);
			assert.deepEqual(runsOf(execution, DONE), []);
		},
	);
}
