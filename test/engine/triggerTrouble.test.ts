import type { IDataObject } from 'n8n-workflow';
import { runWorkflow } from '../../tools/engine';
import { credentialFor, told } from '../../tools/engine/runway';
import { useSimulator } from './support/useSimulator';
import { idsOf, messagesOf, triggerWorkflow, useTriggers } from './support/triggers';

const simulator = useSimulator({ scenario: { pendingMs: 0, runningMs: 0 } });
const { activate, createTasks, pollAMinuteLater, pollTenMinutesLater } = useTriggers(simulator);

describe('trouble', () => {
	test('with one id is reported once, after ten minutes, and does not block the others', async () => {
		const [one] = await createTasks('one');
		const trigger = await activate({ taskIds: `no-such-task-1,${one}` });
		const polls = [
			await trigger.poll(),
			await pollAMinuteLater(trigger),
			await pollTenMinutesLater(trigger),
			await pollTenMinutesLater(trigger),
		];

		expect(idsOf(...polls)).toEqual([one]);
		expect(polls.map(({ errors }) => errors.map(({ message }) => message))).toEqual([
			[],
			[],
			['Task no-such-task-1 does not exist'],
			[],
		]);
	});

	test('with the key fails the poll visibly, every time, without going through the whole list', async () => {
		const trigger = await activate({ taskIds: 'a1,b2,c3,d4,e5,f6,g7,h8' }, { apiKey: 'sk-wrong' });
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
		expect(messagesOf(await pollTenMinutesLater(trigger))).toEqual(['Task 9000001 does not exist']);
	});

	test('in an option is told by each poll', async () => {
		const trigger = await activate({
			taskIds: 'a1',
			options: { download: true, maxDownloadMb: -5 },
		});
		expect(messagesOf(await trigger.poll())).toEqual([
			'Max Download Size (MB) is -5, not a number above 0',
		]);
	});

	test('on the server passes without a word: the task is found by a later poll', async () => {
		const [one] = await createTasks('one');
		simulator.addFault({ on: 'read', kind: 'status', status: 500 });
		const trigger = await activate({ taskIds: one });
		const polls = [await trigger.poll(), await pollAMinuteLater(trigger)];

		expect(idsOf(...polls)).toEqual([one]);
		expect(polls.flatMap(({ errors }) => errors)).toEqual([]);
	});
});

describe("'Fetch Test Event'", () => {
	const fetchTestEvent = (parameters: IDataObject) =>
		runWorkflow(triggerWorkflow(parameters), {
			credentials: credentialFor(simulator),
			mode: 'manual',
		});

	test('shows all tasks as they are now, and remembers nothing', async () => {
		simulator.addRule({ promptIncludes: 'running', scenario: { runningMs: 600_000 } });
		const [done, running] = await createTasks('done', 'running');
		const run = await fetchTestEvent({ taskIds: `${done},my,${running},no-such-task-1` });

		expect(run.json('Trigger')).toEqual([
			expect.objectContaining({ taskId: done, status: 'SUCCEEDED' }),
			expect.objectContaining({ taskId: running, status: 'RUNNING' }),
			expect.objectContaining({
				taskId: 'no-such-task-1',
				error: expect.objectContaining({ message: 'Task no-such-task-1 does not exist' }),
			}),
			expect.objectContaining({
				taskId: 'my',
				error: expect.objectContaining({
					message: 'Task IDs holds "my", which can be no id',
					description: expect.stringContaining('$vars'),
				}),
			}),
		]);
	});

	test('waits for the video when it is to be downloaded', async () => {
		const [one] = await createTasks('one');
		const run = await fetchTestEvent({ taskIds: one, options: { download: true } });

		expect(run.output('Trigger')[0].binary?.data).toMatchObject({ mimeType: 'video/mp4' });
	});

	test('tells where the list holds no id at all', async () => {
		const run = await fetchTestEvent({ taskIds: 'my tasks' });

		expect(told(run).message).toBe('Task IDs holds "my", "tasks", which can be no ids');
	});

	test('tells of a wrong key', async () => {
		const run = await runWorkflow(triggerWorkflow({ taskIds: 'a1' }), {
			credentials: credentialFor(simulator, 'sk-wrong'),
			mode: 'manual',
		});

		expect(told(run).message).toBe('CometAPI did not accept the API key');
	});
});
