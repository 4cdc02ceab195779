import { setTimeout as sleep } from 'node:timers/promises';
import { countsOf } from '../counts';
import { say } from '../queue/observer';
import type { Room } from './database';
import type { Load } from './loads';
import { type Memory, watchMemory } from './memory';
import type { Place } from './places';
import { type Stored, watchUntilEnded } from './suspensions';
import { type Traffic, trafficOf } from './traffic';

/** What a load came to in one place. */
export interface Measured extends Stored {
	place: string;
	load: Load;
	/** What was lost, done twice or mixed up; empty when nothing was. */
	faults: string[];
	memory: Memory[];
	roomBefore: Room;
	roomAfter: Room;
	/** From the end of the last task to the last delivery. */
	drainSeconds: number;
	traffic: Traffic;
}

/** Were anything to come twice, it would come within this time. */
const SETTLE_MS = 5_000;

/** Puts a place under a load, to its end. */
export async function measure(place: Place, load: Load): Promise<Measured> {
	const { name, stage, sink, database } = place;
	const { api, simulator } = stage;
	simulator.reset();
	sink.arrivals.length = 0;
	for (const { prompt, seconds } of load.tasks) {
		const scenario = { pendingMs: 1_000, runningMs: 1_000 * seconds };
		simulator.addRule({ promptIncludes: prompt, scenario });
	}
	const addresses = { sinkUrl: sink.baseUrl, fileUrl: place.fileUrl };
	const workflows = await Promise.all(
		load.workflows(addresses).map(async (workflow) => await stage.store(workflow)),
	);
	for (const workflow of workflows) await api.activate(workflow);
	const roomBefore = await database.room();
	const memoryOf = watchMemory(place.processes);
	say(`${name}: ${load.name}`);
	await startAll(place, load.calls);
	const ids = workflows.map(({ id }) => id);
	const stored = await watchUntilEnded(database, ids, load.calls.length);
	await sleep(SETTLE_MS);
	const lastEnd = Math.max(...simulator.tasks().map(({ finishesAt }) => finishesAt));
	return {
		...stored,
		place: name,
		load,
		faults: faultsOf(place, load),
		memory: memoryOf(),
		roomBefore,
		roomAfter: await database.room(),
		drainSeconds: (Math.max(...sink.arrivals.map(({ at }) => at)) - lastEnd) / 1_000,
		traffic: trafficOf(simulator.requests()),
	};
}

/** More calls at a time than an n8n has connections to its database are answered 500 on a machine that is busy. */
const CALLS_AT_A_TIME = 20;

async function startAll({ stage: { api } }: Place, calls: Load['calls']): Promise<void> {
	const start = async ({ path, body }: Load['calls'][number]) => {
		const { status } = await api.callWebhook(path, body);
		if (status !== 200) throw new Error(`The webhook ${path} answered ${status}`);
	};
	for (let from = 0; from < calls.length; from += CALLS_AT_A_TIME)
		await Promise.all(calls.slice(from, from + CALLS_AT_A_TIME).map(start));
}

/** Whether each task was created once, and its output delivered once, with the prompt that it was created with. */
function faultsOf({ stage: { simulator }, sink }: Place, { tasks }: Load): string[] {
	const creates = simulator.requests().filter(({ operation }) => operation === 'create');
	const created = countsOf(creates.map(({ promptText }) => promptText));
	const delivered = countsOf(sink.arrivals.map(({ prompt }) => prompt));
	const promptOf = new Map(simulator.tasks().map(({ id, promptText }) => [id, promptText]));
	const miscounted = tasks.flatMap(({ prompt }) => {
		const counts = [created.get(prompt) ?? 0, delivered.get(prompt) ?? 0];
		return counts.every((count) => count === 1)
			? []
			: [`${prompt}: ${counts.join(' created, ')} delivered`];
	});
	const wrong = sink.arrivals.filter(
		({ taskId, prompt, output }) => promptOf.get(taskId) !== prompt || output !== 'succeeded',
	);
	const more = creates.length + sink.arrivals.length - 2 * tasks.length;
	return [
		...miscounted,
		...wrong.map((arrival) => `arrived wrongly: ${JSON.stringify(arrival)}`),
		...(more > 0 ? [`${more} creates or deliveries too many`] : []),
	];
}
