import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { tryAllHoles } from './holes/tryAll';
import { type Ground, groundOn } from './holes/ways';
import { type Cluster, startCluster } from './queue/cluster';

/** Executions that are started by hand go to the workers as well. */
const BY_WORKERS = { OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true' };

/** n8n's worker logs each execution that it takes up, with its id. */
const TAKEN_UP = /Worker started execution/g;

describe('holes that hostile tests found once stay closed in queue mode', () => {
	let cluster: Cluster;
	let ground: Ground;
	before(async () => {
		cluster = await startCluster({ env: BY_WORKERS });
		ground = await groundOn(cluster.main, cluster.api);
	});

	tryAllHoles(() => ground);

	it('workers ran them all', async () => {
		const all = await cluster.api.allExecutions({ status: ['success', 'error'] });
		const taken = cluster.workers.map((worker) => [...worker.logs().matchAll(TAKEN_UP)].length);
		const sum = taken.reduce((a, b) => a + b, 0);
		assert.ok(sum >= all.length && all.length > 20, `${taken.join(' + ')} of ${all.length}`);
	});
});
