import assert from 'node:assert/strict';
import { join } from 'node:path';
import { z } from 'zod';
import { readExample } from '../../../tools/examples';
import {
	errorOf,
	parseWorkflow,
	type StoredWorkflow,
	waitFor,
	type WorkflowJson,
} from '../../../tools/n8n';
import { sha256OfFile, type Stage, TIMEOUT_MS, TRANSFORMED_SHA256 } from '../stage';

export const EXAMPLE = 'render-queue.json';
const TABLE = 'Render queue';
export const SUBMIT = 'Every minute: submit';
export const COLLECT = 'Every minute: collect';

/** The example's schedules are in minutes; here dozens of their runs are waited for. */
const MINUTES = /"field":"minutes","minutesInterval":\d+/g;
const EVERY_TWO_SECONDS = '"field":"seconds","secondsInterval":2';

/** Long enough ago for a submission to be taken for cut off. */
const LONG_AGO_MS = 16 * 60_000;

const text = z
	.string()
	.nullable()
	.transform((value) => value ?? '');

/** One clip's row, as far as the suite looks at it. */
const clip = z.object({
	id: z.number(),
	prompt: z.string(),
	state: z.string(),
	taskId: text,
	result: text,
	error: text,
});

export type Clip = z.output<typeof clip>;

/** The example in an n8n, with its table. */
export class RenderQueue {
	private constructor(
		readonly stage: Stage,
		readonly stored: StoredWorkflow,
	) {}

	/** Stores the example, and creates its table. */
	static async on(stage: Stage, workflow: WorkflowJson): Promise<RenderQueue> {
		const queue = new RenderQueue(stage, await stage.store(workflow));
		await queue.run('Once, by hand');
		return queue;
	}

	/** Runs it from one of its triggers, by hand. */
	async run(trigger: string): Promise<void> {
		const { status, ...execution } = await this.stage.execute(this.stored, trigger);
		assert.equal(status, 'success', errorOf({ status, ...execution }));
	}

	/** Adds a row for each prompt, as a person does. */
	async add(...prompts: string[]): Promise<void> {
		const rows = prompts.map((prompt) => ({
			videoUrl: 'https://media.example.com/clip.mp4',
			prompt,
			state: 'queued',
		}));
		await this.stage.api.dataTables.insert(TABLE, ...rows);
	}

	/** All clips, the oldest first. */
	async clips(): Promise<Clip[]> {
		return z.array(clip).parse(await this.stage.api.dataTables.rows(TABLE));
	}

	async clipsIn(...states: string[]): Promise<Clip[]> {
		return (await this.clips()).filter(({ state }) => states.includes(state));
	}

	/** Waits until no clip is in any of these states. */
	async waitUntilNoneIn(...states: string[]): Promise<void> {
		let left: Clip[] = [];
		await waitFor(
			async () => {
				left = await this.clipsIn(...states);
				return left.length === 0;
			},
			TIMEOUT_MS,
			() => `no clip to be ${states.join(' or ')}: ${JSON.stringify(left)}`,
		);
	}

	/** What a person types into a row. */
	async edit({ id }: Clip, cells: Record<string, string>): Promise<void> {
		await this.stage.api.dataTables.update(TABLE, id, cells);
	}

	/** So much time passes that a submission counts as cut off. */
	async age(submitting: Clip): Promise<void> {
		const submittedAt = new Date(Date.now() - LONG_AGO_MS).toISOString();
		await this.edit(submitting, { submittedAt });
	}

	/** *Retry execution* of everything that has crashed; returns how many executions that were. */
	async retryCrashed(): Promise<number> {
		const { api } = this.stage;
		const crashed = await api.allExecutions({ workflowId: this.stored.id, status: ['crashed'] });
		await Promise.all(
			crashed.map(async ({ id }) => await api.retryExecution(id, { loadWorkflow: false })),
		);
		return crashed.length;
	}

	/** What a person does with clips that are flagged: looks up whether there is a task, and says so in the row. */
	async lookUpFlagged(): Promise<void> {
		for (const each of await this.clipsIn('check')) {
			const [taskId] = this.submissionsOf(each).taskIds;
			await this.edit(each, taskId ? { taskId, state: 'submitted' } : { state: 'queued' });
		}
	}

	/** @throws unless the clip is done with one task, and its output is on disk */
	assertDone(done: Clip): void {
		assert.deepEqual([done.state, done.error], ['done', ''], JSON.stringify(done));
		assert.deepEqual(this.submissionsOf(done).taskIds, [done.taskId], done.prompt);
		assert.equal(done.result, this.fileOf(done));
		assert.equal(sha256OfFile(done.result), TRANSFORMED_SHA256);
	}

	/** How many creates of a clip have arrived, and the ids of the tasks that they led to: those are paid for. */
	submissionsOf({ prompt }: Clip): { creates: number; taskIds: string[] } {
		const { simulator } = this.stage;
		const creates = simulator
			.requests()
			.filter(({ operation, promptText }) => operation === 'create' && promptText === prompt);
		const tasks = simulator.tasks().filter(({ promptText }) => promptText === prompt);
		return { creates: creates.length, taskIds: tasks.map(({ id }) => id) };
	}

	/** Where the example stores a clip's output. */
	fileOf({ taskId }: Clip): string {
		return join(this.stage.n8n.filesFolder, `${taskId}.mp4`);
	}
}

/** The example, but for its schedules. */
export function withShortSchedules({ n8n }: Stage): WorkflowJson {
	const json = JSON.stringify(readExample(EXAMPLE, n8n.filesFolder));
	return parseWorkflow(json.replaceAll(MINUTES, EVERY_TWO_SECONDS));
}
