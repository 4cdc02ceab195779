import { chain, runWorkflow, trigger } from '../../tools/engine';
import { FastClock } from '../../tools/clock/fastClock';
import { credentialFor, prompts, transform, wait } from '../../tools/engine/runway';
import { suspendingWait } from './support/suspended';
import { useSimulator } from './support/useSimulator';

const clock = new FastClock(40);
afterAll(() => clock.restore());
const simulator = useSimulator({ scenario: { pendingMs: 0, runningMs: 100_000 } });

test.each([
	['cli', 'started from the command line'],
	['evaluation', 'an evaluation reads the result'],
] as const)(
	'an execution of mode %s is waited for in the process, and a hint says why',
	async (mode, reason) => {
		const run = await runWorkflow(chain(trigger, transform(), suspendingWait()), {
			credentials: credentialFor(simulator),
			input: prompts('clip'),
			mode,
		});

		expect(run.status).toBe('success');
		expect(run.json('Wait')).toMatchObject([{ status: 'SUCCEEDED' }]);
		const [{ hints = [] }] = run.run.data.resultData.runData.Wait;
		expect(hints.map(({ message }) => message).join()).toContain(
			`The execution was not suspended meanwhile, since`,
		);
		expect(hints[0].message).toContain(reason);
	},
	30_000,
);

test('Keep Execution Running suspends nothing, and needs no reason', async () => {
	const run = await runWorkflow(chain(trigger, transform(), wait({ minPollSeconds: 5 })), {
		credentials: credentialFor(simulator),
		input: prompts('clip'),
	});

	expect(run.status).toBe('success');
	const [{ hints = [] }] = run.run.data.resultData.runData.Wait;
	expect(hints[0].message).not.toContain('since');
}, 30_000);
