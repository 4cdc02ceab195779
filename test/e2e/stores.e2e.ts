import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { before, describe, it } from 'node:test';
import { waitFor } from '../../tools/n8n';
import { type Bench, setUpBench } from './queue/bench';
import { say } from './queue/observer';
import type { Store } from './queue/store';
import { type Facts, fateOf } from './stores/fates';
import { printFigures } from './stores/figures';
import { recover } from './stores/recovery';
import type { Blow, Storm } from './stores/storm';
import { type Row, SINK_TAKES_MS, Trial } from './stores/trial';

const RECOVERY_TIMEOUT_MS = 4 * 60_000;
/** Were anything to come twice, it would come within this time. */
const SETTLE_MS = 5_000;

/** A few stops use up n8n's default of 2: a connection that breaks amid a transaction is not given back. */
const ENV = { DB_POSTGRESDB_POOL_SIZE: '10' };

/** Stops that must have met executions of each kind; else the run shows too little. */
const FEWEST_STOPS = { suspended: 6, resumed: 3, delivering: 2 } as const;

describe('PostgreSQL and Redis, stopped and started every ten seconds', () => {
	let bench: Bench;

	before(async () => {
		bench = await setUpBench({ redisKeeps: 'everything', sinkTakesMs: SINK_TAKES_MS, env: ENV });
	});

	it('creates no task twice and loses none while PostgreSQL goes away', async () => {
		const { store } = bench.cluster.postgres;
		await assertNothingIsLost('postgres', store, [
			{ how: 'stopped (fast)', end: async () => await store.end('SIGINT') },
			{ how: 'stopped (immediate)', end: async () => await store.end('SIGQUIT') },
		]);
	});

	it('creates no task twice and loses none while Redis goes away and keeps what it has', async () => {
		const { store } = bench.cluster.redis;
		await assertNothingIsLost('redis', store, [
			{ how: 'stopped', end: async () => await store.end('SIGTERM') },
			{ how: 'killed', end: async () => await store.end('SIGKILL') },
		]);
	});

	it('creates no task twice and loses none while Redis goes away and comes back empty', async () => {
		const { store, forget } = bench.cluster.redis;
		const end = async () => {
			await store.end('SIGKILL');
			forget();
		};
		await assertNothingIsLost('redis-emptied', store, [{ how: 'killed, and emptied', end }]);
	});

	/** Whatever n8n gives up is counted by name, and delivered in the end by what the docs say, all of it paid once. */
	async function assertNothingIsLost(path: string, store: Store, blows: Blow[]): Promise<void> {
		const trial = await Trial.prepare(bench, path);
		const { storm, keeper } = await trial.weather(store, blows);
		const left = await trial.clearUp();
		const rows = await trial.rows();
		printFigures(rows, storm);
		say(`left lying ${left}; ended by itself: ${keeper.restarts.join(', ') || 'nothing'}`);
		assertStops(storm);
		const recovered = await recover(trial, rows);
		say(`what was given up: ${JSON.stringify(recovered)}`);
		await assertPaidAndDeliveredOnce(trial);
		await trial.close();
	}
});

describe('what must not happen', () => {
	const good: Facts = {
		answer: 'started',
		status: 'success',
		tasks: 1,
		deliveries: 1,
		named: true,
	};
	const bad: Record<string, Partial<Facts>> = {
		'a second task': { tasks: 2 },
		'a second delivery': { deliveries: 2 },
		'a success that delivers nothing': { deliveries: 0 },
		'a success without a task': { tasks: 0, deliveries: 0 },
		'an execution that never ends': { status: 'running', deliveries: 0 },
		'an execution that is gone': { status: 'none', tasks: 0, deliveries: 0 },
		'a refused call that was run, and delivered nothing': { answer: 'refused', deliveries: 0 },
	};
	for (const [name, facts] of Object.entries(bad))
		it(`${name} passes for nothing else`, () =>
			assert.throws(() => fateOf({ ...good, ...facts }), /Nobody accounts for/));
});

function assertStops(storm: Storm): void {
	for (const kind of ['suspended', 'resumed', 'delivering'] as const) {
		const stops = storm.stopsAmid(kind);
		assert.ok(stops >= FEWEST_STOPS[kind], `only ${stops} stops met what was ${kind}`);
	}
}

async function assertPaidAndDeliveredOnce(trial: Trial): Promise<void> {
	const isDone = (row: Row) => {
		const { answer, tasks, deliveries } = row;
		assert.ok(tasks <= 1 && deliveries <= 1, `twice: ${JSON.stringify(row)}`);
		return tasks === deliveries && (answer === 'refused' || tasks === 1);
	};
	await waitFor(
		async () => (await trial.rows()).every(isDone),
		RECOVERY_TIMEOUT_MS,
		'what was given up to be delivered after all',
		1_000,
	);
	await sleep(SETTLE_MS);
	for (const row of await trial.rows()) assert.ok(isDone(row), JSON.stringify(row));
}
