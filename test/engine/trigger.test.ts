import type { IDataObject } from 'n8n-workflow';
import {
	ActiveTrigger,
	chain,
	editFields,
	runWorkflow,
	type NodeJson,
	type Poll,
} from '../../tools/engine';
import { FastClock } from '../../tools/clock/fastClock';
import { credentialFor, prompts, runChain, told, transform } from '../../tools/engine/runway';
import { useSimulator } from './support/useSimulator';

const clock = new FastClock(1);
afterAll(() => clock.restore());
const simulator = useSimulator({ scenario: { pendingMs: 0, runningMs: 0 } });

const node = (parameters: IDataObject): NodeJson => ({
	name: 'Trigger',
	type: 'n8n-nodes-cometapi-runway.cometApiRunwayTrigger',
	parameters: parameters as NodeJson['parameters'],
});

const workflow = (parameters: IDataObject, staticData?: IDataObject) => ({
	...chain(node(parameters), editFields('Next', '={{ $json }}')),
	staticData,
});

async function activate(
	parameters: IDataObject,
	staticData?: IDataObject,
	apiKey?: string,
): Promise<ActiveTrigger> {
	return await ActiveTrigger.start(workflow(parameters, staticData), 'Trigger', {
		credentials: credentialFor(simulator, apiKey),
	});
}

async function createTasks(...texts: string[]): Promise<string[]> {
	const run = await runChain(simulator, [transform()], prompts(...texts));
	return run.json('Transform').map(({ taskId }) => String(taskId));
}

const MINUTE = 60_000;

/** A poll a minute later than the last one. */
async function pollAMinuteLater(trigger: ActiveTrigger): Promise<Poll> {
	clock.jump(MINUTE);
	return await trigger.poll();
}

const ids = (...polls: Poll[]) =>
	polls.flatMap(({ executions }) =>
		executions.map((items) => items.map(({ json }) => json.taskId).join('+')),
	);

describe('a finished task', () => {
	test('starts exactly one execution of its own, with the Task as its item', async () => {
		const [one, two] = await createTasks('one', 'two');
		const trigger = await activate({ taskIds: `${one}, ${two}\n${one}` });
		const first = await trigger.poll();
		const second = await pollAMinuteLater(trigger);

		expect(ids(first).sort()).toEqual([one, two].sort());
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
			before.staticDataInDatabase(),
		);
		const second = await pollAMinuteLater(restarted);
		const edited = await activate(
			{ taskIds: [two, three, late].join(',') },
			restarted.staticDataInDatabase(),
		);
		const third = await pollAMinuteLater(edited);
		const fourth = await pollAMinuteLater(
			await activate({ taskIds: [two, three, late].join(',') }, edited.staticDataInDatabase()),
		);

		expect(ids(first, second, third, fourth).sort()).toEqual([one, two, three, late].sort());
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

			expect(ids(...polls).sort()).toEqual([...created, ...slow].sort());
			expect(simulator.stats().taskReads).toBe(2 * count);
		},
	);

	test('is remembered when it is listed no longer, and starts nothing when it is put back', async () => {
		const [one, two] = await createTasks('one', 'two');
		const trigger = await activate({ taskIds: `${one},${two}` });
		await trigger.poll();
		const edited = await activate({ taskIds: two }, trigger.staticDataInDatabase());
		await pollAMinuteLater(edited);
		const [three] = await createTasks('three');
		const later = await activate(
			{ taskIds: [two, three].join(',') },
			edited.staticDataInDatabase(),
		);
		await pollAMinuteLater(later);

		const again = await activate(
			{ taskIds: [one, two, three].join(',') },
			later.staticDataInDatabase(),
		);
		expect(await pollAMinuteLater(again)).toEqual({ executions: [], errors: [] });
	});

	test('starts nothing when its event was not asked for', async () => {
		simulator.addRule({ promptIncludes: 'bad', scenario: { outcome: 'FAILED' } });
		simulator.addRule({ promptIncludes: 'gone', scenario: { outcome: 'CANCELLED' } });
		const [good, bad, gone] = await createTasks('good', 'bad', 'gone');
		const taskIds = [good, bad, gone].join(',');

		expect(ids(await (await activate({ taskIds, events: ['succeeded'] })).poll())).toEqual([good]);
		expect(ids(await (await activate({ taskIds, events: ['failed'] })).poll()).sort()).toEqual(
			[bad, gone].sort(),
		);
	});

	test('brings its video along when asked to', async () => {
		const [one] = await createTasks('one');
		const { executions } = await (
			await activate({ taskIds: one, options: { download: true, binaryPropertyName: 'clip' } })
		).poll();

		expect(executions[0][0].binary?.clip).toMatchObject({ mimeType: 'video/mp4', bytes: 156_209 });
	});
});

