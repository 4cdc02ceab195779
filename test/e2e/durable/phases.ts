import { type ExecutionSummary, type StoredWorkflow, waitFor } from '../../../tools/n8n';
import { type Ground, type Started, TIMEOUT_MS } from './ground';
import { type Batch, promptsOf } from './workflows';

export type Signal = 'SIGKILL' | 'SIGTERM';

/** What an execution is at when n8n dies. */
export const PHASES = [
	'submitting',
	'keeping running',
	'suspended',
	'asking after a suspension',
] as const;

export type Phase = (typeof PHASES)[number];

/** One execution that is there when n8n dies. */
export interface Row {
	signal: Signal;
	phase: Phase;
	saveExecutionProgress: boolean;
	/** Which workflow *Retry* takes, should the execution have crashed. */
	retry: 'original' | 'current';
	batch: Batch;
}

export type StartedRow = Started & { row: Row };

/** So long before an execution resumes, those start that are to submit, or to be in the middle of their wait, then. */
const BEFORE_RESUMING_MS = 8_000;

/** Of each task, after the suspension. All is over before n8n stops waiting for it at a SIGTERM. */
const SLOW_LOOKS = 2;

const STATUS_OF: Record<Phase, ExecutionSummary['status']> = {
	submitting: 'running',
	'keeping running': 'running',
	suspended: 'waiting',
	'asking after a suspension': 'running',
};

/**
 * Starts all executions so that one moment finds each of them in its phase; then n8n gets the signal, and is started
 * again. So that there is such a moment, the looks after a suspension take ten seconds each, and creates take
 * their time.
 */
export async function killInTheirPhases(
	ground: Ground,
	rows: Row[],
	signal: Signal,
): Promise<StartedRow[]> {
	const { simulator, n8n } = ground.stage;
	const cast = new Cast(ground, rows);
	await cast.activateAll();

	const asking = await cast.start('asking after a suspension');
	await waitFor(async () => await cast.are('waiting', asking), TIMEOUT_MS, 'all to be suspended');
	for (const promptIncludes of promptsIn(asking))
		simulator.addFault({ on: 'read', kind: 'slowBody', promptIncludes, times: SLOW_LOOKS });
	const resumesAt = Math.min(...(await cast.find(asking)).map(dueAt));
	await waitFor(
		() => Date.now() > resumesAt - BEFORE_RESUMING_MS,
		TIMEOUT_MS,
		'the end to be near',
	);
	const others = await cast.start('submitting', 'keeping running', 'suspended');
	await waitFor(
		() => promptsIn(others).every((prompt) => isAccepted(ground, prompt)),
		TIMEOUT_MS,
		'all tasks to be accepted',
	);
	const all = [...asking, ...others];
	await waitFor(
		async () => {
			await ground.assertUnfinished(asking);
			return await cast.areInPhase(all);
		},
		TIMEOUT_MS,
		'all to be in their phase',
	);
	await n8n.restart(signal);
	return all;
}

/** Stored workflows of the rows, and the means to start and to see them. */
class Cast {
	private workflows = new Map<Row, StoredWorkflow>();

	constructor(
		private readonly ground: Ground,
		private readonly rows: Row[],
	) {}

	async activateAll(): Promise<void> {
		for (const row of this.rows) {
			this.workflows.set(row, await this.ground.storeActive(row.batch));
		}
	}

	async start(...phases: Phase[]): Promise<StartedRow[]> {
		const chosen = [...this.workflows].filter(([{ phase }]) => phases.includes(phase));
		return await Promise.all(
			chosen.map(async ([row, workflow]) => ({
				row,
				...(await this.ground.call(row.batch, workflow)),
			})),
		);
	}

	/** How n8n lists their executions now. */
	async find(started: StartedRow[]): Promise<ExecutionSummary[]> {
		const ids = new Set(started.map(({ id }) => id));
		return (await this.ground.stage.api.listExecutions()).filter(({ id }) => ids.has(id));
	}

	async are(status: ExecutionSummary['status'], started: StartedRow[]): Promise<boolean> {
		return (await this.find(started)).every((execution) => execution.status === status);
	}

	async areInPhase(started: StartedRow[]): Promise<boolean> {
		const listed = new Map((await this.find(started)).map(({ id, status }) => [id, status]));
		return started.every(({ id, row }) => listed.get(id) === STATUS_OF[row.phase]);
	}
}

const promptsIn = (started: StartedRow[]): string[] =>
	started.flatMap(({ batch }) => promptsOf(batch));

const dueAt = ({ waitTill }: ExecutionSummary): number => Date.parse(String(waitTill));

function isAccepted({ stage: { simulator } }: Ground, prompt: string): boolean {
	return simulator.tasks().some(({ promptText }) => promptText === prompt);
}
