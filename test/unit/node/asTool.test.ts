import { NodeHelpers, type INode, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { CometApiRunway } from '../../../nodes/CometApiRunway/CometApiRunway.node';
import { ROUTES } from '../../../nodes/CometApiRunway/models/routes';
import { CometApiRunwayWait } from '../../../nodes/CometApiRunwayWait/CometApiRunwayWait.node';

/** The node as n8n loads it, and as it offers it to agents under a name of its own (`convertNodeToAiTool`). */
function placed(node: INodeType, parameters: INode['parameters'], isTool: boolean) {
	const name = `${node.description.name}${isTool ? 'Tool' : ''}`;
	const description: INodeTypeDescription = { ...node.description, name };
	const type = `n8n-nodes-cometapi-runway.${name}`;
	const inWorkflow: INode = {
		...{ id: '1', name: 'Ours', type, typeVersion: 1, position: [0, 0] },
		parameters,
	};
	return { description, inWorkflow };
}

/** Its parameters, with the defaults of those that are shown. */
function parametersOf(
	node: INodeType,
	set: INode['parameters'],
	isTool: boolean,
): INode['parameters'] {
	const { description, inWorkflow } = placed(node, set, isTool);
	const { properties } = description;
	return NodeHelpers.getNodeParameters(properties, set, true, false, inWorkflow, description) ?? {};
}

/** How many of its fields of a name are shown. */
function countShown(
	node: INodeType,
	set: INode['parameters'],
	isTool: boolean,
	field: string,
): number {
	const { description, inWorkflow } = placed(node, set, isTool);
	const values = parametersOf(node, set, isTool);
	return description.properties.filter(
		(property) =>
			property.name === field &&
			NodeHelpers.displayParameter(values, property, inWorkflow, description),
	).length;
}

const get = { resource: 'task', operation: 'get' };

describe('the task id', () => {
	const cases: Array<[string, INodeType, INode['parameters'], string]> = [
		['Wait', new CometApiRunwayWait(), {}, '={{ $json.taskId }}'],
		['Task → Get', new CometApiRunway(), get, ''],
	];
	test.each(cases)(
		'of %s comes from the item, and in a tool from the model',
		(_name, node, set, item) => {
			expect(parametersOf(node, set, false).taskId).toBe(item);
			for (const isTool of [false, true]) expect(countShown(node, set, isTool, 'taskId')).toBe(1);
			expect(parametersOf(node, set, true).taskId).toMatch(/\$fromAI\('taskId', '.+', 'string'\)/);
		},
	);
});

describe('what an agent is told', () => {
	const creates = Object.keys(ROUTES).map((path): [string, INode['parameters']] => {
		const [resource, operation] = path.split('/');
		return [path, { resource, operation }];
	});
	test.each(creates)(
		'of %s: what it costs, how long it takes, which tool comes next',
		(_path, set) => {
			const told = parametersOf(new CometApiRunway(), set, true).toolDescription;
			expect(told).toMatch(/costs money and takes minutes/);
			expect(told).toMatch(/the tool CometAPI Runway Wait/);
			expect(parametersOf(new CometApiRunway(), set, false)).not.toHaveProperty('toolDescription');
		},
	);

	test('of each operation is another text', () => {
		const texts = creates.map(
			([, set]) => parametersOf(new CometApiRunway(), set, true).toolDescription,
		);
		expect(new Set(texts).size).toBe(creates.length);
	});

	test.each<[string, INodeType, INode['parameters']]>([
		['Wait', new CometApiRunwayWait(), {}],
		['Task → Get', new CometApiRunway(), get],
	])('of %s: that it costs nothing, and needs a taskId', (_name, node, set) => {
		const told = parametersOf(node, set, true).toolDescription;
		expect(told).toMatch(/[Cc]osts nothing/);
		expect(told).toMatch(/taskId/);
	});
});
