import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseWorkflow, type WorkflowJson } from '../../../tools/n8n';
import { toSink } from '../sink';
import { to, WAIT } from '../workflows';
import { Ground, type Started } from './ground';
import { type Batch, batchWorkflow } from './workflows';

/** What is done to a workflow while an execution of it is suspended. */
const EDITS: Record<string, (workflow: WorkflowJson, sinkUrl: string) => WorkflowJson> = {
	'the Wait node gets another name': (workflow) =>
		parseWorkflow(JSON.stringify(workflow).replaceAll(WAIT, 'Renamed')),
	'the Wait node is moved': (workflow) => changeWait(workflow, { position: [50, 500] }),
	// Were it to count, the tasks would be too late.
	'the Wait node gets a shorter timeout': (workflow) =>
		changeWait(workflow, { parameters: { timeoutMinutes: 0.01 } }),
	'a node is inserted behind the Wait node': (workflow, sinkUrl) => {
		const name = 'Inserted';
		const inserted = toSink(name, `${sinkUrl}/inserted/finished`);
		const main = [to(name), ...workflow.connections[WAIT].main.slice(1)];
		const connections = { ...workflow.connections, [WAIT]: { main } };
		return { ...workflow, nodes: [...workflow.nodes, inserted], connections };
	},
	'the Wait node is deleted': (workflow) => {
		const nodes = workflow.nodes.filter(({ name }) => name !== WAIT);
		return { ...workflow, nodes, connections: {} };
	},
};

const DEACTIVATED = 'the workflow is deactivated';

describe('a workflow is edited while an execution of it is suspended, and n8n is killed after that', () => {
	let ground: Ground;
	let started: Map<string, Started>;

	before(async () => {
		ground = await Ground.open();
		const edits = [...Object.keys(EDITS), DEACTIVATED];
		const batches = edits.map(
			(_, index): Batch => ({ name: `edit-${index}`, seconds: [110, 140], failing: 0 }),
		);
		const all = await ground.start(batches);
		started = new Map(edits.map((edit, index) => [edit, all[index]]));
	});
	after(async () => await ground.stage.n8n.stop());

	it('takes every edit while all executions are suspended', async () => {
		const { stage, sink } = ground;
		await ground.allSuspended();
		const edited = Object.entries(EDITS).map(async ([edit, apply]) => {
			const { workflow, batch } = started.get(edit)!;
			await stage.restore(workflow, apply(batchWorkflow(batch, sink.baseUrl), sink.baseUrl));
			await stage.api.activate(workflow);
		});
		await Promise.all([...edited, stage.api.deactivate(started.get(DEACTIVATED)!.workflow)]);
		await ground.allSuspended();
		await ground.assertUnfinished([...started.values()]);
		await stage.n8n.restart('SIGKILL');
		await ground.allEnded();
	});

	for (const edit of [...Object.keys(EDITS), DEACTIVATED]) {
		it(`${edit}: the execution goes on as it was started`, async () => {
			const { batch, id } = started.get(edit)!;
			const { status } = await ground.stage.api.getExecution(id);
			assert.equal(status, 'success');
			ground.assertEachOnce(batch);
		});
	}
});

function changeWait(workflow: WorkflowJson, change: object): WorkflowJson {
	const nodes = workflow.nodes.map((node) => (node.name === WAIT ? { ...node, ...change } : node));
	return { ...workflow, nodes };
}