describe('the list of ids', () => {
	test('can be a list that an expression gives', async () => {
		const [one, two] = await createTasks('one', 'two');
		const trigger = await activate({ taskIds: `={{ ["${one}", "${two}"] }}` });

		expect(ids(await trigger.poll()).sort()).toEqual([one, two].sort());
	});

	test('can be long: at most 5 requests are in flight', async () => {
		for (let count = 0; count < 12; count++)
			simulator.addFault({ on: 'read', kind: 'status', status: 502 });
		const many = await createTasks(...Array.from({ length: 60 }, String));
		const trigger = await activate({ taskIds: many.join(' ') });
		const first = await trigger.poll();
		const second = await pollAMinuteLater(trigger);

		expect(first.executions).toHaveLength(48);
		expect(ids(first, second).sort()).toEqual([...many].sort());
		expect(simulator.stats().maxInFlight).toBeLessThanOrEqual(5);
	});

	test('must not be empty', async () => {
		const { errors } = await (await activate({ taskIds: ' , ' })).poll();

		expect(errors.map(({ message }) => message)).toEqual(['Task IDs is empty']);
	});
});

describe('trouble', () => {
	test('with one id is reported once, after a minute, and does not block the others', async () => {
		const [one] = await createTasks('one');
		const trigger = await activate({ taskIds: `no-such-task,${one}` });
		const polls = [
			await trigger.poll(),
			await pollAMinuteLater(trigger),
			await pollAMinuteLater(trigger),
			await pollAMinuteLater(trigger),
		];

		expect(ids(...polls)).toEqual([one]);
		expect(polls.map(({ errors }) => errors.map(({ message }) => message))).toEqual([
			[],
			['Task no-such-task does not exist'],
			[],
			[],
		]);
	});

	test('with the key fails the poll visibly, every time, without going through the whole list', async () => {
		const trigger = await activate({ taskIds: 'a,b,c,d,e,f,g,h' }, undefined, 'sk-wrong');
		const polls = [await trigger.poll(), await pollAMinuteLater(trigger)];

		for (const { errors, executions } of polls) {
			expect(executions).toEqual([]);
			expect(errors.map(({ message }) => message)).toEqual(['CometAPI did not accept the API key']);
		}
		expect(simulator.stats().taskReads).toBeLessThanOrEqual(10);
	});

	test('a success without a URL is believed after a minute, in which the URL may come', async () => {
		simulator.addRule({ promptIncludes: 'never', scenario: { outputCount: 0 } });
		const [never] = await createTasks('never');
		const trigger = await activate({ taskIds: never });
		const first = await trigger.poll();
		expect(first).toEqual({ executions: [], errors: [] });
		const polls = [await pollAMinuteLater(trigger), await pollAMinuteLater(trigger)];
		const [[item], ...others] = polls.flatMap(({ executions }) => executions);
		expect(others).toEqual([]);
		expect(item.json).toMatchObject({ taskId: never, error: { message: expect.any(String) } });
	});

	test('an id may be a number', async () => {
		const trigger = await activate({ taskIds: '={{ [9000001] }}' });
		await trigger.poll();
		const { errors } = await pollAMinuteLater(trigger);
		expect(errors.map(({ message }) => message)).toEqual(['Task 9000001 does not exist']);
	});

	test('in an option is told by each poll', async () => {
		const trigger = await activate({ taskIds: 'a', options: { minPollSeconds: -5 } });
		const { errors } = await trigger.poll();
		expect(errors.map(({ message }) => message)).toEqual([
			'Seconds Between Checks is -5, not a number above 0',
		]);
	});

	test('on the server passes without a word: the task is found by a later poll', async () => {
		const [one] = await createTasks('one');
		simulator.addFault({ on: 'read', kind: 'status', status: 500 });
		const trigger = await activate({ taskIds: one });
		const polls = [await trigger.poll(), await pollAMinuteLater(trigger)];

		expect(ids(...polls)).toEqual([one]);
		expect(polls.flatMap(({ errors }) => errors)).toEqual([]);
	});
});

describe("'Fetch Test Event'", () => {
	const fetchTestEvent = (parameters: IDataObject) =>
		runWorkflow(workflow(parameters), { credentials: credentialFor(simulator), mode: 'manual' });

	test('shows all tasks as they are now, and remembers nothing', async () => {
		simulator.addRule({ promptIncludes: 'running', scenario: { runningMs: 600_000 } });
		const [done, running] = await createTasks('done', 'running');
		const run = await fetchTestEvent({ taskIds: `${done},${running},no-such-task` });

		expect(run.json('Trigger')).toEqual([
			expect.objectContaining({ taskId: done, status: 'SUCCEEDED' }),
			expect.objectContaining({ taskId: running, status: 'RUNNING' }),
			expect.objectContaining({
				taskId: 'no-such-task',
				error: expect.objectContaining({ message: 'Task no-such-task does not exist' }),
			}),
		]);
	});

	test('tells of a wrong key', async () => {
		const run = await runWorkflow(workflow({ taskIds: 'a' }), {
			credentials: credentialFor(simulator, 'sk-wrong'),
			mode: 'manual',
		});

		expect(told(run).message).toBe('CometAPI did not accept the API key');
	});
});
