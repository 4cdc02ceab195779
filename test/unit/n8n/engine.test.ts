import type {
	IConnections,
	IExecuteData,
	IExecuteFunctions,
	INode,
	IRunExecutionData,
} from 'n8n-workflow';
import {
	letOthersGoFirst,
	outputLeadsBack,
	outputLeadsStraightBack,
} from '../../../nodes/shared/n8n/engine';
import { fake } from '../support/fake';

const to = (...nodes: string[]) => nodes.map((node) => ({ node, type: 'main' as const, index: 0 }));
const runOf = (name: string): IExecuteData => ({
	node: fake<INode>({ name }),
	data: { main: [] },
	source: null,
});

/** A context with what n8n's interface does not show. */
interface Inside extends IExecuteFunctions {
	workflow: { connectionsBySourceNode?: IConnections };
	runExecutionData: Pick<IRunExecutionData, 'startData'> & {
		executionData?: { nodeExecutionStack: IExecuteData[] };
	};
}

const thisRun = runOf('Wait');
const contextWith = (inside: Partial<Inside>): IExecuteFunctions =>
	fake<Inside>({ getNode: () => thisRun.node, getExecuteData: () => thisRun, ...inside }, [
		'workflow',
		'runExecutionData',
	]);

const wired = (connections: IConnections, more: Partial<Inside> = {}) =>
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
		const destinationNode = { nodeName: 'Wait', mode: 'inclusive' as const };
		const cut = { runExecutionData: { startData: { destinationNode } } };
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
	const withStack = (nodeExecutionStack: IExecuteData[]) =>
		contextWith({ runExecutionData: { executionData: { nodeExecutionStack } } });

	it('when some are ready to run, and only once', () => {
		const another = runOf('Another');
		const stack = [another];
		const state = {};
		expect(letOthersGoFirst(withStack(stack), state)).toBe(true);
		expect(letOthersGoFirst(withStack(stack), state)).toBe(false);
		expect(stack.map((run) => run === thisRun)).toEqual([false, true]);
		expect(state).toEqual({});
	});

	it.each<[string, IExecuteFunctions]>([
		['there are none', withStack([])],
		['the engine hides them', contextWith({})],
	])('not when %s', (_when, context) => {
		expect(letOthersGoFirst(context, {})).toBe(false);
	});
});
