import type { IDataObject, IHttpRequestOptions, INode, INodeExecutionData } from 'n8n-workflow';
import { KEY } from './answers';
import { BASE_URL, loudly, type Answering } from './fakeServer';

/** What the engine's contexts have in common for all items of a run. */
export interface FakeRun {
	items: INodeExecutionData[];
	/** By name; a function gets the item. */
	parameters: Record<string, unknown>;
	/** The node's context, which outlives a run. */
	storage: object;
	continueOnFail: boolean;
	signal?: AbortSignal;
	answer: Answering;
	/** What went wrong with the fakes themselves: a test that has any has proved nothing. */
	complaints: string[];
	onWarning?(text: string): void;
	/** What n8n's interface does not show: members of the context by name; `undefined` hides one that it does show. */
	inside?: Record<string, unknown>;
}

export const NODE: INode = {
	id: '1',
	name: 'Runway',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** What n8n's interface does not show, and what the nodes do without where it is missing, as it is here. */
const HIDDEN = new Set<PropertyKey>([
	'workflow',
	'runExecutionData',
	'addExecutionHints',
	'getExecuteData',
	'putExecutionToWait',
	'then',
	'toJSON',
]);

/**
 * The members as a whole n8n context. A node that asks for one that is not there gets an error, which is a complaint
 * as well, since the nodes' own error handling may swallow it.
 */
function contextOf<Context extends object>({ complaints }: FakeRun, members: object): Context {
	return new Proxy(members as Context, {
		get(target, name, receiver) {
			if (Reflect.has(target, name) || HIDDEN.has(name) || typeof name === 'symbol')
				return Reflect.get(target, name, receiver);
			complaints.push(`The fake context has no ${name}`);
			throw new Error(complaints.at(-1));
		},
	});
}

/** The functions that both of n8n's contexts, for a node's run and for one item of it, give to a node. */
function common(run: FakeRun) {
	const answer = loudly(run.complaints, run.answer);
	return {
		getNode: () => NODE,
		getMode: () => 'trigger',
		getWorkflow: () => ({ id: 'workflow' }),
		getExecutionId: () => '1',
		getTimezone: () => 'Europe/Berlin',
		getContext: () => run.storage,
		getExecutionCancelSignal: () => run.signal,
		getCredentials: async () => ({ apiKey: KEY, baseUrl: BASE_URL }),
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		continueOnFail: () => run.continueOnFail,
		logger: {
			debug: () => {},
			info: () => {},
			error: () => {},
			warn: (text: string) => run.onWarning?.(text),
		},
		helpers: {
			// n8n hands the cancel signal of the context that the helper is called on to the HTTP client.
			async httpRequestWithAuthentication(
				this: { getExecutionCancelSignal(): AbortSignal | undefined },
				_type: string,
				request: IHttpRequestOptions,
			) {
				return await answer(request, this.getExecutionCancelSignal());
			},
		},
	};
}

const parameter = (run: FakeRun, name: string, item: number, fallback: unknown): unknown => {
	const value = run.parameters[name];
	if (value === undefined) return fallback;
	return typeof value === 'function' ? value(item) : value;
};

/** The context of a run, as a programmatic node gets it. */
export function runContext<Context extends object>(run: FakeRun): Context {
	return contextOf<Context>(run, {
		...common(run),
		getParentNodes: () => [],
		...run.inside,
		getInputData: () => run.items,
		getNodeParameter: (name: string, item: number, fallback?: unknown) =>
			parameter(run, name, item, fallback),
	});
}

/**
 * The context of one item, as a declarative node's functions get it. `executeData` is one object for a run and its tries; by
 * default it is what the run carries `inside`.
 */
export function itemContext<Context extends object>(
	run: FakeRun,
	item: number,
	executeData?: object,
): Context {
	return contextOf<Context>(run, {
		...common(run),
		getItemIndex: () => item,
		...(executeData && { getExecuteData: () => executeData }),
		...run.inside,
		getNodeParameter: (name: string, fallback?: unknown) => parameter(run, name, item, fallback),
	});
}

/** Items with the given fields. */
export const itemsOf = (...jsons: IDataObject[]): INodeExecutionData[] =>
	jsons.map((json) => ({ json }));
