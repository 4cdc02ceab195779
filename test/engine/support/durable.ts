import {
	chain,
	editFields,
	trigger,
	type NodeJson,
	type RunOptions,
	type WorkflowJson,
} from '../../../tools/engine';
import type { FastClock } from '../../../tools/clock/fastClock';
import { credentialFor, prompts, transform } from '../../../tools/engine/runway';
import type { Simulator } from '../../../tools/simulator';
import { runsWithOutput, runToTheEnd, suspendingWait, type Cycle } from './suspended';

/** n8n's execution orders: depth first since 1.0, breadth first in workflows made before. */
export const ORDERS = ['v0', 'v1'] as const;

/** Adds the prompt of the item it is paired with, found through n8n's pairing. */
export const collect = (name = 'Done'): NodeJson =>
	editFields(name, '={{ { ...$json, prompt: $("Start").item.json.prompt } }}');

/** Transform → Wait → *Done*. */
export function durable(
	executionOrder: (typeof ORDERS)[number] = 'v1',
	waiting: NodeJson = suspendingWait(),
): WorkflowJson {
	return { ...chain(trigger, transform(), waiting, collect()), settings: { executionOrder } };
}

/** Tasks and workflows on one simulator and one clock. */
export class DurableWorld {
	constructor(
		private readonly simulator: Simulator,
		private readonly clock: FastClock,
	) {}

	/** Tasks that live so many seconds and show no progress, by their prompt; those of `failing` end badly. Gives the prompts. */
	readonly lives = (seconds: Record<string, number>, failing: string[] = []): string[] => {
		for (const [prompt, life] of Object.entries(seconds)) {
			const outcome = failing.includes(prompt) ? ('FAILED' as const) : ('SUCCEEDED' as const);
			this.simulator.addRule({
				promptIncludes: prompt,
				scenario: { pendingMs: 0, runningMs: life * 1_000, outcome, progress: 'none' },
			});
		}
		return Object.keys(seconds);
	};

	/** Runs a workflow on items with these prompts, over all suspensions. */
	readonly toTheEnd = async (
		workflow: WorkflowJson,
		names: string[],
		options: RunOptions = {},
	): Promise<Cycle> =>
		await runToTheEnd(
			workflow,
			{ credentials: credentialFor(this.simulator), input: prompts(...names), ...options },
			this.clock,
		);

	/** Which prompts each run of a *collect* node has handed on. @throws when an item came with another's task */
	readonly promptsOf = ({ last }: Pick<Cycle, 'last'>, node: string): string[][] => {
		const promptOf = new Map(this.simulator.tasks().map(({ id, promptText }) => [id, promptText]));
		return runsWithOutput(last, node).map((items) =>
			items.map(({ json }) => {
				const { taskId = (json.error as { taskId?: unknown } | undefined)?.taskId } = json;
				if (promptOf.get(String(taskId)) !== json.prompt)
					throw new Error(`${String(json.prompt)} came with task ${String(taskId)}`);
				return String(json.prompt);
			}),
		);
	};
}
