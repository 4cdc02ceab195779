import type { NodeError } from '../shared/n8n/errors';
import type { Progress } from './deliver';
import type { SettingsOrError } from './entries';

/**
 * The one error of a run that n8n shows: the first one, how many there are, and what has become of every
 * sibling (id, status, output URL), in words and for programs in the error's `context.tasks`. What was paid for
 * can be picked up from there.
 */
export function siblingsError(deliveries: Progress[], settings: SettingsOrError[]): NodeError {
	const errors = deliveries.flatMap((delivery) => ('error' in delivery ? [delivery.error] : []));
	const [error] = errors;
	const tasks = deliveries.map(({ task }, item) => {
		const own = settings[item];
		return {
			item,
			...(own instanceof Error ? {} : { taskId: own.taskId }),
			status: task?.status ?? 'UNKNOWN',
			...(task?.outputUrl ? { outputUrl: task.outputUrl } : {}),
		};
	});
	Object.assign(error.context, { tasks });
	if (tasks.length === 1) return error;
	if (errors.length > 1)
		error.message = `${errors.length} of ${tasks.length} tasks did not succeed. The first: ${error.message}`;
	const list = tasks.map(({ item, taskId, status, outputUrl }) =>
		[`item ${item}:`, taskId ?? '(no task id)', status, outputUrl].filter(Boolean).join(' '),
	);
	error.description = `${error.description ?? ''} All tasks of this run: ${list.join('; ')}`.trim();
	return error;
}
