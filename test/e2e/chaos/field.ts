import type { RecordedRequest } from '../../../tools/simulator';
import type { ExecutionSummary } from '../../../tools/n8n';
import { RenderQueue, withShortSchedules } from '../renderQueue/queue';
import { Stage } from '../stage';
import type { Signal } from '../durable/phases';
import { ALL_WAYS, type Moment, promptsOf, type RoundPlan, type Way } from './plan';
import { Store } from './store';
import { wayWorkflow } from './workflows';

/** Simulated ms per real ms: a slow answer (10 simulated seconds) is over within the grace period of a SIGTERM. */
const SPEED = 2;

/** What `docker stop` gives; n8n's own 30 s would make the rounds three times as long. */
const GRACE = { N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10' };

/** How long the creates of the render queue's two clips of a round take, in real ms: long enough to be killed within. */
const QUEUE_CREATES_MS = [1_000, 4_000];
const QUEUE_LIFE_MS = 4_000;

/** One end of n8n, and what there was at that moment. Times are in epoch ms. */
export interface Kill {
	round: number;
	signal: Signal;
	moment: Moment;
	signalAt: number;
	/** When n8n's processes were gone. */
	endedAt: number;
	/** Ids of the executions that were suspended. */
	suspended: string[];
	/** How many requests were open. */
	open: { creates: number; looks: number; downloads: number; deliveries: number };
}

/** One n8n with a workflow of each way and the render queue, a simulator and a store. */
export class Field {
	readonly kills: Kill[] = [];

	private constructor(
		readonly stage: Stage,
		readonly store: Store,
		readonly queue: RenderQueue,
		readonly workflowIds: string[],
	) {}

	static async open(): Promise<Field> {
		const stage = await Stage.open({ speed: SPEED }, { env: GRACE });
		const store = await Store.open();
		const queue = await RenderQueue.on(stage, withShortSchedules(stage));
		const workflowIds: string[] = [];
		for (const way of ALL_WAYS) {
			const workflow = wayWorkflow(way, store.baseUrl(), stage.n8n.filesFolder);
			const stored = await stage.store(workflow);
			await stage.api.activate(stored);
			workflowIds.push(stored.id);
		}
		await stage.api.activate(queue.stored);
		return new Field(stage, store, queue, workflowIds);
	}

	/** Tells the simulator how the round's tasks live, and what goes wrong with them. */
	foretell({ round, livesMs, noise }: RoundPlan): void {
		const { simulator } = this.stage;
		for (const way of ALL_WAYS)
			for (const [item, promptIncludes] of promptsOf(way, round).entries())
				simulator.addRule({ promptIncludes, scenario: lifeOf(livesMs[way][item]) });
		for (const [item, createMs] of QUEUE_CREATES_MS.entries()) {
			const scenario = { createMs: createMs * SPEED, ...lifeOf(QUEUE_LIFE_MS) };
			simulator.addRule({ promptIncludes: queuePromptOf(round, item), scenario });
		}
		if (noise)
			simulator.addFault({ ...noise.fault, promptIncludes: promptsOf(noise.way, round)[0] });
	}

	/** Adds the round's clips to the render queue, and starts an execution of each way. */
	async start(round: number): Promise<void> {
		await this.queue.add(...QUEUE_CREATES_MS.map((_, item) => queuePromptOf(round, item)));
		await Promise.all(ALL_WAYS.map(async (way) => await this.call(way, round)));
	}

	private async call(way: Way, round: number): Promise<void> {
		const prompts = promptsOf(way, round);
		const { status, body } = await this.stage.api.callWebhook(way, { prompts });
		if (status !== 200) throw new Error(`The webhook of ${way}: ${status} ${JSON.stringify(body)}`);
	}

	/** The executions that are suspended. */
	async suspended(): Promise<ExecutionSummary[]> {
		return await this.stage.api.allExecutions({ status: ['waiting'] });
	}

	/** Ends n8n, and notes what there was then. */
	async kill({ round, signal }: RoundPlan, moment: Moment, suspended: string[]): Promise<void> {
		const { n8n } = this.stage;
		const kill = { round, signal, moment, suspended, signalAt: Date.now(), open: this.open() };
		await (signal === 'SIGKILL' ? n8n.kill() : n8n.stop());
		this.kills.push({ ...kill, endedAt: Date.now() });
	}

	private open(): Kill['open'] {
		const open = this.stage.simulator.requests().filter(({ closedAt }) => closedAt === undefined);
		const of = (wanted: RecordedRequest['operation']) =>
			open.filter(({ operation }) => operation === wanted).length;
		return {
			creates: of('create'),
			looks: of('read'),
			downloads: of('download'),
			deliveries: this.store.inFlight,
		};
	}
}

const queuePromptOf = (round: number, item: number): string => `<queue ${round}.${item}>`;

const lifeOf = (ms: number) => ({ pendingMs: 0, runningMs: ms * SPEED });
