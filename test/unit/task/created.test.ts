import { parseCreatedCost, parseCreatedTaskId } from '../../../nodes/shared/task/wireShapes';

describe('the id of a created task is found', () => {
	it.each<[string, unknown, string]>([
		["in Runway's answer", { id: 'task-1' }, 'task-1'],
		['in a gateway task', { task_id: 'task-1' }, 'task-1'],
		["as the envelope's data", { code: 'success', message: '', data: 'task-1' }, 'task-1'],
		[
			"in the envelope's gateway task",
			{ code: 'success', data: { task_id: 'task-1', id: 7 } },
			'task-1',
		],
		["in the envelope's Runway task", { code: 'success', data: { id: 'task-1' } }, 'task-1'],
		['outside rather than inside', { id: 'task-1', data: { id: 'other' } }, 'task-1'],
		['as a whole number', { id: 9000001 }, '9000001'],
		['as a number in a gateway task', { task_id: 9000001 }, '9000001'],
		["as a number in the envelope's task", { data: { task_id: 9000001 } }, '9000001'],
		["as a number that is the envelope's data", { code: 'success', data: 9000001 }, '9000001'],
		['by another name', { taskId: 'task-1' }, 'task-1'],
		["beside the request's own id", { id: 'req-7', task_id: 'task-1' }, 'task-1'],
		['in an envelope that says nothing', { code: '', message: '', data: 'task-1' }, 'task-1'],
		['beside an empty error', { id: 'task-1', error: {} }, 'task-1'],
		[
			'beside a warning',
			{ id: 'task-1', error: { message: 'Warning: gen4_aleph is deprecated' } },
			'task-1',
		],
		['inside when the outer id is empty', { id: '', data: { id: 'task-1' } }, 'task-1'],
		['without the blanks around it', { id: ' task-1\n' }, 'task-1'],
	])('%s', (_where, body, expected) => {
		expect(parseCreatedTaskId(body)).toBe(expected);
	});
});

describe('there is no id', () => {
	it.each<[string, unknown]>([
		['in an empty object', {}],
		['when it is blank', { id: '  ' }],
		['when it is a number that JSON has rounded', JSON.parse('{"id": 12345678901234567890}')],
		['when it is none of those', { id: 0 }],
		['deeper than any envelope', { data: { data: { id: 'task-1' } } }],
		['in an error that has an id of its own', { id: 'req_1', error: { message: 'x' } }],
		[
			"in the gateway's form of an error",
			{ code: 'invalid_request', message: 'bad', data: 'details' },
		],
		['in a text', '{"id":"task-1"}'],
	])('%s', (_where, body) => {
		expect(parseCreatedTaskId(body)).toBeUndefined();
	});
});

describe('what a created task will cost', () => {
	it.each<[string, unknown, number | undefined]>([
		["is read in Runway's answer", { id: 'task-1', estimatedCost: { credits: 84 } }, 84],
		['may be nothing', { id: 'task-1', estimatedCost: { credits: 0 } }, 0],
		[
			'is read in the envelope',
			{ code: 'success', data: { task_id: 'task-1', estimatedCost: { credits: 2.5 } } },
			2.5,
		],
		[
			'is read beside an envelope that holds an id',
			{ data: 'task-1', estimatedCost: { credits: 84 } },
			84,
		],
		['is unknown where nothing says it', { id: 'task-1' }, undefined],
		['is unknown where it is no number', { estimatedCost: { credits: '84' } }, undefined],
		['is unknown where it is no cost', { estimatedCost: { credits: -1 } }, undefined],
		['is unknown in a text', 'task-1', undefined],
	])('%s', (_where, body, expected) => {
		expect(parseCreatedCost(body)).toBe(expected);
	});
});
