import type { IDataObject, IHttpRequestOptions, INode, INodeExecutionData } from 'n8n-workflow';
import type { ApiResponse } from '../../../../nodes/shared/api/outcome';
import { KEY } from './answers';

/** What the engine's contexts have in common for all items of a run. */
export interface FakeRun {
	items: INodeExecutionData[];
	/** By name; a function gets the item. */
	parameters: Record<string, unknown>;
	/** The node's context, which outlives a run. */
	storage: object;
	continueOnFail: boolean;
	signal?: AbortSignal;
	answer(request: IHttpRequestOptions, signal: AbortSignal | undefined): Promise<ApiResponse>;
	onWarning?(text: string): void;
	onSuspend?(until: Date): void;
}

export const NODE: INode = {
	id: '1',
	name: 'Runway',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** The functions that both of n8n's contexts, for a node's run and for one item of it, give to a node. */
function common(run: FakeRun) {
	return {
		getNode: () => NODE,
		getContext: () => run.storage,
		getExecutionCancelSignal: () => run.signal,
		getCredentials: async () => ({ apiKey: KEY, baseUrl: 'https://api.example' }),
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		continueOnFail: () => run.continueOnFail,
		logger: {
			debug: () => {},
			info: () => {},
			error: () => {},
			warn: (text: string) => run.onWarning?.(text),
		},
		putExecutionToWait: async (until: Date) => run.onSuspend?.(until),
		helpers: {
			// n8n hands the cancel signal of the context that the helper is called on to the HTTP client.
			async httpRequestWithAuthentication(
				this: { getExecutionCancelSignal(): AbortSignal | undefined },
				_type: string,
				request: IHttpRequestOptions,
			) {
				return await run.answer(request, this.getExecutionCancelSignal());
			},
		},
	};
}

const parameter = (run: FakeRun, name: string, item: number, fallback: unknown): unknown => {
	const value = run.parameters[name];
	if (value === undefined) return fallback;
	return typeof value === 'function' ? (value as (item: number) => unknown)(item) : value;
};

/** The context of a run, as a programmatic node gets it. */
export function runContext<Context>(run: FakeRun): Context {
	return {
		...common(run),
		getInputData: () => run.items,
		getNodeParameter: (name: string, item: number, fallback?: unknown) =>
			parameter(run, name, item, fallback),
	} as Context;
}

/** The context of one item, as a declarative node's functions get it. `executeData` is one object for a run and its tries. */
export function itemContext<Context>(run: FakeRun, item: number, executeData: object): Context {
	return {
		...common(run),
		getItemIndex: () => item,
		getExecuteData: () => executeData,
		getNodeParameter: (name: string, fallback?: unknown) => parameter(run, name, item, fallback),
	} as Context;
}

/** Items with the given fields. */
export const itemsOf = (...jsons: IDataObject[]): INodeExecutionData[] =>
	jsons.map((json) => ({ json }));
