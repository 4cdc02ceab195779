import type { INodeParameters } from 'n8n-workflow';
import type { ItemsContext } from '../context';
import { ownStaticData } from '../engine/staticData';
import type { Expectation } from '../../task/expectation';
import { expectationOf, noteLife, parseHistory, type History } from '../../task/history';
import type { Waited } from '../../task/watch';

/** Under which the lives of earlier tasks are kept in a node's static data. */
const KEY = 'earlierTasks';

/** So many nodes are remembered in this process; the one that was used longest ago is forgotten first. */
const MOST_NODES = 200;

/**
 * What earlier tasks took, by workflow and node. In this process always, and in the node's static data where nobody else
 * keeps anything there: see `ownStaticData`.
 */
const remembered = new Map<string, History>();

/** What a node has seen of earlier tasks. It only moves looks, and never decides an end. */
export interface EarlierTasks {
	/** What the next task may take. */
	expectation: Expectation | undefined;
	/** Learns from tasks that have ended. */
	learn(tasks: Waited[]): void;
}

/** The lives of the tasks of a model that this node has waited for. */
export function earlierTasksOf(context: ItemsContext, model: string): EarlierTasks {
	const key = [context.getWorkflow().id, context.getNode().id].join();
	const staticData = ownStaticData(context);
	const history = () => remembered.get(key) ?? parseHistory(staticData?.read(KEY));
	return {
		expectation: expectationOf(history(), model),
		learn(tasks) {
			const known = history();
			const learned = tasks.reduce((lives, task) => noteLife(lives, model, task), known);
			if (learned === known) return;
			remembered.delete(key);
			remembered.set(key, learned);
			if (remembered.size > MOST_NODES) remembered.delete([...remembered.keys()][0]);
			staticData?.write(KEY, learned);
		},
	};
}

/** The *Model* of a create, as it stands in its panel; '' where that can't be seen. */
export function modelIn(parameters: INodeParameters | undefined): string {
	const { model } = parameters ?? {};
	const value: unknown = typeof model === 'object' && model ? Object(model).value : model;
	return typeof value === 'string' ? value : '';
}
