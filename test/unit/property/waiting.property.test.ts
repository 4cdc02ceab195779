import fc from 'fast-check';
import type { LookEvent, TaskPlan } from './support/taskServer';
import { current as mockCurrent, virtualWorld as mockWorld } from './support/virtualTime';
import { waitByPlan, type WaitPlan } from './support/waiting';
import { checkWaiting } from './support/waitingRules';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => await mockCurrent.time.sleep(ms),
}));
jest.mock('../../../nodes/shared/api/world', () => ({
	...jest.requireActual<object>('../../../nodes/shared/api/world'),
	createWorld: (signal: AbortSignal | undefined) => mockWorld(signal),
}));

const SEQUENCES = 10_000;

/** Refusals end a whole run: they are rare, so that most runs get far. */
const lookEvent: fc.Arbitrary<LookEvent> = fc.record({
	meets: fc.oneof(
		{ weight: 12, arbitrary: fc.constant('blur' as const) },
		{ weight: 8, arbitrary: fc.constant('task' as const) },
		{ weight: 1, arbitrary: fc.constant('refusal' as const) },
	),
	which: fc.nat(30),
	takesMs: fc.constantFrom(0, 100, 2_000, 30_000),
});

const task: fc.Arbitrary<TaskPlan> = fc.record({
	looks: fc.array(lookEvent, { maxLength: 4 }),
	lifeMs: fc.constantFrom(0, 4_000, 15_000, 40_000, 90_000, 300_000, 10_000_000_000),
	outcome: fc.constantFrom(
		'SUCCEEDED',
		'SUCCEEDED',
		'SUCCEEDED',
		'FAILED',
		'CANCELLED',
		'without URL',
	),
	tellsProgress: fc.boolean(),
	isWrapped: fc.boolean(),
	timeoutMinutes: fc.constantFrom(0.01, 0.5, 2, 6, 30),
});

const plan: fc.Arbitrary<WaitPlan> = fc.record(
	{
		mode: fc.constantFrom('keepRunning', 'suspend'),
		tasks: fc.array(task, { minLength: 1, maxLength: 20 }),
		namesOneTwice: fc.boolean(),
		minPollSeconds: fc.constantFrom(5, 1, 20),
		continueOnFail: fc.boolean(),
		stopAfterMs: fc.constantFrom(0, 1, 700, 12_000, 100_000),
		lateMs: fc.constantFrom(0, 0, 3_000, 200_000),
		seed: fc.integer(),
	},
	{
		requiredKeys: [
			'mode',
			'tasks',
			'namesOneTwice',
			'minPollSeconds',
			'continueOnFail',
			'lateMs',
			'seed',
		],
	},
);

test(`${SEQUENCES} batches: no task is lost, none is asked for too often, and every wait ends`, async () => {
	const property = fc.asyncProperty(plan, async (each) =>
		checkWaiting(each, await waitByPlan(each)),
	);
	await fc.assert(property, { numRuns: SEQUENCES });
}, 300_000);
