import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { n8nMajorVersion } from '../../tools/n8n';
import { runLeaving } from './canary/runLeaving';
import { type Bench, setUpBench } from './queue/bench';
import { type Aftermath, killWorkerOf, printAftermaths, type Setting } from './queue/crash';
import { Fleet, type FleetResult } from './queue/fleet';
import { say } from './queue/observer';

const MINUTE_MS = 60_000;

describe('n8n in queue mode, on PostgreSQL and Redis', () => {
	let bench: Bench;
	let suspended: FleetResult | undefined;

	before(async () => {
		bench = await setUpBench();
	});

	it('delivers 60 suspended executions exactly once, though a worker is killed meanwhile', async () => {
		const fleet = new Fleet(bench, 'suspended');
		await fleet.start();
		await fleet.waitUntilAllWait(MINUTE_MS);
		const [worker] = bench.cluster.workers;
		await worker.kill();
		say(`killed ${worker.name}`);
		await fleet.watchFor(0.5 * MINUTE_MS, 'starting it again');
		await worker.start();
		suspended = await fleet.finish(8 * MINUTE_MS);
		fleet.print(suspended);
		fleet.assertExactlyOnce();
	});

	it('delivers 60 executions that keep running exactly once, ten at a time', async () => {
		const fleet = new Fleet(bench, 'keepRunning');
		await fleet.start();
		const kept = await fleet.finish(15 * MINUTE_MS);
		fleet.print(kept);
		fleet.assertExactlyOnce();
		if (suspended) printComparison(suspended, kept);
	});

	it('pays for no second task when a worker is killed under executions that wait in it', async () => {
		const aftermaths = await killWorkerOf(bench, settings('worker'));
		printAftermaths(aftermaths);
		assertPaidOnce(aftermaths, 'error');
	});

	for (const count of ['0', '1']) {
		it(`pays for no second task with QUEUE_WORKER_MAX_STALLED_COUNT=${count}, which n8n 2 ignores`, async () => {
			const setting = { path: `stalled-${count}`, keepRunning: true };
			const aftermaths = await killWorkerOf(bench, [setting], {
				workerEnv: { QUEUE_WORKER_MAX_STALLED_COUNT: count },
			});
			printAftermaths(aftermaths);
			assertPaidOnce(aftermaths, 'error');
		});
	}

	it('hands on the paid tasks in a retry after a worker and the main process were killed, when progress is saved', async () => {
		const aftermaths = await killWorkerOf(bench, settings('both'), { withMain: true });
		printAftermaths(aftermaths);
		// Without saved progress, the retry starts from the beginning.
		assertPaidOnce(
			aftermaths.filter(({ setting }) => setting !== 'both-default'),
			'crashed',
		);
	});
});

describe('the search for the key', () => {
	for (const where of ['PostgreSQL', 'Redis']) {
		it(`fails a suite that leaves it in ${where}`, async () => {
			const { code, output } = await runLeaving(where);
			assert.equal(code, 1, output);
			assert.match(
				output,
				/Leaked: the API key \(plain\) is in a file: \S+(dump\.sql|dump\.rdb)$/m,
			);
		});
	}
});

/** Waiting in the process and suspended, each without and with "Save execution progress". */
function settings(name: string): Setting[] {
	return [
		{ path: `${name}-default`, keepRunning: true },
		{ path: `${name}-progress-saved`, keepRunning: true, saveExecutionProgress: true },
		{ path: `${name}-suspended`, keepRunning: false },
		{ path: `${name}-suspended-progress-saved`, keepRunning: false, saveExecutionProgress: true },
	];
}

/**
 * What becomes of executions whose worker has died, and how many tasks each has then. n8n 2 hands no job over to another
 * worker: it ends the execution. n8n 1 does, as often as QUEUE_WORKER_MAX_STALLED_COUNT says (1), and what it has saved
 * nothing of begins anew, which no node can know.
 */
function expectedOf(setting: string, statusInN8n2: string): { status: string; tasks: number } {
	if (n8nMajorVersion() > 1) return { status: statusInN8n2, tasks: 1 };
	if (setting === 'stalled-0') return { status: 'error', tasks: 1 };
	return { status: 'success', tasks: BEGINS_ANEW_IN_N8N_1.has(setting) ? 2 : 1 };
}

const BEGINS_ANEW_IN_N8N_1 = new Set(['worker-default', 'stalled-1']);

function assertPaidOnce(aftermaths: Aftermath[], statusInN8n2: string): void {
	for (const { setting, statuses, tasks, tasksAfterRetry } of aftermaths) {
		const expected = expectedOf(setting, statusInN8n2);
		assert.deepEqual(
			statuses,
			statuses.map(() => expected.status),
			`${setting}: statuses`,
		);
		assert.deepEqual(
			tasks,
			tasks.map(() => expected.tasks),
			`${setting}: tasks for each execution`,
		);
		assert.deepEqual(tasksAfterRetry, tasks, `${setting}: a retry pays for none`);
	}
}

function printComparison(suspended: FleetResult, kept: FleetResult): void {
	const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
	say(
		`makespan: suspended ${seconds(suspended.makespanMs)}, keepRunning ${seconds(kept.makespanMs)}, ratio ${(suspended.makespanMs / kept.makespanMs).toFixed(2)}`,
	);
	say(
		`slot seconds: suspended ${suspended.slotSeconds.toFixed(0)}, keepRunning ${kept.slotSeconds.toFixed(0)}, ratio ${(suspended.slotSeconds / kept.slotSeconds).toFixed(2)}`,
	);
}
