import fc from 'fast-check';
import { submitByPlan, type CreateEvent, type SubmissionPlan } from './support/submission';
import { checkSubmission } from './support/submissionRules';
import { current as mockCurrent, virtualWorld as mockWorld } from './support/virtualTime';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => await mockCurrent.time.sleep(ms),
}));
jest.mock('../../../nodes/shared/api/world', () => ({
	...jest.requireActual<object>('../../../nodes/shared/api/world'),
	createWorld: (signal: AbortSignal | undefined) => mockWorld(signal),
}));

const SEQUENCES = 10_000;

const createEvent: fc.Arbitrary<CreateEvent> = fc.record({
	meets: fc.constantFrom('rejection', 'riddle', 'acceptance', 'refusal'),
	which: fc.nat(12),
	takesMs: fc.constantFrom(0, 40, 900, 20_000, 300_000),
	hidesTask: fc.boolean(),
});

const plan: fc.Arbitrary<SubmissionPlan> = fc.record(
	{
		items: fc.array(fc.array(createEvent, { maxLength: 4 }), { minLength: 1, maxLength: 20 }),
		maxConcurrency: fc.integer({ min: 1, max: 20 }),
		retryUncertain: fc.boolean(),
		continueOnFail: fc.boolean(),
		tries: fc.integer({ min: 1, max: 3 }),
		givenUp: fc.constantFrom(0, 0, 1, 2),
		retryExecutions: fc.integer({ min: 0, max: 2 }),
		stopAfterMs: fc.constantFrom(0, 1, 500, 5_000, 60_000, 400_000),
		seed: fc.integer(),
	},
	{
		requiredKeys: [
			'items',
			'maxConcurrency',
			'retryUncertain',
			'continueOnFail',
			'tries',
			'givenUp',
			'retryExecutions',
			'seed',
		],
	},
);

test(`${SEQUENCES} batches: no accepted task is lost, none is paid for twice, and every run ends`, async () => {
	const property = fc.asyncProperty(plan, async (each) =>
		checkSubmission(each, await submitByPlan(each)),
	);
	await fc.assert(property, { numRuns: SEQUENCES });
}, 300_000);
