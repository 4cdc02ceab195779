import { waitFor } from '../../../tools/n8n';
import type { FaultInput, RecordedRequest } from '../../../tools/simulator';
import type { Field } from './field';
import { isOfEarlierRounds, type Moment, type RoundPlan } from './plan';

/** By then, whatever has been suspended has come back once. */
const TIMEOUT_MS = 150_000;

/** A create takes a few ms. */
const POLL_MS = 5;

/** A task of this age is looked at after a suspension: its first run was over long before. */
const SUSPENDED_SINCE_MS = 50_000;

/** All of a round's executions that are suspended, but one that its noise may have spoilt. */
const MOST = 3;

/** What n8n is held in, or what is waited for where the moment holds nothing. */
const REQUESTS: Partial<Record<Moment, Pick<FaultInput, 'on' | 'accepted'>>> = {
	'a create arrives': { on: 'create' },
	'a create is accepted': { on: 'create', accepted: true },
	'a create is answered': { on: 'create' },
	'a first look': { on: 'read' },
	'a download while it runs': { on: 'download' },
	'a look after a suspension': { on: 'read' },
	'a download after a suspension': { on: 'download' },
};

const DELIVERIES: Moment[] = ['a delivery while it runs', 'a delivery after a suspension'];

/** Sees to it that the round's moment comes, if anything is to be done for that. */
export function prepareMoment({ stage: { simulator }, store }: Field, plan: RoundPlan): void {
	const { hold, moment } = plan;
	if (hold === 'nothing') return;
	const promptIncludes = victimsOf(plan);
	if (DELIVERIES.includes(moment)) return store.holdNext({ promptIncludes, hold });
	const { on, accepted } = REQUESTS[moment]!;
	// A slow answer is a true one: nothing is said of it but that.
	const isTold = accepted && hold !== 'slowBody';
	simulator.addFault({ on, kind: hold, promptIncludes, ...(isTold ? { accepted } : {}) });
}

/** @param since epoch ms; when the round began */
export async function waitForMoment(field: Field, plan: RoundPlan, since: number): Promise<void> {
	const { moment } = plan;
	const hasCome =
		moment === 'all are suspended'
			? async () => (await suspendedSince(field, since)) >= MOST
			: DELIVERIES.includes(moment)
				? () => field.store.isHolding
				: () => requestsOf(field, plan, since).length > 0;
	if (moment in REQUESTS || DELIVERIES.includes(moment) || moment === 'all are suspended')
		await waitFor(hasCome, TIMEOUT_MS, `the moment: ${moment} (${victimsOf(plan)})`, POLL_MS);
}

async function suspendedSince(field: Field, since: number): Promise<number> {
	const suspended = await field.suspended();
	return suspended.filter(({ startedAt }) => Date.parse(String(startedAt)) >= since).length;
}

/** The requests that the moment is about. */
function requestsOf(field: Field, plan: RoundPlan, since: number): RecordedRequest[] {
	const { simulator } = field.stage;
	const { moment, hold } = plan;
	const isOver = moment === 'a create is answered';
	const isLate = isOfEarlierRounds(moment);
	const tasks = new Map(simulator.tasks().map((task) => [task.id, task]));
	return simulator.requests().filter(({ at, operation, closedAt, taskId = '', promptText }) => {
		const task = tasks.get(taskId);
		const prompt = promptText ?? task?.promptText ?? '';
		const isOld = task !== undefined && at - task.createdAt > SUSPENDED_SINCE_MS;
		return (
			at >= since &&
			operation === REQUESTS[moment]?.on &&
			prompt.includes(victimsOf(plan)) &&
			(hold === 'nothing' || closedAt === undefined) &&
			(!isOver || closedAt !== undefined) &&
			(!isLate || isOld)
		);
	});
}

/** What the prompts begin with of those that the moment is about: of this round, or of any before. */
function victimsOf({ moment, victim, round }: RoundPlan): string {
	return isOfEarlierRounds(moment) ? `<${victim} ` : `<${victim} ${round}.`;
}
