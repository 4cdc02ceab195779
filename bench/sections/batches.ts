import {
	type BatchFigures,
	byHand,
	measureBatch,
	SPEED,
	type Wait,
	withOurs,
	withSdk,
} from '../live/batches';
import { SimulatorProcess } from '../support/processes';
import type { ProgressBar } from '../support/progress';
import type { Row, Section } from '../support/report';

export const BATCH_STEPS = 4;

const LONGEST_SECONDS = 150;

interface Compared {
	ours: BatchFigures;
	sdk: BatchFigures;
	byHand: BatchFigures;
}

/** Many tasks in one execution, over real sockets. */
export async function batchSection(progress: ProgressBar): Promise<Section> {
	const simulator = await SimulatorProcess.start(SPEED);
	const measure = async (count: number, who: string, wait: Wait) => {
		progress.step(`${count} tasks: ${who}`);
		return await measureBatch(simulator, count, LONGEST_SECONDS, wait);
	};
	try {
		const compared: Compared = {
			ours: await measure(100, 'ours', withOurs),
			sdk: await measure(100, "Runway's SDK", withSdk),
			byHand: await measure(100, 'by hand', byHand),
		};
		const large = await measure(1_000, 'ours', withOurs);
		return {
			title: `Batches in one execution, real sockets, time ${SPEED} times as fast for every client`,
			rows: [...comparedRows(compared), ...largeRows(large)],
		};
	} finally {
		simulator.close();
	}
}

const makespan = ({ makespanRatio }: BatchFigures) => makespanRatio.toFixed(3);

function comparedRows({ ours, sdk, byHand: hand }: Compared): Row[] {
	const row = (
		what: string,
		show: (figures: BatchFigures) => string,
		goal: string,
		met: boolean,
	): Row => ({ what, ours: show(ours), sdk: show(sdk), byHand: show(hand), goal, met });
	return [
		row('100 tasks: makespan / slowest task', makespan, '≤ 1.05', ours.makespanRatio <= 1.05),
		row(
			'100 tasks: most requests in flight',
			({ mostInFlight }) => String(mostInFlight),
			'≤ 5',
			ours.mostInFlight <= 5,
		),
		row(
			'100 tasks: requests',
			({ requests }) => String(requests),
			'fewer than the SDK',
			ours.requests < sdk.requests,
		),
	];
}

function largeRows(large: BatchFigures): Row[] {
	const mostPerSecond = (1_000 * SPEED) / 5;
	return [
		{
			what: '1,000 tasks: makespan / slowest task',
			ours: makespan(large),
			goal: 'it ends',
			met: Number.isFinite(large.makespanRatio),
		},
		{
			what: '1,000 tasks: most in flight',
			ours: String(large.mostInFlight),
			goal: '≤ 5',
			met: large.mostInFlight <= 5,
		},
		{
			what: '1,000 tasks: requests, busiest second',
			ours: `${large.requests}, ${large.requestsInPeakSecond}`,
			goal: `≤ ${mostPerSecond} a second`,
			met: large.requestsInPeakSecond <= mostPerSecond,
		},
		{
			what: '1,000 tasks: growth of the heap, last third over second',
			ours: `${large.growthMiB.toFixed(1)} MiB`,
			goal: '≤ 5 MiB',
			met: large.growthMiB <= 5,
		},
	];
}
