import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../../../tools/n8n';
import { node, sequence, transformNode } from '../workflows';

export const NEXT = 'Next';

/** The start → CometAPI Runway → CometAPI Runway Wait → a node that does nothing. */
export function transformWith(start: INode, promptText: string, waiting: INode): WorkflowJson {
	const next = node(NEXT, 'n8n-nodes-base.noOp', 1, {});
	return sequence('Transform', [start, transformNode({ promptText }), waiting, next]);
}
