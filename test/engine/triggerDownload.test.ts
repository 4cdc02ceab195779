import { setTimeout as sleep } from 'node:timers/promises';
import type { Poll } from '../../tools/engine';
import { idsOf, messagesOf, useTriggers } from './support/triggers';
import { useSimulator } from './support/useSimulator';

/** A download that is slow takes 10 s at the simulator: half a second here. */
const simulator = useSimulator({ speed: 20, scenario: { pendingMs: 0, runningMs: 0 } });
const { activate, createTasks, pollAMinuteLater } = useTriggers(simulator);

const options = { download: true };

const LONGEST_WAIT_MS = 4_000;

/** The tests' clock jumps: the wait is counted on another. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
	const deadline = performance.now() + LONGEST_WAIT_MS;
	while (!(await isSo())) {
		if (performance.now() > deadline) throw new Error(`Waited in vain: ${isSo.toString()}`);
		await sleep(10);
	}
}

/** Waits for executions that were still to come when the poll had returned. */
async function startedBy(poll: Poll, count = 1): Promise<Poll['executions']> {
	await until(() => poll.executions.length >= count);
	return poll.executions;
}

function slowDownloads(times: number): void {
	simulator.addFault({ on: 'download', kind: 'slowBody', times });
}

describe('the download of an output', () => {
	test('brings the video along', async () => {
		const [one] = await createTasks('one');
		const trigger = await activate({
			taskIds: one,
			options: { ...options, binaryPropertyName: 'clip' },
		});
		const [[item]] = await startedBy(await trigger.poll());

		expect(item.json).toMatchObject({ taskId: one, status: 'SUCCEEDED' });
		expect(item.binary?.clip).toMatchObject({ mimeType: 'video/mp4', bytes: 156_209 });
	});

	test('is not waited for: a poll ends before it, and other tasks do not wait for it', async () => {
		simulator.addRule({ promptIncludes: 'bad', scenario: { outcome: 'FAILED' } });
		const [good, bad] = await createTasks('good', 'bad');
		slowDownloads(1);
		const poll = await (await activate({ taskIds: `${good},${bad}`, options })).poll();

		expect(idsOf(poll)).toEqual([bad]);
		await startedBy(poll, 2);
		expect(idsOf(poll)).toEqual([bad, good]);
	});

	test('is begun once, however many polls come meanwhile, of this activation or of a new one', async () => {
		const [one] = await createTasks('one');
		slowDownloads(1);
		const trigger = await activate({ taskIds: one, options }, { id: 'downloading' });
		const polls = [await trigger.poll(), await pollAMinuteLater(trigger)];
		const publishedAgain = await activate({ taskIds: one, options }, { id: 'downloading' });
		polls.push(await publishedAgain.poll());
		await startedBy(polls[0]);
		polls.push(await pollAMinuteLater(trigger), await pollAMinuteLater(publishedAgain));

		expect(idsOf(...polls)).toEqual([one]);
		expect(simulator.stats()).toMatchObject({ downloads: 1, taskReads: 1 });
	});

	test('is begun anew after a restart that has interrupted it, and not after one that has not', async () => {
		const [one, two] = await createTasks('one', 'two');
		simulator.addFault({ on: 'download', kind: 'slowBody', taskId: two });
		const taskIds = `${one},${two}`;
		const killed = await activate({ taskIds, options });
		const poll = await killed.poll();
		await startedBy(poll);
		const restarted = await activate(
			{ taskIds, options },
			{ staticData: killed.staticDataInDatabase() },
		);
		const again = await pollAMinuteLater(restarted);
		await startedBy(again);
		await startedBy(poll, 2);
		const after = await activate(
			{ taskIds, options },
			{ staticData: killed.staticDataInDatabase() },
		);

		expect(idsOf(again)).toEqual([two]);
		expect(await pollAMinuteLater(after)).toEqual({ executions: [], errors: [] });
		expect(simulator.stats().downloads).toBe(3);
	});

	test('is one of 3 at a time, polls that overlap taken together', async () => {
		const many = await createTasks(...Array.from({ length: 8 }, String));
		slowDownloads(many.length);
		const activateFor = async (ids: string[]) =>
			await activate({ taskIds: ids.join(','), options }, { id: 'many-downloads' });
		const polls = [
			await (await activateFor(many.slice(0, 4))).poll(),
			await (await activateFor(many.slice(4))).poll(),
		];
		const begun = simulator.stats().downloads;
		for (const poll of polls) await startedBy(poll, 4);

		expect(begun).toBeLessThanOrEqual(3);
		expect(idsOf(...polls).sort()).toEqual([...many].sort());
	});

	test.each([
		['one has expired: the next poll fetches a fresh one', 1, undefined],
		['a fresh one has expired, too', 2, 'its URL has expired'],
	])('asks for a fresh URL once: %s', async (_what, times, problem) => {
		const [one] = await createTasks('one');
		simulator.addFault({ on: 'download', kind: 'status', status: 403, times });
		const trigger = await activate({ taskIds: one, options });
		const first = await trigger.poll();
		let second = first;
		await until(async () => {
			second = await pollAMinuteLater(trigger);
			return simulator.stats().taskReads === 2;
		});
		const [[{ json, binary }]] = await startedBy(second);
		const third = await pollAMinuteLater(trigger);

		expect(idsOf(first, second, third)).toEqual([one]);
		expect(messagesOf(first, second, third)).toEqual([]);
		expect(binary !== undefined).toBe(problem === undefined);
		if (problem) {
			expect(json.error).toMatchObject({ message: expect.stringContaining(problem) });
		}
		expect(simulator.stats()).toMatchObject({ taskReads: 2, downloads: 2 });
	});

	test('leaves its error in the item when it fails', async () => {
		const [one] = await createTasks('one');
		const trigger = await activate({ taskIds: one, options: { ...options, maxDownloadMb: 0.1 } });
		const [[item]] = await startedBy(await trigger.poll());

		expect(item.json).toMatchObject({
			taskId: one,
			error: { message: expect.stringContaining('is larger than 0 MB') },
		});
		expect(await pollAMinuteLater(trigger)).toEqual({ executions: [], errors: [] });
	});

	test('is left out when nobody asked for the event', async () => {
		const [one] = await createTasks('one');
		const trigger = await activate({ taskIds: one, options, events: ['failed'] });
		const polls = [await trigger.poll(), await pollAMinuteLater(trigger)];

		expect(idsOf(...polls)).toEqual([]);
		expect(simulator.stats()).toMatchObject({ taskReads: 1, downloads: 0 });
	});
});
