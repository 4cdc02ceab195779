import { waitFor } from '../../../tools/n8n';
import { type ActiveWorkflow, activeWorkflow, type Bench } from '../queue/bench';
import { say } from '../queue/observer';
import type { Store } from '../queue/store';
import { Caller, type Clip, MOST_CALLS, promptOf } from './clips';
import type { Facts } from './fates';
import { Keeper } from './keeper';
import { type Amid, type Blow, Storm } from './storm';
import { Witness } from './witness';

/** Executions that are started; and how many of them before the storm. */
export const COUNT = 40;
const COUNT_BEFORE = 30;
/** How long the sink takes, so that executions are met while they deliver. */
export const SINK_TAKES_MS = 4_000;
const CREATE_TAKES_MS = 1_000;
/** Above n8n's shortest suspension, a minute. */
const SHORTEST_LIFE_MS = 66_000;
const LONGEST_LIFE_MS = 96_000;
/**
 * What n8n has not changed for so long is left lying: a worker keeps an execution for half a minute at most, and n8n
 * looks once a minute for those that are to be resumed, which two looks in a row cannot miss.
 */
const LEFT_LYING_MS = { running: 45_000, waiting: 135_000 };
const TIMEOUT_MS = 8 * 60_000;

/** A call, what is known of it, and what can be used to go on with it. */
export interface Row extends Facts {
	clip: Clip;
	/** The latest of its executions; empty where there is none. */
	executionId: string;
	taskIds: string[];
}

/** 40 executions, and what becomes of them in a storm. */
export class Trial {
	private constructor(
		readonly bench: Bench,
		readonly workflow: ActiveWorkflow,
		private readonly caller: Caller,
		private readonly witness: Witness,
	) {}

	/** Gives every task its life, spread evenly, and activates the workflow. */
	static async prepare(bench: Bench, path: string): Promise<Trial> {
		const { simulator, sink, cluster } = bench;
		simulator.reset();
		simulator.useScenario({ createMs: CREATE_TAKES_MS });
		sink.arrivals.length = 0;
		const step = (LONGEST_LIFE_MS - SHORTEST_LIFE_MS) / COUNT;
		for (let number = 0; number < MOST_CALLS; number++)
			simulator.addRule({
				promptIncludes: promptOf(path, number),
				scenario: { pendingMs: 0, runningMs: SHORTEST_LIFE_MS + step * (number % COUNT) },
			});
		const workflow = await activeWorkflow(bench, { path, keepRunning: false });
		const caller = new Caller(bench, workflow);
		return new Trial(bench, workflow, caller, new Witness(cluster, workflow.id));
	}

	/** Starts the executions, most of them before, and ends the store again and again until nothing goes on any more. */
	async weather(store: Store, blows: Blow[]): Promise<{ storm: Storm; keeper: Keeper }> {
		const keeper = new Keeper(this.bench.cluster);
		const storm = new Storm(store, blows, () => this.lookAround());
		await this.caller.start(COUNT_BEFORE);
		try {
			await storm.rageWhile(this.startAndWatch());
		} finally {
			await keeper.stop();
		}
		return { storm, keeper };
	}

	private async startAndWatch(): Promise<void> {
		await this.caller.start(COUNT);
		const { clips } = this.caller;
		say(`${COUNT} executions have been started, by ${clips.length} calls`);
		await this.nothingGoesOn();
	}

	/** Until all executions have ended, or are left lying. */
	private async nothingGoesOn(): Promise<void> {
		let before = '';
		let since = Date.now();
		const isOver = () => {
			const now = JSON.stringify([...this.witness.seen.values()]);
			if (now !== before) [before, since] = [now, Date.now()];
			const waits = this.witness.count(({ status }) => status === 'waiting') > 0;
			const patienceMs = LEFT_LYING_MS[waits ? 'waiting' : 'running'];
			return this.left() === 0 || Date.now() - since > patienceMs;
		};
		await waitFor(isOver, TIMEOUT_MS, () => `the end of ${this.left()} executions`);
	}

	/** Executions that have not ended, as far as n8n says. */
	private left(): number {
		return this.witness.count(({ status }) => !ENDED.has(status));
	}

	/**
	 * What whoever runs n8n does when executions are left lying: starts its processes again. The main process then looks
	 * for those that its queue does not know and marks them as crashed, as it would within three hours.
	 *
	 * @returns how many were left lying
	 */
	async clearUp(): Promise<number> {
		const left = this.left();
		if (left > 0) {
			const { main, workers } = this.bench.cluster;
			say(`${left} executions are left lying: n8n is started again`);
			await Promise.all([main, ...workers].map(async (service) => await service.restart()));
			await waitFor(
				() => this.left() === 0,
				TIMEOUT_MS,
				() => `the end of ${this.left()}`,
			);
		}
		return left;
	}

	/** How things stand, for each call. */
	async rows(): Promise<Row[]> {
		const { api } = this.bench.cluster;
		const ids = [...this.witness.seen.keys()].sort((one, other) => Number(one) - Number(other));
		const stored = await Promise.all(ids.map(async (id) => await api.getExecution(id)));
		const everything = JSON.stringify(stored.map(({ data }) => data));
		return this.caller.clips.map((clip) => {
			const latest = stored
				.filter(({ id }) => this.witness.seen.get(id)?.prompt === clip.prompt)
				.at(-1);
			const taskIds = this.caller.tasksOf(clip).map(({ id }) => id);
			return {
				clip,
				executionId: latest?.id ?? '',
				taskIds,
				answer: clip.answer ?? 'refused',
				status: latest?.status ?? 'none',
				tasks: taskIds.length,
				deliveries: this.caller.deliveriesOf(clip).length,
				named: taskIds.every((id) => everything.includes(id)),
			};
		});
	}

	/** Ends what looks on. */
	async close(): Promise<void> {
		await this.witness.stop();
	}

	private lookAround(): Amid {
		const { simulator, sink } = this.bench;
		const now = Date.now();
		const isOpen = ({ operation, status }: { operation?: string; status: unknown }) =>
			operation === 'create' && status === 'unanswered';
		return {
			submitting: simulator.requests().filter(isOpen).length,
			suspended: this.witness.count(({ status }) => status === 'waiting'),
			resumed: this.witness.count(
				({ status, wasSuspended }) => status === 'running' && wasSuspended,
			),
			delivering: sink.arrivals.filter(({ at }) => at > now - SINK_TAKES_MS).length,
		};
	}
}

const ENDED = new Set(['success', 'error', 'crashed', 'canceled']);
