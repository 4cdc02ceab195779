import { N8nRequestError, withCredential } from '../../../tools/n8n';
import { callWithEach } from '../queue/bench';
import { toSink } from '../sink';
import { sequence, waitNode, webhook } from '../workflows';
import { fateOf } from './fates';
import type { Row, Trial } from './trial';

/** What docs/killed-and-queue-mode.md says to do; the numbers say how often it was done. */
export interface Recovered {
	/** *Retry execution* of those whose stored data names their task. */
	retried: number;
	/** Its task's id, looked up where the task was paid for, given to a wait of its own. */
	lookedUp: number;
	/** Called again, since no task was created. */
	calledAgain: number;
}

/** Brings what n8n has given up to its end, without a second task. */
export async function recover(trial: Trial, rows: Row[]): Promise<Recovered> {
	const recovered: Recovered = { retried: 0, lookedUp: 0, calledAgain: 0 };
	const lookUp = await lookUpWorkflow(trial);
	for (const row of rows) {
		const { clip, executionId, taskIds } = row;
		const fate = fateOf(row);
		if (fate === 'given up before its create') {
			await callWithEach(trial.bench, trial.workflow, [clip.prompt]);
			recovered.calledAgain++;
		} else if (fate === 'given up, its task named' && (await retry(trial, executionId))) {
			recovered.retried++;
		} else if (fate === 'given up, its task named' || fate === 'given up, its task forgotten') {
			for (const taskId of taskIds) await trial.bench.cluster.api.callWebhook(lookUp, { taskId });
			recovered.lookedUp++;
		}
	}
	return recovered;
}

/** False where n8n refuses it, since it has dropped what a retry needs. */
async function retry({ bench }: Trial, executionId: string): Promise<boolean> {
	try {
		await bench.cluster.api.retryExecution(executionId, { loadWorkflow: false });
		return true;
	} catch (error) {
		if (error instanceof N8nRequestError) return false;
		throw error;
	}
}

/** Webhook → CometAPI Runway Wait for the task that the call names → sink. Returns the webhook's path. */
async function lookUpWorkflow({ bench, workflow }: Trial): Promise<string> {
	const { cluster, credential, sink } = bench;
	const path = `${workflow.path}-looked-up`;
	const stored = await cluster.api.createWorkflow(
		withCredential(
			sequence(`Wait for what ${path}`, [
				webhook(path),
				waitNode({ taskId: '={{ $json.body.taskId }}' }),
				toSink('Sink', `${sink.baseUrl}/${path}/succeeded`),
			]),
			credential,
		),
	);
	await cluster.api.activate(stored);
	return path;
}
