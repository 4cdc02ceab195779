import {
	CREATES,
	measureSubmission,
	type SubmissionCase,
	type SubmissionFigures,
} from '../live/submission';
import { SimulatorProcess } from '../support/processes';
import type { ProgressBar } from '../support/progress';
import type { Row, Section } from '../support/report';

/** As fast as the node can, which shows what it costs, and with an answer as late as one over the internet. */
const CASES: SubmissionCase[] = [
	{ concurrency: 5, createMs: 0, rounds: 7 },
	{ concurrency: CREATES, createMs: 0, rounds: 7 },
	{ concurrency: 5, createMs: 150, rounds: 3 },
	{ concurrency: CREATES, createMs: 150, rounds: 7 },
];
export const SUBMISSION_STEPS = CASES.length;

/** The cost of submitting with all its checks. */
export async function submissionSection(progress: ProgressBar): Promise<Section> {
	const simulator = await SimulatorProcess.start(1);
	try {
		const rows: Row[] = [];
		for (const each of CASES) {
			const { concurrency, createMs } = each;
			const what = `${concurrency === CREATES ? 'all' : concurrency} at a time, answered ${createMs === 0 ? 'at once' : `after ${createMs} ms`}`;
			progress.step(`submission: ${CREATES} creates, ${what}`);
			rows.push(submissionRow(what, await measureSubmission(simulator, each)));
		}
		return { title: `Submission: ${CREATES} creates on n8n's engine, ms (median / best)`, rows };
	} finally {
		simulator.close();
	}
}

function submissionRow(what: string, { ours, byHand }: SubmissionFigures): Row {
	const ratio = { median: ours.median / byHand.median, best: ours.best / byHand.best };
	const show = (of: typeof ours) => `${of.median.toFixed(0)} / ${of.best.toFixed(0)}`;
	return {
		what,
		ours: show(ours),
		byHand: show(byHand),
		ratio: `${ratio.median.toFixed(2)} / ${ratio.best.toFixed(2)}`,
		goal: '≤ 1.10',
		met: Math.min(ratio.median, ratio.best) <= 1.1,
	};
}
