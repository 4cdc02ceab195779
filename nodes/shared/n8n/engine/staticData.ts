import type { IDataObject } from 'n8n-workflow';
import type { ItemsContext } from '../context';
import { insideOf } from './inside';

/** n8n's triggers that keep nothing in static data. */
const FORGETFUL_TRIGGERS = new Set([
	'n8n-nodes-base.manualTrigger',
	'n8n-nodes-base.formTrigger',
	'n8n-nodes-base.executeWorkflowTrigger',
	'n8n-nodes-base.errorTrigger',
	'@n8n/n8n-nodes-langchain.chatTrigger',
]);

/** Nodes that may keep a cursor there: whatever polls or counts, and the user's own code. */
const MAY_KEEP_SOMETHING = /(trigger|\.(cron|interval|emailReadImap|code|function|functionItem))$/i;

/** A node's part of its workflow's static data, which outlives executions and restarts. */
export interface StaticData {
	read(key: string): unknown;
	write(key: string, value: IDataObject[]): void;
}

/**
 * The node's static data, where writing it can do no harm; else `undefined`.
 *
 * n8n saves the static data of a workflow as a whole, as the execution that ends has known it since its start
 * (`WorkflowStaticDataService.saveStaticDataById`), and just asking for it counts as a change. An execution that was suspended
 * for minutes would thus put back the cursor of a polling trigger, which after a restart starts, and pays for, its items
 * again. So it is used only where no other node keeps anything.
 */
export function ownStaticData(context: ItemsContext): StaticData | undefined {
	const { nodes, staticData } = insideOf(context);
	if (!nodes || !staticData) return undefined;
	const own = `node:${context.getNode().name}`;
	const isShared = Object.keys(staticData).some((key) => key !== own);
	const types = Object.values(nodes).map(({ type }) => type);
	const mayBeShared = types.some(
		(type) => MAY_KEEP_SOMETHING.test(type) && !FORGETFUL_TRIGGERS.has(type),
	);
	if (isShared || mayBeShared) return undefined;
	return {
		read: (key) => (staticData[own] as Record<string, unknown> | undefined)?.[key],
		write(key, value) {
			context.getWorkflowStaticData('node')[key] = value;
		},
	};
}
