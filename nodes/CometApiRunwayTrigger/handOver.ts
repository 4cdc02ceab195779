import type { IPollFunctions } from 'n8n-workflow';
import { toNodeError } from '../shared/n8n/errors';
import type { Finding } from './finding';

/**
 * Starts the execution of a task that has been noted as done, or reports its error. Where n8n refuses an item, that is
 * reported instead: the other tasks of the poll are noted as well, and must not go without their executions.
 */
export function handOver(
	context: IPollFunctions,
	{ item, error }: Pick<Finding, 'item' | 'error'>,
): void {
	if (error) context.__emitError(error);
	if (!item) return;
	try {
		context.__emit([[item]]);
	} catch (refusal) {
		context.__emitError(toNodeError(context.getNode(), refusal));
	}
}
