import '../support/onVirtualTime';
import fc from 'fast-check';
import './support/shrinking';
import type { INodeExecutionData } from 'n8n-workflow';
import type { Hidden } from './support/fakeEngine';
import { must } from './support/must';
import {
	itemOf,
	returnByPlan,
	type ItemPlan,
	type Returned,
	type ReturnPlan,
} from './support/returning';
import { Tally } from './support/tally';

const SEQUENCES = 2_000;

/** Each piece of the inside that an engine may lack, and declarative nodes work without. */
const HIDDEN: Hidden[] = [
	'workflow',
	'nodes',
	'runExecutionData',
	'executionData',
	'stack',
	'putExecutionToWait',
	'waitTill is not to be hidden',
	'suspending does nothing',
];

/** How often the sequences have to put the promises to the test: half as often as chance makes them do it. */
const OFTEN = {
	suspensions: 1_500,
	'resumed with an error kept': 30,
	'runs that failed': 400,
	'whole outputs': 130,
	...Object.fromEntries(HIDDEN.map((piece) => [`without ${piece}`, 30])),
};

const item: fc.Arbitrary<ItemPlan> = fc.record({
	refusals: fc.constantFrom(0, 0, 0, 0, 1, 9),
	create: fc.constantFrom(
		'accepted',
		'accepted',
		'accepted',
		'accepted',
		'lost after the acceptance',
	),
	lifeMs: fc.constantFrom(0, 20_000, 100_000, 400_000),
	outcome: fc.constantFrom('SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'FAILED'),
});

const plan: fc.Arbitrary<ReturnPlan> = fc.record({
	items: fc.array(item, { minLength: 1, maxLength: 6 }),
	continueOnFail: fc.boolean(),
	tries: fc.integer({ min: 1, max: 3 }),
	changesBody: fc.boolean(),
	hidden: fc.oneof(
		{ weight: 2, arbitrary: fc.constant('nothing' as const) },
		{ weight: 1, arbitrary: fc.constantFrom(...HIDDEN) },
	),
	seed: fc.integer(),
});

test(`${SEQUENCES} runs that create and wait: no task is paid for twice, and none is lost`, async () => {
	const tally = new Tally();
	const property = fc.asyncProperty(plan, async (each) => {
		const returned = await returnByPlan(each);
		check(each, returned);
		tally.note('suspensions', returned.suspensions);
		tally.note('runs that failed', returned.error ? 1 : 0);
		tally.note('whole outputs', returned.output?.every(({ json }) => !json.error) ? 1 : 0);
		const keepsError = returned.suspensions > 0 && returned.creates.some(({ taskId }) => !taskId);
		tally.note('resumed with an error kept', keepsError ? 1 : 0);
		tally.note(`without ${each.hidden}`, 1);
	});
	await fc.assert(property, { numRuns: SEQUENCES });
	tally.demand(OFTEN);
}, 300_000);

function check(each: ReturnPlan, returned: Returned): void {
	const { creates, resumed, complaints, error, output } = returned;
	must(complaints.length === 0, () => complaints.join('; '));
	must(
		resumed.every(({ before, after }) => before === after),
		() => 'A resumed execution has created something',
	);
	const tasks = creates.flatMap(({ taskId }) => taskId ?? []);
	must(new Set(tasks.map(itemOf)).size === tasks.length, () => `Paid twice: ${tasks}`);
	if (error) must(!each.continueOnFail, () => 'It has thrown where it should go on');
	if (error) namesAll(each, tasks, JSON.stringify(error.context) + error.message);
	else handsOutAll(each, tasks, output ?? []);
}

/** What was accepted, and is known to be, can be picked up from the error. */
function namesAll({ items }: ReturnPlan, tasks: string[], told: string): void {
	for (const taskId of tasks) {
		if (items[itemOf(taskId)].create !== 'accepted') continue;
		must(told.includes(taskId), () => `The error does not name ${taskId}: ${told}`);
	}
}

function handsOutAll({ items }: ReturnPlan, tasks: string[], output: INodeExecutionData[]): void {
	must(output.length === items.length, () => `${output.length} of ${items.length} items`);
	for (const [index, { json, pairedItem }] of output.entries()) {
		must(Object(pairedItem).item === index, () => `Item ${index} is paired with another`);
		const taskId = tasks.filter((each) => itemOf(each) === index).at(-1);
		const { create, outcome } = items[index];
		const isGood = taskId !== undefined && create === 'accepted' && outcome === 'SUCCEEDED';
		must(isGood === (json.error === undefined), () => `Item ${index}: ${JSON.stringify(json)}`);
		if (isGood) must(json.taskId === taskId && Boolean(json.outputUrl), () => 'Not its output');
	}
}
