import type { IExecuteFunctions, INode } from 'n8n-workflow';
import type { DurableRun } from '../../../nodes/shared/n8n/engine/durableRun';
import { whyKeepRunning } from '../../../nodes/shared/n8n/engine/whyKeepRunning';
import { fake } from '../support/fake';

/** The context of a node in an execution with such data. */
const contextOf = (run: object) =>
	fake<IExecuteFunctions & { runExecutionData: object }>(
		{
			getNode: () => fake<INode>({ type: 'n8n-nodes-cometapi-runway.cometApiRunwayWait' }),
			getMode: () => 'integrated',
			getWorkflow: () => ({ id: 'W', active: true }),
			runExecutionData: { executionData: { nodeExecutionStack: [] }, ...run },
		},
		['workflow'],
	);

const durable = fake<DurableRun>({});
const caller = { executionId: '1', workflowId: 'C' };

test.each([
	['n8n 2, whose caller waits', { parentExecution: caller, resumeToken: 't' }],
	['n8n 1, whose caller does not wait', { parentExecution: { ...caller, shouldResume: false } }],
	['n8n 1, without a caller', {}],
])('an execution of %s may be suspended', (_, run) => {
	expect(whyKeepRunning(contextOf(run), durable)).toBeUndefined();
});

test.each([
	['says nothing of waiting', caller],
	['waits', { ...caller, shouldResume: true }],
])('a sub-workflow in n8n 1 keeps running where its caller %s', (_, parentExecution) => {
	expect(whyKeepRunning(contextOf({ parentExecution }), durable)).toContain('sub-workflow');
});
