import type { IDataObject, INode } from 'n8n-workflow';
import { z } from 'zod';
import {
	chain,
	runWorkflow,
	trigger,
	type WorkflowJson,
	type WorkflowRun,
} from '../../tools/engine';
import { credentialFor, prompts, transform } from '../../tools/engine/runway';
import { faultSchema } from '../../tools/simulator/faultSchema';
import { loopOver } from './support/loop';
import { accountOf, expectSumToBeRight } from './support/account';
import { policyRows, type PolicyRow } from './support/policyRows';
import { useHurry } from './support/useHurry';
import { useSimulator } from './support/useSimulator';

useHurry();
const simulator = useSimulator({ speed: 100 });

const CLIPS = ['<a>', '<b>', '<c>'];
/** It is accepted, and then whatever comes back goes wrong, however often it is sent. */
const MEETS_FAULT = '<b>';
const THREE_TRIES: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** A way in which n8n, or the user, has a create run again. */
interface Way {
	name: string;
	workflow: WorkflowJson;
	/** How often *Retry execution* is pressed. */
	retries: number;
	/** How many of the clips are submitted: a loop ends at an error. */
	submitted: number;
}

const inChain = (parameters: IDataObject = {}, more: Partial<INode> = {}): WorkflowJson =>
	chain(trigger, transform(parameters, more));
const BATCHING = { requestOptions: { batching: { batch: { batchSize: 1, batchInterval: 1 } } } };
const ONE_AT_A_TIME = { options: { maxConcurrency: 1 } };

const WAYS: Way[] = [
	{ name: 'in a batch', workflow: inChain(), retries: 0, submitted: 3 },
	{
		name: 'in a batch, three times over by Retry On Fail',
		workflow: inChain({}, THREE_TRIES),
		retries: 0,
		submitted: 3,
	},
	{
		name: 'one after another, by Retry On Fail and twice by Retry execution',
		workflow: inChain(ONE_AT_A_TIME, THREE_TRIES),
		retries: 2,
		submitted: 3,
	},
	...(['continueRegularOutput', 'continueErrorOutput'] as const).map((onError) => ({
		name: `with On Error: ${onError} and Retry On Fail`,
		workflow: inChain({}, { ...THREE_TRIES, onError }),
		retries: 0,
		submitted: 3,
	})),
	{
		name: "with n8n's Batching, Retry On Fail and Retry execution",
		workflow: inChain(BATCHING, THREE_TRIES),
		retries: 1,
		submitted: 3,
	},
	{
		name: 'with Return: Output URL, Retry On Fail and Retry execution',
		workflow: inChain({ returnAs: 'url' }, THREE_TRIES),
		retries: 1,
		submitted: 3,
	},
	{
		name: 'in a loop that stops, by Retry On Fail and twice by Retry execution',
		workflow: loopOver(transform({}, THREE_TRIES)),
		retries: 2,
		submitted: 2,
	},
	{
		name: 'in a loop that goes on, with Retry On Fail',
		workflow: loopOver(transform({}, { ...THREE_TRIES, onError: 'continueErrorOutput' })),
		retries: 0,
		submitted: 3,
	},
];

/** Every fault after which nobody can tell, but for the one that no server has read. */
const faults = (): PolicyRow[] =>
	policyRows().filter(
		({ post, fault }) => post.startsWith('uncertain') && fault.kind !== 'resetBeforeRead',
	);

/** Runs the workflow, and presses *Retry execution* as often as the way says and n8n offers it. */
async function runAll({ workflow, retries }: Way): Promise<WorkflowRun[]> {
	const options = { credentials: credentialFor(simulator), input: prompts(...CLIPS) };
	const executions = [await runWorkflow(workflow, options)];
	for (let left = retries; left > 0; left--) {
		const [retryOf] = executions.slice(-1);
		expect(retryOf.status).toBe('error');
		executions.push(await runWorkflow(workflow, { ...options, retryOf }));
	}
	return executions;
}

const creates = () =>
	simulator
		.requests()
		.filter(({ operation }) => operation === 'create')
		.map(({ promptText }) => promptText)
		.sort();

describe.each(WAYS)('a create that is accepted before its answer fails, $name:', (way) => {
	test.each(faults().map(({ name }, index): [string, number] => [name, index]))(
		'%s',
		async (_name, index) => {
			const { fault } = faults()[index];
			simulator.addFault({
				on: 'create',
				...fault,
				accepted: true,
				promptIncludes: MEETS_FAULT,
				times: 50,
			});

			const account = accountOf('Transform', await runAll(way));

			expect(creates()).toEqual(CLIPS.slice(0, way.submitted));
			expect(simulator.stats().tasksAccepted).toBe(way.submitted);
			expect([account.taskIds.size, account.uncertain.size]).toEqual([way.submitted - 1, 1]);
			expectSumToBeRight(simulator, account);
		},
		20_000,
	);
});

test('every kind of fault that can come after the acceptance is among them', () => {
	const kinds = faultSchema
		.innerType()
		.options.filter(({ shape }) => 'accepted' in shape)
		.flatMap(({ shape: { kind } }): string[] =>
			kind instanceof z.ZodEnum ? kind.options : [kind.value],
		);
	expect(new Set(faults().map(({ fault }) => fault.kind))).toEqual(new Set(kinds));
});
