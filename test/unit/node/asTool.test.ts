import { NodeHelpers, type INode, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { CometApiRunway } from '../../../nodes/CometApiRunway/CometApiRunway.node';
import { ROUTES } from '../../../nodes/CometApiRunway/models/routes';
import { CometApiRunwayWait } from '../../../nodes/CometApiRunwayWait/CometApiRunwayWait.node';

/** The node as n8n loads it, and as it offers it to agents under a name of its own (`convertNodeToAiTool`). */
function parametersOf(
	node: INodeType,
	set: INode['parameters'],
	isTool: boolean,
): INode['parameters'] {
	const name = `${node.description.name}${isTool ? 'Tool' : ''}`;
	const description: INodeTypeDescription = { ...node.description, name };
	const placed: INode = {
		id: '1',
		name: 'Ours',
		type: `n8n-nodes-cometapi-runway.${name}`,
		typeVersion: 1,
		position: [0, 0],
		parameters: set,
	};
	const { properties } = description;
	return NodeHelpers.getNodeParameters(properties, set, true, false, placed, description) ?? {};
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
