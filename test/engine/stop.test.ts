import { chain, listenToLog, startWorkflow, trigger } from '../../tools/engine';
import { credentialFor, prompts, transform, wait } from '../../tools/engine/runway';
import { useSimulator } from './support/useSimulator';

const simulator = useSimulator({ speed: 20, scenario: { pendingMs: 0, runningMs: 6_000_000 } });

async function until(condition: () => boolean): Promise<void> {
	for (let tries = 0; tries < 200 && !condition(); tries++)
		await new Promise((resolve) => setTimeout(resolve, 25));
	expect(condition()).toBe(true);
}

test('Stop ends a wait within a second, also with Retry On Fail', async () => {
	const workflow = chain(
		trigger,
		transform(),
		wait({ minPollSeconds: 60 }, {}, { retryOnFail: true, waitBetweenTries: 1 }),
	);
	const started = startWorkflow(workflow, {
		credentials: credentialFor(simulator),
		input: prompts('one', 'two'),
	});
	await until(() => simulator.stats().taskReads === 2);
	const stoppedAt = Date.now();
	started.cancel();
	const run = await started.finished;

	expect(Date.now() - stoppedAt).toBeLessThan(1_000);
	expect(run.status).toBe('canceled');
	expect(simulator.stats().taskReads).toBe(2);
});

test('Stop ends the wait of a create within a second, and the ids of its tasks go to the log', async () => {
	const warnings: string[] = [];
	listenToLog((level, message) => level === 'warn' && warnings.push(message));
	const workflow = chain(trigger, transform({ returnAs: 'url' }, { retryOnFail: true }));
	const started = startWorkflow(workflow, {
		credentials: credentialFor(simulator),
		input: prompts('one', 'two'),
		mode: 'cli',
	});
	await until(() => simulator.stats().taskReads === 2);
	const stoppedAt = Date.now();
	started.cancel();
	const run = await started.finished;

	expect(Date.now() - stoppedAt).toBeLessThan(1_000);
	expect(run.status).toBe('canceled');
	expect(simulator.stats()).toMatchObject({ createsReceived: 2, taskReads: 2 });
	const logged = warnings.join();
	for (const { id } of simulator.tasks()) expect(logged).toContain(id);
});

test('Stop submits no further item, and the id of the task being submitted goes to the log', async () => {
	const warnings: string[] = [];
	listenToLog((level, message) => level === 'warn' && warnings.push(message));
	simulator.addFault({ on: 'create', kind: 'slowBody' });
	const workflow = chain(
		trigger,
		transform({ options: { maxConcurrency: 1 } }, { retryOnFail: true, waitBetweenTries: 1 }),
	);
	const started = startWorkflow(workflow, {
		credentials: credentialFor(simulator),
		input: prompts('one', 'two', 'three'),
	});
	await until(() => simulator.stats().tasksAccepted === 1);
	started.cancel();
	const run = await started.finished;

	expect(run.status).toBe('canceled');
	expect(simulator.stats().createsReceived).toBe(1);
	const [{ id }] = simulator.tasks();
	expect(warnings).toContain(
		`Runway task ${id} was accepted while the execution was being stopped`,
	);
});
