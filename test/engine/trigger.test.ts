import { useSimulator } from './support/useSimulator';
import { idsOf, messagesOf, useTriggers } from './support/triggers';

const simulator = useSimulator({ scenario: { pendingMs: 0, runningMs: 0 } });
const { activate, createTasks, pollAMinuteLater } = useTriggers(simulator);

describe('a finished task', () => {
	test('starts exactly one execution of its own, with the Task as its item', async () => {
		const [one, two] = await createTasks('one', 'two');
		const trigger = await activate({ taskIds: `${one}, ${two}\n${one}` });
		const first = await trigger.poll();
		const second = await pollAMinuteLater(trigger);

		expect(idsOf(first).sort()).toEqual([one, two].sort());
		expect(first.executions[0]).toEqual([
			{ json: expect.objectContaining({ status: 'SUCCEEDED', outputUrl: expect.any(String) }) },
		]);
		expect(second).toEqual({ executions: [], errors: [] });
		expect(simulator.stats().taskReads).toBe(2);
	});

	test('starts none again after a restart, nor after an edit of the list', async () => {
		const [one, two, three] = await createTasks('one', 'two', 'three');
		simulator.addRule({ promptIncludes: 'late', scenario: { runningMs: 90_000 } });
		const [late] = await createTasks('late');
		const before = await activate({ taskIds: [one, two, late].join(',') });
		const first = await before.poll();
		const restarted = await activate(
			{ taskIds: [one, two, late].join(',') },
			{ staticData: before.staticDataInDatabase() },
		);
		const second = await pollAMinuteLater(restarted);
		const edited = await activate(
			{ taskIds: [two, three, late].join(',') },
			{ staticData: restarted.staticDataInDatabase() },
		);
		const third = await pollAMinuteLater(edited);
		const fourth = await pollAMinuteLater(
			await activate(
				{ taskIds: [two, three, late].join(',') },
				{ staticData: edited.staticDataInDatabase() },
			),
		);

		expect(idsOf(first, second, third, fourth).sort()).toEqual([one, two, three, late].sort());
	});

	test('is noted together with all others of a poll before the first execution starts', async () => {
		const many = await createTasks(...Array.from({ length: 12 }, String));
		const trigger = await activate({ taskIds: many.join(',') });
		const [first, later] = [await trigger.poll(), await pollAMinuteLater(trigger)];

		expect(first.executions).toHaveLength(many.length);
		expect(later.executions).toEqual([]);
		// The first state is the one before any poll.
		expect(trigger.saved).toHaveLength(2);
	});

	test.each([
		['one', 1],
		['more than are asked for at a time', 12],
	])(
		'starts one execution, too, when a poll begins before the last one has ended: %s',
		async (_, count) => {
			const created = await createTasks(
				...Array.from({ length: count }, (_each, index) => `task ${index}`),
			);
			simulator.useScenario({ answerMs: 300 });
			const slow = await createTasks(
				...Array.from({ length: count }, (_each, index) => `slow ${index}`),
			);
			const trigger = await activate({ taskIds: [...slow, ...created].join(',') });
			const first = trigger.poll();
			while (simulator.stats().taskReads === 0) await new Promise(setImmediate);
			const second = await pollAMinuteLater(trigger);
			const polls = [await first, second, await pollAMinuteLater(trigger)];

			expect(idsOf(...polls).sort()).toEqual([...created, ...slow].sort());
			expect(simulator.stats().taskReads).toBe(2 * count);
		},
	);

	test('starts none again in an activation whose static data is older than what is known', async () => {
		const [one, two, three] = await createTasks('one', 'two', 'three');
		const taskIds = [one, two, three].join(',');
		const before = await activate({ taskIds: one }, { id: 'published-again' });
		const after = await activate({ taskIds }, { id: 'published-again' });
		const polls = [await before.poll(), await after.poll()];
		const restarted = await activate({ taskIds }, { staticData: after.staticDataInDatabase() });

		expect(idsOf(...polls, await pollAMinuteLater(restarted)).sort()).toEqual(
			[one, two, three].sort(),
		);
	});

	test('is remembered when it is listed no longer, and starts nothing when it is put back', async () => {
		const [one, two] = await createTasks('one', 'two');
		const trigger = await activate({ taskIds: `${one},${two}` });
		await trigger.poll();
		const edited = await activate({ taskIds: two }, { staticData: trigger.staticDataInDatabase() });
		await pollAMinuteLater(edited);
		const [three] = await createTasks('three');
		const later = await activate(
			{ taskIds: [two, three].join(',') },
			{ staticData: edited.staticDataInDatabase() },
		);
		await pollAMinuteLater(later);

		const again = await activate(
			{ taskIds: [one, two, three].join(',') },
			{ staticData: later.staticDataInDatabase() },
		);
		expect(await pollAMinuteLater(again)).toEqual({ executions: [], errors: [] });
	});

	test('starts nothing when its event was not asked for', async () => {
		simulator.addRule({ promptIncludes: 'bad', scenario: { outcome: 'FAILED' } });
		simulator.addRule({ promptIncludes: 'gone', scenario: { outcome: 'CANCELLED' } });
		const [good, bad, gone] = await createTasks('good', 'bad', 'gone');
		const taskIds = [good, bad, gone].join(',');

		expect(idsOf(await (await activate({ taskIds, events: ['succeeded'] })).poll())).toEqual([
			good,
		]);
		expect(idsOf(await (await activate({ taskIds, events: ['failed'] })).poll()).sort()).toEqual(
			[bad, gone].sort(),
		);
	});
});

