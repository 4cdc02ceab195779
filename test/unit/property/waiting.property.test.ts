import '../support/onVirtualTime';
import fc from 'fast-check';
import './support/shrinking';
import type { Hidden } from './support/fakeEngine';
import { Tally } from './support/tally';
import type { LookEvent, TaskPlan } from './support/taskServer';
import { waitByPlan, type WaitPlan } from './support/waiting';
import { checkWaiting, countWaiting } from './support/waitingRules';

const SEQUENCES = 10_000;

/** Each piece of the inside that an engine may lack. */
const HIDDEN: Hidden[] = [
	'workflow',
	'nodes',
	'runExecutionData',
	'executionData',
	'stack',
	'getExecuteData',
	'execute data',
	'putExecutionToWait',
	'waitTill is not to be hidden',
	'suspending does nothing',
];

/** How often the sequences have to put the promises to the test: half as often as chance makes them do it. */
const OFTEN = {
	looks: 150_000,
	'looks at the cap': 15_000,
	'Retry-After': 3_000,
	suspensions: 12_000,
	'successes in mode suspend': 2_500,
	'successes in mode keepRunning': 1_500,
	'late in mode suspend': 4_000,
	'late in mode keepRunning': 2_000,
	'item errors': 4_000,
	'runs that failed': 2_000,
	stopped: 900,
	'early outputs': 2_500,
	...Object.fromEntries(HIDDEN.map((piece) => [`without ${piece}`, 60])),
};

/** Refusals end a whole run: they are rare, so that most runs get far. */
const lookEvent: fc.Arbitrary<LookEvent> = fc.record({
	meets: fc.oneof(
		{ weight: 12, arbitrary: fc.constant('blur' as const) },
		{ weight: 8, arbitrary: fc.constant('task' as const) },
		{ weight: 1, arbitrary: fc.constant('refusal' as const) },
	),
	which: fc.nat(60),
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

const plan: fc.Arbitrary<WaitPlan> = fc.record({
	mode: fc.constantFrom('keepRunning', 'suspend', 'suspend'),
	passOnEarly: fc.boolean(),
	hidden: fc.oneof(
		{ weight: 5, arbitrary: fc.constant('nothing' as const) },
		{ weight: 1, arbitrary: fc.constantFrom(...HIDDEN) },
	),
	tasks: fc.array(task, { minLength: 1, maxLength: 20 }),
	namesOneTwice: fc.boolean(),
	minPollSeconds: fc.constantFrom(5, 1, 20),
	continueOnFail: fc.boolean(),
	stopAfterMs: fc.oneof(
		{ weight: 4, arbitrary: fc.constant(undefined) },
		{ weight: 1, arbitrary: fc.constantFrom(0, 1, 700, 12_000, 100_000) },
	),
	lateMs: fc.constantFrom(0, 0, 3_000, 200_000),
	seed: fc.integer(),
});

test(`${SEQUENCES} batches: no task is lost, none is asked for too often, and every wait ends`, async () => {
	const tally = new Tally();
	const property = fc.asyncProperty(plan, async (each) => {
		const waiting = await waitByPlan(each);
		checkWaiting(each, waiting);
		countWaiting(each, waiting, tally);
	});
	await fc.assert(property, { numRuns: SEQUENCES });
	tally.demand(OFTEN);
}, 600_000);
