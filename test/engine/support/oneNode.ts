import type { IDataObject, INode } from 'n8n-workflow';
import { chain, trigger, type NodeJson, type WorkflowJson } from '../../../tools/engine';
import { transform } from '../../../tools/engine/runway';
import { collect } from './durable';

export const THREE_TRIES: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** A create that waits for the end of its task. */
export const creating = (
	returnAs = 'url',
	parameters: IDataObject = {},
	more: Partial<INode> = {},
): NodeJson => transform({ returnAs, ...parameters }, more);

/** Create → *Done*. */
export const oneNode = (node = creating()): WorkflowJson => chain(trigger, node, collect());
