import assert from 'node:assert/strict';
import type { INode } from 'n8n-workflow';
import {
	errorOf,
	type Execution,
	hintsOf,
	n8nMajorVersion,
	runsOf,
	type StoredWorkflow,
	type WorkflowJson,
} from '../../../tools/n8n';
import type { WebhookAnswer } from '../../../tools/n8n/executionApi';
import { Stage } from '../stage';
import { WAIT, webhook } from '../workflows';

/** For an execution from its start to its end, all of the suite's being under way at once. */
const TIMEOUT_MS = 5 * 60_000;
const START_TIMEOUT_MS = 90_000;

const SUSPENDED = /n8n checks again at \d\d:\d\d/;

/** An execution that a call of a webhook has started, and what the caller gets. */
export interface Called {
	id: string;
	answer: Promise<WebhookAnswer>;
}

/** An n8n and a simulator in real time, with tasks that are recognised by their prompts. */
export class World {
	/** Whatever is being activated: n8n registers the triggers of one workflow after another. */
	private activating: Promise<unknown> = Promise.resolve();

	private constructor(readonly stage: Stage) {}

	static async open(): Promise<World> {
		return new World(await Stage.open({ speed: 1 }));
	}

	/** Prompts of a scene's own, whose tasks run so many seconds; those of `failing` (an index) end badly. */
	prompts(scene: string, seconds: number[], failing: number[] = []): string[] {
		return seconds.map((each, index) => {
			const outcome = failing.includes(index) ? ('FAILED' as const) : ('SUCCEEDED' as const);
			const prompt = `<${scene} ${index} ${each}s>`;
			const scenario = { pendingMs: 0, runningMs: each * 1_000, outcome };
			this.stage.simulator.addRule({ promptIncludes: prompt, scenario });
			return prompt;
		});
	}

	/** Starts an execution by a call of its webhook, which answers as told. */
	async byWebhook(
		path: string,
		make: (start: INode) => WorkflowJson,
		responseMode?: string,
	): Promise<Called> {
		const stored = await this.stage.store(make(webhook(path, 'Webhook', responseMode)));
		await this.activate(stored);
		const answer = this.stage.api.callWebhook(path);
		return { id: await this.onlyExecutionOf(stored), answer };
	}

	/** Activates a workflow when its turn has come. */
	async activate(stored: StoredWorkflow): Promise<void> {
		const turn = this.activating.then(async () => await this.stage.api.activate(stored));
		this.activating = turn.catch(() => {});
		await turn;
	}

	/** Waits until the workflow has been started, which must have happened once. */
	async onlyExecutionOf({ id: workflowId }: StoredWorkflow): Promise<string> {
		const { api } = this.stage;
		const [{ id }, ...more] = await api.waitForExecutions({ workflowId }, 1, START_TIMEOUT_MS);
		assert.deepEqual(more, []);
		return id;
	}

	/** Makes a workflow one that others can call. */
	async publish(stored: StoredWorkflow): Promise<void> {
		// n8n 1 calls what has been saved, and has nothing to activate in it.
		if (n8nMajorVersion() >= 2) await this.activate(stored);
	}

	/** Waits until an execution has ended well, over all suspensions. */
	async success(id: string): Promise<Execution> {
		const execution = await this.stage.api.waitForExecution(id, TIMEOUT_MS);
		assert.equal(execution.status, 'success', errorOf(execution));
		return execution;
	}

	/** The id of the one task that was created with a prompt. */
	taskOf(prompt: string): string {
		const tasks = this.stage.simulator.tasks().filter(({ promptText }) => promptText === prompt);
		assert.deepEqual(
			tasks.map(({ createCount }) => createCount),
			[1],
			`creates of ${prompt}`,
		);
		return tasks[0].id;
	}

	/**
	 * Which prompts each run of a *collect* node has handed on, but for empty runs.
	 *
	 * @throws when an item came with another's task, or a task was created twice
	 */
	promptsOf(execution: Execution, node: string): string[][] {
		const runs = runsOf(execution, node).map(({ data }) => data?.main[0] ?? []);
		return runs
			.filter(({ length }) => length > 0)
			.map((items) =>
				items.map(({ json }) => {
					const { error, taskId, prompt } = json as Record<string, unknown>;
					const named = taskId ?? (error as { taskId?: unknown } | undefined)?.taskId;
					assert.equal(named, this.taskOf(String(prompt)), `what came with ${String(prompt)}`);
					return String(prompt);
				}),
			);
	}
}

/** How often a Wait node has suspended an execution, by the hint that each suspended run shows. */
export function suspensionsOf(execution: Execution, node = WAIT): number {
	return hintsOf(execution, node).filter((hint) => SUSPENDED.test(hint)).length;
}

/** The node has suspended the execution, and in the end says how long it took, and nothing of a reason not to. */
export function assertSuspended(execution: Execution, node = WAIT): void {
	assert.ok(suspensionsOf(execution, node) > 0, 'it was suspended');
	assert.match(String(hintsOf(execution, node).at(-1)), /^Waited (\d+ min )?\d+ s for /);
	assert.doesNotMatch(String(hintsOf(execution, node).at(-1)), /not suspended/);
}

/** The node has waited in the process, in one run, and says why. */
export function assertKept(execution: Execution, reason: RegExp): void {
	const hints = hintsOf(execution, WAIT);
	assert.equal(hints.length, 1, 'runs of the Wait node');
	assert.match(hints[0], /^Waited (\d+ min )?\d+ s for /);
	assert.match(hints[0], reason);
}
