import type { Simulator } from '../../../tools/simulator';
import { waitFor } from '../../../tools/n8n';
import { TIMEOUT_MS } from '../stage';
import type { RenderQueue } from './queue';
import type { Steps } from './steps';

/** Clips of a round that go their way undisturbed, until the execution is held. */
const PLAIN = ['one', 'two', 'three', 'four'];

/** Where those are held, each one step further: from the claim to the task's id in the table. */
const STEPS_OF_PLAIN = /(Claim it|Claimed by this run\?|CometAPI Runway|Write down the task)$/;

/** A create that arrives and is not accepted, and one that is: neither is answered. */
const IN_CREATES = ['hangs', 'slow'];

/** Clips whose prompts have these words go other ways. */
const SPECIAL = ['refused', 'refused again', 'uncertain', 'fails', ...IN_CREATES];

/** Added last, since executions that are held elsewhere must not use up the answers that its task can't be read from. */
const UNREADABLE = 'unreadable';
const UNREADABLE_TIMES = 3;
const BUT_LAST = /(?<!Note what went wrong)$/;

/** How many clips are being submitted when all of a round's steps are reached. */
export const SUBMITTING = 6;

/** Tells the simulator what the words in a round's prompts do. */
export function prepareRound({ stage: { simulator } }: RenderQueue, round: string): void {
	simulator.addRule({ promptIncludes: `${round}: fails`, scenario: { outcome: 'FAILED' } });
	const create = (word: string) => ({
		on: 'create' as const,
		promptIncludes: `${round}: ${word}`,
	});
	simulator.addFault({ ...create('refused'), kind: 'status', status: 400, times: 9 });
	simulator.addFault({ ...create('hangs'), kind: 'hang' });
	simulator.addFault({ ...create('slow'), kind: 'hang', accepted: true });
	const read = { on: 'read' as const, promptIncludes: `${round}: ${UNREADABLE}` };
	simulator.addFault({ ...read, kind: 'status', status: 400, times: UNREADABLE_TIMES });
	simulator.addFault({ ...create('uncertain'), kind: 'reset', accepted: true });
}

/**
 * Adds a round's clips, and waits until executions of the queue stand still at every step, and within four requests: a
 * create that is not accepted, one that is, a download, and a look at a task. No clip is left to be taken up then.
 */
export async function reachEveryStep(
	queue: RenderQueue,
	steps: Steps,
	round: string,
): Promise<void> {
	const { n8n, simulator } = queue.stage;
	const startedAt = Date.now();
	const logged = n8n.logs().length;
	const named = (word: string) => `${round}: ${word}`;
	steps.hold();
	await queue.add(...PLAIN.map(named));
	await steps.waitUntilHeld(n8n, logged, STEPS_OF_PLAIN);
	await queue.add(...SPECIAL.map(named));
	await steps.waitUntilHeld(n8n, logged, BUT_LAST);
	await queue.add(named(UNREADABLE));
	await steps.waitUntilHeld(n8n, logged);
	await queue.waitUntilNoneIn('queued');
	await waitForHanging(simulator, 'create', IN_CREATES.length, startedAt);

	simulator.addFault({ on: 'download', kind: 'hang' });
	await queue.add(named('late'));
	await waitForHanging(simulator, 'download', 1, startedAt);
	simulator.addFault({ on: 'read', kind: 'hang' });
	await waitForHanging(simulator, 'read', 1, startedAt);
}

async function waitForHanging(
	simulator: Simulator,
	operation: 'create' | 'download' | 'read',
	count: number,
	startedAt: number,
): Promise<void> {
	const hanging = () =>
		simulator
			.requests()
			.filter((each) => each.operation === operation && each.status === 'hang')
			.filter(({ at }) => at >= startedAt);
	await waitFor(() => hanging().length >= count, TIMEOUT_MS, `a ${operation} without an answer`);
}
