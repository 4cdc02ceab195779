import type { IExecuteData, IExecuteFunctions, INode, ITaskData } from 'n8n-workflow';
import { durableRunOf } from '../../../../nodes/shared/n8n/engine/durableRun';
import { fake } from '../../support/fake';

const NODE = fake<INode>({ name: 'Wait', alwaysOutputData: true });
const OTHER: IExecuteData = {
	node: fake<INode>({ name: 'Other' }),
	data: { main: [] },
	source: null,
};

/** An engine at work on the node; `entry` is its place on the stack. */
function engine(past: Array<Partial<ITaskData>> = []) {
	const entry: IExecuteData = {
		node: fake<INode>({ name: 'Wait', alwaysOutputData: false }),
		data: { main: [[{ json: {} }]] },
		source: null,
		runIndex: 3,
		metadata: { parentExecution: { executionId: '1', workflowId: '2' } },
	};
	const run: { waitTill?: Date } & Record<string, unknown> = {
		resultData: { runData: { Wait: past } },
		executionData: { nodeExecutionStack: [] as IExecuteData[] },
	};
	const stack = (run.executionData as { nodeExecutionStack: IExecuteData[] }).nodeExecutionStack;
	const context = fake<
		IExecuteFunctions & { workflow: { nodes: Record<string, INode> }; runExecutionData: object }
	>({
		workflow: { nodes: { Wait: NODE } },
		runExecutionData: run,
		getNode: () => NODE,
		getExecuteData: () => entry,
		putExecutionToWait: async (until: Date) => {
			run.waitTill = until;
		},
	});
	const durable = durableRunOf(context);
	if (!durable) throw new Error('Everything that is needed is there');
	return { durable, entry, run, stack };
}

const UNTIL = Date.UTC(2026, 10, 25, 12);

test('a suspension is seen by the engine while it runs, and not in what is stored', async () => {
	const { durable, run } = engine();
	expect(await durable.suspend(UNTIL)).toBe(true);

	expect(run.waitTill).toEqual(new Date(UNTIL));
	expect(JSON.stringify(run)).not.toContain('waitTill');
	expect({ ...run }).not.toHaveProperty('waitTill');
});

test('what is remembered is stored with the place on the stack, beside what n8n keeps there', () => {
	const { durable, entry } = engine();
	expect(durable.recall()).toBeUndefined();
	durable.remember({ left: [1] });
	expect(durable.recall()).toEqual({ left: [1] });
	expect(JSON.parse(JSON.stringify(entry.metadata))).toEqual({
		cometApiRunwayWait: { left: [1] },
		parentExecution: { executionId: '1', workflowId: '2' },
	});

	durable.remember(undefined);
	expect(durable.recall()).toBeUndefined();
	expect(entry.metadata).toEqual({ parentExecution: { executionId: '1', workflowId: '2' } });
});

test('going on afterwards comes last, with the same input, a run index of its own, and the memory', () => {
	const { durable, entry, stack } = engine();
	stack.push(OTHER);
	durable.remember({ left: [] });
	durable.goOnAfterwards({ left: [0] });

	expect(stack[0]).toBe(OTHER);
	expect(stack[1].node.name).toBe('Wait');
	expect(stack[1].data).toBe(entry.data);
	expect(stack[1].metadata).toMatchObject({ cometApiRunwayWait: { left: [0] } });
	expect(stack[1]).not.toHaveProperty('runIndex');
	// A retry of this go starts with what it had.
	expect(durable.recall()).toEqual({ left: [] });
});

test('Always Output Data counts for the last go alone', async () => {
	const { durable, entry } = engine();
	expect(entry.node.alwaysOutputData).toBe(true);
	await durable.suspend(UNTIL);
	expect(entry.node.alwaysOutputData).toBe(false);
	const early = engine();
	early.durable.goOnAfterwards({});
	expect(early.entry.node.alwaysOutputData).toBe(false);
	expect(early.stack[0].node.alwaysOutputData).toBe(true);
});

test('others are let pass, but not those that let others pass as well', () => {
	const { durable, stack } = engine();
	expect(durable.hasOthersToLetPass()).toBe(false);
	durable.goOnAfterwards({});
	expect(durable.hasOthersToLetPass()).toBe(false);
	stack.push(OTHER);
	expect(durable.hasOthersToLetPass()).toBe(true);
});

test('runs that have suspended before are over, and forget', () => {
	const past: Array<Partial<ITaskData>> = [
		{
			executionStatus: 'waiting',
			metadata: { cometApiRunwayWait: { tasks: [] } } as ITaskData['metadata'],
		},
		{ executionStatus: 'error' },
	];
	engine(past);
	expect(past).toEqual([
		{ executionStatus: 'success', metadata: undefined },
		{ executionStatus: 'error' },
	]);
});
