import { setTimeout as sleep } from 'node:timers/promises';
import { N8nRequestError } from '../../../tools/n8n';
import type { Ground } from './ground';
import type { Row, StartedRow } from './phases';

/**
 * An n8n that takes long to start resumes what has become due before it looks for crashed executions, and takes those for
 * crashed, too, though they go on; sometimes it says so for good. Within this time they have ended, or are suspended
 * again, and what has delivered everything is not to be retried.
 */
const REVIVAL_MS = 45_000;

/** What became of an execution that was there when n8n died. */
export interface Endings {
	/** `crashed`, or how it ended when it was left to itself. */
	afterRestart: string;
	/** How its retry ended; a dash where there was nothing to retry. */
	afterRetry: string;
}

/** Retries what has crashed, and waits until all executions have ended. */
export async function endings(ground: Ground, started: StartedRow[]): Promise<Map<Row, Endings>> {
	await sleep(REVIVAL_MS);
	const before = await statuses(ground);
	const retries = new Map(
		await Promise.all(
			started
				.filter(({ id, batch }) => before.get(id) === 'crashed' && !ground.hasDelivered(batch))
				.map(async ({ row, id }) => [row, await retry(ground, id, row.retry)] as const),
		),
	);
	await ground.allEnded();
	const after = await statuses(ground);
	return new Map(
		started.map(({ row, id }) => {
			const retried = retries.get(row);
			const afterRetry = retried === undefined ? '-' : (after.get(retried) ?? retried);
			return [row, { afterRestart: after.get(id) ?? 'gone', afterRetry }];
		}),
	);
}

async function statuses({ stage: { api } }: Ground): Promise<Map<string, string>> {
	return new Map((await api.listExecutions()).map(({ id, status }) => [id, status]));
}

/** Returns the id of the new execution once that has ended or is suspended, or n8n's words of refusal. */
async function retry(
	{ stage: { api } }: Ground,
	id: string,
	workflow: Row['retry'],
): Promise<string> {
	try {
		return (await api.retryExecution(id, { loadWorkflow: workflow === 'current' })).id;
	} catch (error) {
		if (error instanceof N8nRequestError) return `refused: ${error.message}`;
		throw error;
	}
}