describe('the list of ids', () => {
	test('can be a list that an expression gives', async () => {
		const [one, two] = await createTasks('one', 'two');
		const trigger = await activate({ taskIds: `={{ ["${one}", "${two}"] }}` });

		expect(idsOf(await trigger.poll()).sort()).toEqual([one, two].sort());
	});

	test("can be one of n8n's variables", async () => {
		const [one, two] = await createTasks('one', 'two');
		const variables = { runwayTaskIds: `${one}\n${two}` };
		const trigger = await activate({ taskIds: '={{ $vars.runwayTaskIds }}' }, { variables });

		expect(idsOf(await trigger.poll()).sort()).toEqual([one, two].sort());
	});

	test.each([
		['={{ $vars.runwayTaskIds }}', 'Task IDs is empty'],
		[
			'={{ $json.taskId }}',
			"Task IDs has an expression that n8n could not resolve: Node 'Trigger' hasn't been executed",
		],
		['=', 'Task IDs is empty'],
		['{{ $vars.ids }}', 'Task IDs holds "{{ $vars.ids }}", which can be no id'],
		['my tasks', 'Task IDs holds "my", "tasks", which can be no ids'],
		['={{ [{ taskId: 1 }] }}', 'Task IDs holds "{"taskId":1}", which can be no id'],
	])('fails the poll visibly where no id is in it: %s', async (taskIds, message) => {
		const polls = [
			await (await activate({ taskIds })).poll(),
			await (await activate({ taskIds })).poll(),
		];

		expect(messagesOf(...polls)).toEqual([message, message]);
		expect(simulator.stats().taskReads).toBe(0);
	});

	test('may hold words that can be no ids: they are told once, and block none', async () => {
		const [one, two] = await createTasks('one', 'two');
		const listed = `${one}, undefined and https://api.cometapi.com/tasks/1`;
		const trigger = await activate({ taskIds: listed });
		const polls = [await trigger.poll(), await pollAMinuteLater(trigger)];
		const edited = await activate(
			{ taskIds: `${listed} ${two} task` },
			{ staticData: trigger.staticDataInDatabase() },
		);
		polls.push(await pollAMinuteLater(edited), await pollAMinuteLater(edited));

		expect(idsOf(...polls)).toEqual([one, two]);
		expect(messagesOf(...polls)).toEqual([
			'Task IDs holds "undefined", "and", "https://api.cometapi.com/tasks/1", which can be no ids',
			'Task IDs holds "task", which can be no id',
		]);
		expect(simulator.stats().taskReads).toBe(2);
	});

	test('can be long: at most 5 requests are in flight', async () => {
		for (let count = 0; count < 12; count++)
			simulator.addFault({ on: 'read', kind: 'status', status: 502 });
		const many = await createTasks(...Array.from({ length: 60 }, String));
		const trigger = await activate({ taskIds: many.join(' ') });
		const first = await trigger.poll();
		const second = await pollAMinuteLater(trigger);

		expect(first.executions).toHaveLength(48);
		expect(idsOf(first, second).sort()).toEqual([...many].sort());
		expect(simulator.stats().maxInFlight).toBeLessThanOrEqual(5);
	});
});
