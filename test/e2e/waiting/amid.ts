import assert from 'node:assert/strict';
import { jsonOf, n8nMajorVersion } from '../../../tools/n8n';
import { WAIT } from '../workflows';
import { hooked, scene, world } from './scene';
import {
	beforeMerge,
	called,
	calling,
	DONE,
	DONE_AGAIN,
	inARow,
	inLoop,
	inOrder,
	sideBySide,
	WAIT_AGAIN,
} from './workflows';
import { assertKept, assertSuspended, suspensionsOf } from './world';

/** Nodes of n8n that make something of how often, and with what, a node before them runs. */
export function amidOtherNodes(): void {
	scene(
		'in a sub-workflow that its caller waits for: both outputs reach the caller',
		async () => {
			const prompts = world.prompts('sub', [70, 100]);
			const sub = await world.stage.store(called('Sub-workflow'));
			await world.publish(sub);
			const { id } = await world.byWebhook('sub', (start) => calling(start, prompts, sub));
			return { id, prompts, sub };
		},
		async ({ id, prompts, sub }) => {
			const execution = await world.success(id);
			assert.deepEqual(world.promptsOf(execution, DONE), [prompts]);
			assert.deepEqual(
				jsonOf(execution, 'Call').map(({ status }) => status),
				['SUCCEEDED', 'SUCCEEDED'],
			);
			const subExecution = await world.success(await world.onlyExecutionOf(sub));
			if (n8nMajorVersion() >= 2) assertSuspended(subExecution);
			else assertKept(subExecution, /does not hand the output of a suspended sub-workflow/);
		},
	);

	hooked(
		'in Loop Over Items: each round comes back whole',
		'loop',
		{ seconds: [70, 75, 65] },
		inLoop,
		async (id, [first, second, third]) => {
			const execution = await world.success(id);
			assert.ok(suspensionsOf(execution) >= 2, 'it was suspended in each round');
			assert.deepEqual(world.promptsOf(execution, DONE), [[first, second], [third]]);
			assert.deepEqual(world.promptsOf(execution, DONE_AGAIN), [[first, second, third]]);
		},
	);

	hooked(
		'before a Merge: the branch counts once, with all its items',
		'merge',
		{ seconds: [70, 100] },
		beforeMerge,
		async (id, prompts) => {
			const execution = await world.success(id);
			assertSuspended(execution);
			assert.deepEqual(world.promptsOf(execution, 'Merge'), [prompts]);
		},
	);

	scene(
		'behind another Wait node: each suspends for its own tasks',
		async () => {
			const prompts = world.prompts('row', [70, 75]);
			// Those of the second Transform; what is added last lies on top.
			world.stage.simulator.addRule({ promptIncludes: ' again', scenario: { runningMs: 65_000 } });
			const { id } = await world.byWebhook('row', (start) => inARow(start, prompts));
			return { id, prompts };
		},
		async ({ id, prompts }) => {
			const execution = await world.success(id);
			assertSuspended(execution);
			assertSuspended(execution, WAIT_AGAIN);
			assert.deepEqual(world.promptsOf(execution, DONE), [prompts]);
			assert.deepEqual(world.promptsOf(execution, DONE_AGAIN), [
				prompts.map((prompt) => `${prompt} again`),
			]);
		},
	);

	for (const order of ['v0', 'v1'] as const) {
		hooked(
			`beside another Wait node, execution order ${order}: each hands all items on once`,
			`side-${order}`,
			{ seconds: [70, 75] },
			(start, prompts) => inOrder(order, sideBySide(start, prompts)),
			async (id, prompts) => {
				const execution = await world.success(id);
				const suspensions = [WAIT, WAIT_AGAIN].map((name) => suspensionsOf(execution, name));
				assert.ok(Math.max(...suspensions) > 0, 'it was suspended');
				assert.deepEqual(world.promptsOf(execution, DONE), [prompts]);
				assert.deepEqual(world.promptsOf(execution, DONE_AGAIN), [prompts]);
			},
		);
	}
}
