import assert from 'node:assert/strict';
import { jsonOf, runsOf } from '../../../tools/n8n';
import { WAIT, waitNode } from '../workflows';
import { hooked, world } from './scene';
import { DONE, inOrder, NOT_DONE, plain, twice, withErrorOutput } from './workflows';
import { assertSuspended, suspensionsOf } from './world';

/** Settings of the node, some of them n8n's, and what its items may have in common. */
export function withSettings(): void {
	for (const order of ['v0', 'v1'] as const) {
		hooked(
			`Pass On Early, execution order ${order}: what has ended leaves while the rest is suspended`,
			`early-${order}`,
			{ seconds: [100, 2] },
			(start, prompts) => {
				const early = waitNode({ options: { minPollSeconds: 1, passOnEarly: true } });
				return inOrder(order, plain(start, prompts, early));
			},
			async (id, [long, short]) => {
				const execution = await world.success(id);
				assertSuspended(execution);
				assert.deepEqual(world.promptsOf(execution, DONE), [[short], [long]]);
			},
		);
	}

	for (const passOnEarly of [false, true]) {
		hooked(
			`Always Output Data and an error output, ${passOnEarly ? 'passing on early' : 'all together'}: no empty item`,
			`bad-${passOnEarly}`,
			{ seconds: [2, 75], failing: [0] },
			(start, prompts) => withErrorOutput(start, prompts, { minPollSeconds: 1, passOnEarly }),
			async (id, [bad, good]) => {
				const execution = await world.success(id);
				assertSuspended(execution);
				assert.deepEqual(world.promptsOf(execution, DONE), [[good]]);
				assert.deepEqual(world.promptsOf(execution, NOT_DONE), [[bad]]);
			},
		);
	}

	hooked(
		'Execute Once: waits for the first item alone',
		'once',
		{ seconds: [75, 70] },
		(start, prompts) => plain(start, prompts, waitNode({}, { executeOnce: true })),
		async (id, [first]) => {
			const execution = await world.success(id);
			assertSuspended(execution);
			assert.deepEqual(world.promptsOf(execution, DONE), [[first]]);
		},
	);

	hooked(
		'deactivated: passes its items on at once, and asks nothing',
		'deactivated',
		{ seconds: [70] },
		(start, prompts) => plain(start, prompts, waitNode({}, { disabled: true })),
		async (id, prompts) => {
			const execution = await world.success(id);
			assert.equal(suspensionsOf(execution), 0);
			assert.deepEqual(world.promptsOf(execution, DONE), [prompts]);
			assert.equal(jsonOf(execution, DONE)[0].status, 'PENDING');
			const path = `/runwayml/v1/tasks/${world.taskOf(prompts[0])}`;
			assert.ok(!world.stage.simulator.requests().some((request) => request.path === path));
		},
	);

	hooked(
		'two items that name one task: each gets it, paired',
		'twice',
		{ seconds: [75] },
		twice,
		async (id, [prompt]) => {
			const execution = await world.success(id);
			assertSuspended(execution);
			const items = runsOf(execution, WAIT).flatMap(({ data }) => data?.main[0] ?? []);
			assert.deepEqual(
				items.map(({ json, pairedItem }) => [json.taskId, json.status, pairedItem]),
				[0, 1].map((item) => [world.taskOf(prompt), 'SUCCEEDED', { item }]),
			);
		},
	);
}
