import {
	addNodes,
	chain,
	connect,
	resumeWorkflow,
	runWorkflow,
	trigger,
	type WorkflowRun,
} from '../../tools/engine';
import { FastClock } from '../../tools/clock/fastClock';
import { credentialFor, prompts, runChain, transform, wait } from '../../tools/engine/runway';
import { useSimulator } from './support/useSimulator';

const clock = new FastClock(40);
afterAll(() => clock.restore());
const simulator = useSimulator({ scenario: { pendingMs: 0, runningMs: 12_000 } });

/** What each run of the Wait node tells in its output panel. */
function hints(run: WorkflowRun): string[][] {
	const runs = run.run.data.resultData.runData.Wait;
	return runs.map(({ hints = [] }) =>
		hints.map(({ message, location }) => `${location}: ${message}`),
	);
}

test('Keep Execution Running tells how long it waited for all tasks, and how often it asked', async () => {
	const run = await runChain(
		simulator,
		[transform(), wait({ minPollSeconds: 5 })],
		prompts('one', 'two'),
	);

	expect(run.error).toBeUndefined();
	const reads = simulator.stats().taskReads;
	expect(hints(run)).toEqual([
		[
			expect.stringMatching(
				new RegExp(`^outputPane: Waited 1\\d s for 2 tasks, asking ${reads} times$`),
			),
		],
	]);
});

test('Suspend Between Checks tells it of the tasks that leave, over all suspensions', async () => {
	const suspending = wait({ minPollSeconds: 5 }, { waitMode: 'suspend' });
	const workflow = addNodes(chain(trigger, transform(), suspending));
	connect(workflow, 'Wait', 0, 'Wait');
	const suspended = await runWorkflow(workflow, {
		credentials: credentialFor(simulator),
		input: prompts('one'),
	});
	expect(suspended.status).toBe('waiting');
	clock.forwardTo(Number(suspended.run.waitTill));
	const run = await resumeWorkflow(suspended);

	expect(run.status).toBe('success');
	expect(simulator.stats().taskReads).toBe(2);
	expect(hints(run).at(-1)).toEqual([
		expect.stringMatching(/^outputPane: Waited 1 min \d+ s for the task, asking twice$/),
	]);
});
