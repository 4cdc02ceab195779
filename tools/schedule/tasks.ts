import { scenarioOf, type Scenario } from '../simulator/scenario';
import { endShownFromMs } from '../simulator/taskLife';
import { taskBody } from '../simulator/wireShapes';
import { seededRandom } from '../clock/seededRandom';
import type { Family } from './families';

/** A task in virtual time. Times are in ms after its creation. */
export interface VirtualTask {
	id: string;
	/** When a read shows the end for the first time. */
	finishedAt: number;
	/** What the simulator answers to a read at this time. */
	bodyAt(ms: number): Record<string, unknown>;
}

/** How one client came by one task's end. */
export interface Wait {
	/** From the end of the task until the client knew, in ms. */
	delayMs: number;
	requests: number;
}

/** Tasks of a family: the same ones for the same seed, so that every client waits for the same tasks. */
export function drawTasks(family: Family, count: number, seed: number): VirtualTask[] {
	const random = seededRandom(seed);
	return Array.from({ length: count }, (_, index) =>
		virtualTask(`task-${index}`, scenarioOf(family.scenario(random))),
	);
}

function virtualTask(id: string, scenario: Scenario): VirtualTask {
	const signOutputUrls = () => ['https://cdn.example.com/output.mp4'];
	const task = { id, route: 'video_to_video', scenario, signOutputUrls } as const;
	return {
		id,
		finishedAt: endShownFromMs(scenario),
		bodyAt: (elapsedMs) => taskBody({ ...task, elapsedMs, createdAt: 0, speed: 1 }),
	};
}
