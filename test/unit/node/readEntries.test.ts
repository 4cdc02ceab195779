import type { IDataObject, IExecuteFunctions, INode, NodeTypeAndVersion } from 'n8n-workflow';
import { createBefore } from '../../../nodes/CometApiRunwayWait/createBefore';
import { readEntries } from '../../../nodes/CometApiRunwayWait/readEntries';
import { fake } from '../support/fake';

const TRANSFORM = { resource: 'video', operation: 'transform' };

/** What Wait reads of an item behind a node of ours with these parameters, or behind another. */
function read(json: IDataObject, parameters?: NodeTypeAndVersion['parameters']) {
	const type = parameters ? 'n8n-nodes-cometapi-runway.cometApiRunway' : 'n8n-nodes-base.set';
	const before = { name: 'Before', type, typeVersion: 1, disabled: false, parameters };
	const values = new Map<string, string | number | IDataObject>([
		['taskId', 'task-1'],
		['timeoutMinutes', 30],
		['options', {}],
	]);
	const context = fake<IExecuteFunctions>({
		getInputData: () => [{ json }],
		getNode: () => fake<INode>({ name: 'Wait' }),
		getParentNodes: () => [before],
		getNodeParameter: ((name: string) => values.get(name)) as IExecuteFunctions['getNodeParameter'],
	});
	const [entry] = readEntries(context, createBefore(context) !== undefined);
	if ('error' in entry) throw entry.error;
	return entry.settings;
}

test.each<[string, IDataObject, NodeTypeAndVersion['parameters'], true | undefined]>([
	['the Task that a create has emitted', { taskId: 'task-1', status: 'PENDING' }, TRANSFORM, true],
	[
		'another id than the create has emitted',
		{ taskId: 'task-2', status: 'PENDING' },
		TRANSFORM,
		undefined,
	],
	['an item without a status', { taskId: 'task-1' }, TRANSFORM, undefined],
	['what another node hands on', { taskId: 'task-1', status: 'PENDING' }, undefined, undefined],
	[
		'what Task → Get has read',
		{ taskId: 'task-1', status: 'PENDING' },
		{ resource: 'task', operation: 'get' },
		undefined,
	],
])('of %s', (_what, json, parameters, isOurs) => {
	expect(read(json, parameters).isOurs).toBe(isOurs);
});
