import type { IConnections, IExecuteFunctions } from 'n8n-workflow';
import {
	letOthersGoFirst,
	outputLeadsBack,
	outputLeadsStraightBack,
} from '../../../nodes/shared/n8n/engine';

const to = (...nodes: string[]) => nodes.map((node) => ({ node, type: 'main' as const, index: 0 }));

function contextWith(inside: object): IExecuteFunctions {
	const context = {
		getNode: () => ({ name: 'Wait' }),
		getExecuteData: () => 'this run',
		...inside,
	};
	return context as unknown as IExecuteFunctions;
}

const wired = (connections: IConnections, more: object = {}) =>
	contextWith({ workflow: { connectionsBySourceNode: connections }, ...more });

describe('output 0 leads back', () => {
	it.each<[string, IConnections, boolean]>([
		['when it is wired to the node itself', { Wait: { main: [to('Wait')] } }, true],
		['through another node', { Wait: { main: [to('A')] }, A: { main: [to('Wait')] } }, true],
		[
			'through any output of another node',
			{ Wait: { main: [to('If')] }, If: { main: [[], to('Wait')] } },
			true,
		],
		[
			'beside a branch that does not',
			{ Wait: { main: [to('Log', 'A')] }, A: { main: [to('Wait')] } },
			true,
		],
		['not when nothing is wired', {}, false],
		['not when its wires are empty', { Wait: { main: [null, to('Wait')] } }, false],
		['not by another output', { Wait: { main: [to('A'), to('Wait')] } }, false],
		[
			'not in a loop that leaves the node out',
			{ Wait: { main: [to('A')] }, A: { main: [to('B')] }, B: { main: [to('A')] } },
			false,
		],
	])('%s', (_how, connections, expected) => {
		expect(outputLeadsBack(wired(connections))).toBe(expected);
	});

	it('for all that can be known, when the engine hides its connections', () => {
		expect(outputLeadsBack(contextWith({}))).toBe(true);
		expect(outputLeadsBack(contextWith({ workflow: {} }))).toBe(true);
	});

	it('for all that can be known, in a workflow cut down for Execute step', () => {
		const cut = { runExecutionData: { startData: { destinationNode: { nodeName: 'Wait' } } } };
		expect(outputLeadsBack(wired({}, cut))).toBe(true);
	});
});

describe('output 0 leads straight back', () => {
	it.each<[string, IExecuteFunctions, boolean]>([
		['when it is wired to the node itself', wired({ Wait: { main: [to('Wait')] } }), true],
		['when it is, among others', wired({ Wait: { main: [to('Log', 'Wait')] } }), true],
		[
			'not through another node, as in Loop Over Items',
			wired({ Wait: { main: [to('A')] }, A: { main: [to('Wait')] } }),
			false,
		],
		['not by another output', wired({ Wait: { main: [to('A'), to('Wait')] } }), false],
		['not when nothing is wired', wired({}), false],
		[
			'not for all that can be known, when the engine hides its connections',
			contextWith({}),
			false,
		],
	])('%s', (_how, context, expected) => {
		expect(outputLeadsStraightBack(context)).toBe(expected);
	});
});

describe('others go first', () => {
	const withStack = (stack: unknown[]) =>
		contextWith({ runExecutionData: { executionData: { nodeExecutionStack: stack } } });

	it('when some are ready to run, and only once', () => {
		const stack: unknown[] = ['another run'];
		const state = {};
		expect(letOthersGoFirst(withStack(stack), state)).toBe(true);
		expect(stack).toEqual(['another run', 'this run']);
		expect(letOthersGoFirst(withStack(stack), state)).toBe(false);
		expect(stack).toEqual(['another run', 'this run']);
		expect(state).toEqual({});
	});

	it.each<[string, IExecuteFunctions]>([
		['there are none', withStack([])],
		['the engine hides them', contextWith({})],
	])('not when %s', (_when, context) => {
		expect(letOthersGoFirst(context, {})).toBe(false);
	});
});
