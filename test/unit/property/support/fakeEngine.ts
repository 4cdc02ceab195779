import type { IExecuteData, INode, INodeExecutionData, ITaskData } from 'n8n-workflow';
import { z } from 'zod';
import { NODE } from './fakeContext';
import { must } from './must';

/** A piece of n8n's inside that an engine may lack, or have otherwise. */
export type Hidden =
	| 'nothing'
	| 'workflow'
	| 'nodes'
	| 'runExecutionData'
	| 'executionData'
	| 'stack'
	| 'getExecuteData'
	| 'execute data'
	| 'putExecutionToWait'
	| 'waitTill is not to be hidden'
	| 'suspending does nothing';

/** What the engine keeps of an execution, as far as a node on its own is concerned. */
interface RunData {
	waitTill?: Date;
	resultData: { runData: Record<string, ITaskData[]> };
	executionData?: { nodeExecutionStack?: IExecuteData[] };
}

/** What comes back of it from n8n's database. */
const stored = z.object({
	waitTill: z.undefined(),
	resultData: z.object({ runData: z.record(z.array(z.custom<ITaskData>())) }),
	executionData: z.object({ nodeExecutionStack: z.array(z.custom<IExecuteData>()) }),
});

const MOST_GOES = 400;

/** One go of the node: `inside` is what its context carries beside n8n's interface. */
type Go = (inside: Record<string, unknown>) => Promise<INodeExecutionData[]>;

/** Suspends until a moment: how the test lets the time pass. */
type Sleep = (until: number) => Promise<void>;

/**
 * n8n's engine as it runs one node (`WorkflowExecute.processRunExecutionData`): the stack, what a suspension does to it, what
 * is stored of it (JSON), and what a resumed execution starts with.
 */
export class FakeEngine {
	suspensions = 0;
	/** What each go has put on the output, but for those that have suspended. */
	readonly outputs: INodeExecutionData[][] = [];
	private run: RunData;
	/** The engine's own, also where the node does not see it. */
	private stack: IExecuteData[];

	constructor(
		items: INodeExecutionData[],
		private readonly hidden: Hidden,
	) {
		this.stack = [{ node: NODE, data: { main: [items] }, source: null }];
		this.run = {
			resultData: { runData: { [NODE.name]: [] } },
			executionData: { nodeExecutionStack: this.stack },
		};
		this.spoil();
	}

	/** Runs the node until nothing is left on the stack, or `isOver` says so. */
	async runToTheEnd(go: Go, sleep: Sleep, isOver: () => boolean): Promise<void> {
		for (let goes = 0; this.stack.length > 0 && !isOver(); goes++) {
			must(goes < MOST_GOES, () => 'The execution does not end');
			const [entry] = this.stack.splice(0, 1);
			const output = await go(this.inside(entry));
			if (this.run.waitTill) await this.suspend(entry, sleep);
			else this.outputs.push(output);
		}
	}

	private async suspend(entry: IExecuteData, sleep: Sleep): Promise<void> {
		must(this.hidden === 'nothing', () => `It has suspended, although ${this.hidden} is missing`);
		this.suspensions += 1;
		this.stack.unshift(entry);
		const until = Number(this.run.waitTill);
		const run = stored.parse(JSON.parse(JSON.stringify(this.run)));
		this.stack = run.executionData.nodeExecutionStack;
		this.run = run;
		await sleep(until);
	}

	private spoil(): void {
		const { hidden, run } = this;
		if (hidden === 'executionData') this.run = { ...run, executionData: undefined };
		if (hidden === 'stack') this.run = { ...run, executionData: {} };
		if (hidden === 'waitTill is not to be hidden') Object.preventExtensions(run);
	}

	private inside(entry: IExecuteData): Record<string, unknown> {
		const nodes: Record<string, INode> = { [NODE.name]: NODE };
		const { hidden } = this;
		const all: Record<string, unknown> = {
			workflow: hidden === 'nodes' ? {} : { nodes },
			runExecutionData: this.run,
			getExecuteData: () => (hidden === 'execute data' ? undefined : entry),
			putExecutionToWait: async (until: Date) => {
				if (hidden !== 'suspending does nothing') this.run.waitTill = until;
			},
		};
		return Object.fromEntries(Object.entries(all).filter(([name]) => name !== hidden));
	}
}
