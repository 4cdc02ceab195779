import { DEFAULT_API_KEY } from '../../tools/simulator';
import { runWorkflow, type WorkflowJson } from '../../tools/engine';
import { prompts } from '../../tools/engine/runway';
import type { SimulatorProcess } from '../support/processes';
import { median } from '../support/report';
import { byHandSubmitting, oursSubmitting } from './workflows';

export const CREATES = 200;

/** How the creates are sent and answered. */
export interface SubmissionCase {
	/** How many are under way at the same time. */
	concurrency: number;
	/** How long the server takes to answer each, in ms. */
	createMs: number;
	rounds: number;
}

/** How long it takes to submit all items, in ms: the median and the best of the rounds. */
export interface SubmissionFigures {
	ours: { median: number; best: number };
	byHand: { median: number; best: number };
}

/** Both in turn, so that whatever else the machine does hits both. The first round warms up and does not count. */
export async function measureSubmission(
	simulator: SimulatorProcess,
	{ concurrency, createMs, rounds }: SubmissionCase,
): Promise<SubmissionFigures> {
	const ours: number[] = [];
	const byHand: number[] = [];
	for (let round = 0; round <= rounds; round++) {
		ours.push(await time(simulator, oursSubmitting(concurrency), createMs));
		byHand.push(
			await time(simulator, byHandSubmitting(simulator.baseUrl, concurrency, CREATES), createMs),
		);
	}
	const summary = ([, ...counted]: number[]) => ({
		median: median(counted),
		best: Math.min(...counted),
	});
	return { ours: summary(ours), byHand: summary(byHand) };
}

async function time(
	simulator: SimulatorProcess,
	workflow: WorkflowJson,
	createMs: number,
): Promise<number> {
	await simulator.reset();
	await simulator.useScenario({ createMs, runningMs: 600_000 });
	const input = prompts(...Array.from({ length: CREATES }, (_, index) => `clip ${index}`));
	const credentials = {
		cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl: simulator.baseUrl },
	};
	const startedAt = performance.now();
	const run = await runWorkflow(workflow, { credentials, input });
	const ms = performance.now() - startedAt;
	if (run.error) throw run.error;
	const { tasksAccepted } = await simulator.stats();
	if (tasksAccepted !== CREATES)
		throw new Error(`${tasksAccepted} of ${CREATES} tasks were created`);
	return ms;
}
