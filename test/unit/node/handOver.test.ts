import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';
import { handOver } from '../../../nodes/CometApiRunwayTrigger/handOver';
import { fake } from '../support/fake';

const node = {
	id: 'node-1',
	name: 'Trigger',
	type: 'cometApiRunwayTrigger',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};

test('an item that n8n refuses is reported, and stops no other one', () => {
	const reported: string[] = [];
	const context = fake<IPollFunctions>({
		getNode: () => node,
		__emit: () => {
			throw new Error('The payload is not supported');
		},
		__emitError: ({ message }) => void reported.push(message),
	});
	handOver(context, { item: { json: { taskId: 'one-1' } } });
	handOver(context, { error: new NodeOperationError(node, 'Task two-2 does not exist') });
	expect(reported).toEqual(['The payload is not supported', 'Task two-2 does not exist']);
});
