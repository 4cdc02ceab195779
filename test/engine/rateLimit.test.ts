import { FastClock } from '../../tools/clock/fastClock';
import { prompts, runChain, told, transform, wait } from '../../tools/engine/runway';
import { useSimulator } from './support/useSimulator';

const simulator = useSimulator({ speed: 20 });

let clock: FastClock | undefined;
afterEach(() => {
	clock?.restore();
	clock = undefined;
});

const names = Array.from({ length: 12 }, (_, index) => `<clip ${index}>`);
const creates = () => simulator.requests().filter(({ operation }) => operation === 'create');

test('a 429 to one item slows the whole batch down: nothing leaves before Retry-After is over', async () => {
	simulator.addFault({
		on: 'create',
		kind: 'status',
		status: 429,
		retryAfter: 2,
		promptIncludes: names[0],
	});
	const run = await runChain(simulator, [transform()], prompts(...names));

	expect(run.error).toBeUndefined();
	expect(simulator.stats()).toMatchObject({ createsReceived: 13, tasksAccepted: 12 });
	const limitedAt = creates()[0].at;
	const after = creates().filter(({ at }) => at > limitedAt + 500);
	expect(after.length).toBeGreaterThanOrEqual(8);
	for (const { at } of after) expect(at - limitedAt).toBeGreaterThanOrEqual(1_900);
}, 30_000);

test('after a Retry-After that is too long to wait for, no further item is sent, and the error lists what was accepted', async () => {
	simulator.addFault({
		on: 'create',
		kind: 'status',
		status: 429,
		retryAfter: 3_600,
		skip: 5,
		times: 20,
	});
	const retrying = transform({ options: { maxConcurrency: 1 } });
	const run = await runChain(simulator, [retrying], prompts(...names));

	const { message, description, context } = told(run);
	expect(message).toBe('CometAPI is limiting the rate of requests');
	expect(description).toMatch(/It asks to wait for 3[56]\d\d s\./);
	expect(context.acceptedTasks).toHaveLength(5);
	expect(context.failedItems).toHaveLength(7);
	expect(simulator.stats()).toMatchObject({ createsReceived: 6, tasksAccepted: 5 });
});

test('a 429 to one look puts the looks at the other tasks off too', async () => {
	simulator.useScenario({ pendingMs: 0, runningMs: 4_000_000 });
	clock = new FastClock(20);
	const run = await runChain(simulator, [transform()], prompts('a', 'b', 'c'));
	const tasks = run.json('Transform');
	simulator.addFault({
		on: 'read',
		kind: 'status',
		status: 429,
		retryAfter: 60,
		taskId: String(tasks[0].taskId),
	});
	const waited = await runChain(
		simulator,
		[wait({ minPollSeconds: 5 })],
		tasks.map((json) => ({ json })),
	);

	expect(waited.error).toBeUndefined();
	const reads = simulator.requests().filter(({ operation }) => operation === 'read');
	const limited = reads.find(({ status }) => status === 429);
	const during = reads.filter(({ at }) => at > limited!.at + 2_000 && at < limited!.at + 59_000);
	expect(during).toEqual([]);
}, 60_000);
