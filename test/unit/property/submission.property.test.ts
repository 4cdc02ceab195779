import '../support/onVirtualTime';
import fc from 'fast-check';
import './support/shrinking';
import {
	ANSWER_NAMES,
	submitByPlan,
	type CreateEvent,
	type SubmissionPlan,
} from './support/submission';
import { checkSubmission, countSubmission } from './support/submissionRules';
import { Tally } from './support/tally';

const SEQUENCES = 10_000;

/** How often the sequences have to put the promises to the test: half as often as chance makes them do it. */
const OFTEN = {
	creates: 40_000,
	acceptance: 18_000,
	refusal: 8_000,
	rejection: 8_000,
	riddle: 8_000,
	'riddles that hide a task': 4_000,
	'known to a retry': 15_000,
	'known to a retried execution': 5_000,
	'uncertain ends': 7_000,
	stopped: 800,
	// A list that has grown must not hide its end.
	...Object.fromEntries(ANSWER_NAMES.map((name) => [name, 200])),
};

const createEvent: fc.Arbitrary<CreateEvent> = fc.record({
	meets: fc.constantFrom('rejection', 'riddle', 'acceptance', 'refusal'),
	which: fc.nat(60),
	takesMs: fc.constantFrom(0, 40, 900, 20_000, 300_000),
	hidesTask: fc.boolean(),
});

const plan: fc.Arbitrary<SubmissionPlan> = fc.record({
	items: fc.array(fc.array(createEvent, { maxLength: 4 }), { minLength: 1, maxLength: 20 }),
	maxConcurrency: fc.integer({ min: 1, max: 20 }),
	retryUncertain: fc.boolean(),
	continueOnFail: fc.boolean(),
	tries: fc.integer({ min: 1, max: 3 }),
	givenUp: fc.constantFrom(0, 0, 1, 2),
	retryExecutions: fc.integer({ min: 0, max: 2 }),
	stopAfterMs: fc.oneof(
		{ weight: 4, arbitrary: fc.constant(undefined) },
		{ weight: 1, arbitrary: fc.constantFrom(0, 1, 500, 5_000, 60_000, 400_000) },
	),
	seed: fc.integer(),
});

test(`${SEQUENCES} batches: no accepted task is lost, none is paid for twice, and every run ends`, async () => {
	const tally = new Tally();
	const property = fc.asyncProperty(plan, async (each) => {
		const submission = await submitByPlan(each);
		checkSubmission(each, submission);
		countSubmission(each, submission, tally);
	});
	await fc.assert(property, { numRuns: SEQUENCES });
	tally.demand(OFTEN);
}, 300_000);
