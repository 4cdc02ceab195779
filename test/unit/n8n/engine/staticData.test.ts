import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { ownStaticData } from '../../../../nodes/shared/n8n/engine/staticData';
import { fake } from '../../support/fake';

const TRIGGERS = 'n8n-nodes-base.';

/** The Wait node in a workflow with nodes of these types. `asked` tells whether n8n was asked for static data to write. */
function world(types: string[], staticData: Record<string, IDataObject> | undefined = {}) {
	const nodes = Object.fromEntries(
		types.map((type, index) => [`node ${index}`, fake<INode>({ type })]),
	);
	const asked: string[] = [];
	const context = fake<IExecuteFunctions & { workflow: object; runExecutionData?: object }>(
		{
			workflow: { nodes, staticData },
			getNode: () => fake<INode>({ name: 'Wait' }),
			getWorkflowStaticData(type) {
				asked.push(type);
				return (staticData['node:Wait'] ??= {});
			},
		},
		['runExecutionData'],
	);
	return { own: ownStaticData(context), asked, staticData };
}

const OURS = 'n8n-nodes-cometapi-runway.cometApiRunway';

test.each<[string, string[], Record<string, IDataObject>]>([
	['nobody has kept anything, and nobody will', [`${TRIGGERS}webhook`, OURS], {}],
	['the node itself has', [`${TRIGGERS}manualTrigger`, OURS], { 'node:Wait': { lives: [] } }],
])('static data is used where %s', (_where, types, staticData) => {
	const { own, asked, staticData: stored } = world(types, staticData);
	expect(own?.read('lives')).toEqual(staticData['node:Wait']?.lives);
	// Asking n8n for it makes n8n save it.
	expect(asked).toEqual([]);
	own?.write('lives', [{ model: 'm' }]);
	expect(stored['node:Wait']).toEqual({ lives: [{ model: 'm' }] });
});

test.each<[string, string[], Record<string, IDataObject>]>([
	['another node has kept something', [`${TRIGGERS}webhook`], { 'node:Other': {} }],
	['the workflow has', [`${TRIGGERS}webhook`], { global: {} }],
	['a trigger may keep a cursor', [`${TRIGGERS}googleDriveTrigger`, OURS], {}],
	['a schedule counts', [`${TRIGGERS}scheduleTrigger`], {}],
	['code may keep anything', [`${TRIGGERS}webhook`, `${TRIGGERS}code`], {}],
	['our own trigger has its memory', ['n8n-nodes-cometapi-runway.cometApiRunwayTrigger'], {}],
])('and left alone where %s', (_where, types, staticData) => {
	const { own, asked } = world(types, staticData);
	expect(own).toBeUndefined();
	expect(asked).toEqual([]);
});

test('an engine that hides it has none', () => {
	const context = fake<IExecuteFunctions>({}, ['workflow', 'runExecutionData']);
	expect(ownStaticData(context)).toBeUndefined();
});
