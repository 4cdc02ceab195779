import '../support/onVirtualTime';
import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { runInBatch } from '../../../nodes/CometApiRunway/submit/batch';
import { itemContext, itemsOf, type FakeRun } from '../property/support/fakeContext';
import { current, VirtualTime } from '../../../tools/clock/virtualTime';

const BATCH_INTERVAL_MS = 5_000;
const CAPS = { itemsAtWork: 5, requestsInFlight: 5 };

/** Runs items of a batch of three, each after so many ms, and tells what came of them, and how long it took. */
async function runItems(startsMs: number[], batchInterval = BATCH_INTERVAL_MS) {
	const time = new VirtualTime();
	Object.assign(current, { time });
	const run: FakeRun = {
		items: itemsOf({}, {}, {}),
		parameters: { requestOptions: { batching: { batch: { batchInterval } } } },
		storage: {},
		continueOnFail: false,
		complaints: [],
		answer: () => Promise.reject(new Error('Nothing is sent here')),
	};
	const executeData = { data: { main: [run.items] } };
	const startedAt = time.now();
	const ends = await time.run(
		async () =>
			await Promise.allSettled(
				startsMs.map(async (afterMs, item) => {
					await time.sleep(afterMs);
					const context = itemContext<IExecutePaginationFunctions>(run, item, executeData);
					return await runInBatch(context, CAPS, async () => {
						if (item === 0) throw new Error('refused');
						return { json: { taskId: `task-${item}` } };
					});
				}),
			),
	);
	expect(run.complaints).toEqual([]);
	return { ends, tookMs: time.now() - startedAt };
}

const refusal = (tasks: object[]) => ({
	status: 'rejected',
	reason: { message: 'refused', context: { acceptedTasks: tasks } },
});

test('an error waits for siblings that Batching prepares later, and names their tasks', async () => {
	const { ends } = await runItems([0, BATCH_INTERVAL_MS, 2 * BATCH_INTERVAL_MS]);
	const tasks = [
		{ item: 1, taskId: 'task-1' },
		{ item: 2, taskId: 'task-2' },
	];
	expect(ends[0]).toMatchObject(refusal(tasks));
});

test('an error waits a minute for siblings that never come, and is told then', async () => {
	const { ends, tookMs } = await runItems([0, BATCH_INTERVAL_MS]);
	expect(ends[0]).toMatchObject(refusal([{ item: 1, taskId: 'task-1' }]));
	expect(tookMs).toBeGreaterThanOrEqual(60_000);
	expect(tookMs).toBeLessThan(80_000);
});

test('an item whose siblings never come, in an engine that runs items in turn, says so after a minute', async () => {
	const { ends, tookMs } = await runItems([0], 0);
	expect(ends).toMatchObject([
		{
			status: 'fulfilled',
			value: [
				{
					json: { error: { message: expect.stringContaining('Item 0 was not sent') } },
					pairedItem: { item: 0 },
				},
			],
		},
	]);
	expect(tookMs).toBeGreaterThanOrEqual(60_000);
	expect(tookMs).toBeLessThan(70_000);
});
