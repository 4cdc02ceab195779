import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { toNodeError } from '../shared/n8n/errors';
import { parseInput } from '../shared/n8n/input';
import { parseTaskOptions, type TaskOptions } from '../shared/n8n/options';
import type { TaskEvent } from './findTask';
import { TRIGGER_INPUT, unresolvedError, type Listed } from './listedIds';

/** What the trigger's fields come to. */
export interface Asked extends Listed {
	events: TaskEvent[];
	options: TaskOptions;
}

/**
 * Reads all fields at once, at the beginning of a poll: n8n takes what it evaluates expressions with away when the
 * poll ends, and downloads may go on after that. Throws the node's error for a field that can't be used.
 */
export function readFields(context: IPollFunctions): Asked {
	try {
		const { taskIds } = parseInput(TRIGGER_INPUT, { taskIds: readTaskIds(context) });
		return {
			...taskIds,
			events: context.getNodeParameter('events', []) as TaskEvent[],
			options: parseTaskOptions(context.getNodeParameter('options', {}) as IDataObject),
		};
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** What n8n says of `$json` in a trigger, that the trigger itself has not been executed, does not say what to do. */
function readTaskIds(context: IPollFunctions): unknown {
	try {
		return context.getNodeParameter('taskIds', '');
	} catch (error) {
		throw unresolvedError((error as Error).message);
	}
}
