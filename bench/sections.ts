import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BatchFigures, byHand, measureBatch, SPEED, withOurs, withSdk } from './live/batches';
import { CREATES, measureSubmission, type SubmissionCase } from './live/submission';
import { FAMILIES } from '../tools/schedule/families';
import type { Figures } from '../tools/schedule/measure';
import { type FamilyFigures, measureFamily } from './schedule/compare';
import { median, ROOT, runChild, SimulatorProcess } from './support/processes';
import type { Progress } from './support/progress';
import type { Row, Section } from './support/report';

const MIB = 1024 * 1024;

const seconds = (ms: number) => (ms / 1000).toFixed(2);

/** Delay and requests of every client, on every family of task lives. */
export async function scheduleSection(
	progress: Progress,
	tasksPerFamily: number,
): Promise<Section> {
	const rows: Row[] = [];
	for (const family of FAMILIES) {
		progress.step(`schedule: ${family.name}`);
		rows.push(familyRow(await measureFamily(family, tasksPerFamily)));
	}
	return {
		title: `Polling, ${tasksPerFamily} tasks each in virtual time: seconds from end to detection, median / p95 · requests per task`,
		rows,
	};
}

function familyRow({ family, ours, sdk, byHand: hand }: FamilyFigures): Row {
	const show = ({ medianMs, p95Ms, requestsPerTask }: Figures) =>
		`${seconds(medianMs)} / ${seconds(p95Ms)} · ${requestsPerTask.toFixed(1)}`;
	const ratio = {
		delay: ours.medianMs / sdk.medianMs,
		requests: ours.requestsPerTask / sdk.requestsPerTask,
	};
	const predicts = family.goal === 'predict';
	return {
		what: family.name + (family.heldOut ? ' (held out)' : ''),
		ours: show(ours),
		sdk: show(sdk),
		byHand: show(hand),
		ratio: `${ratio.delay.toFixed(2)} · ${ratio.requests.toFixed(2)}`,
		goal: predicts ? '≤ 1.00 s · ≤ 0.50' : '≤ 1.00 · ≤ 1.00',
		met: predicts
			? ours.medianMs <= 1_000 && ratio.requests <= 0.5
			: ratio.delay <= 1 && ratio.requests <= 1,
	};
}

/** Many tasks in one execution, over real sockets. */
export async function batchSection(progress: Progress): Promise<Section> {
	const simulator = await SimulatorProcess.start(SPEED);
	try {
		const clients = { ours: withOurs, sdk: withSdk, byHand };
		const figures = {} as Record<keyof typeof clients, BatchFigures>;
		for (const [client, wait] of Object.entries(clients) as Array<
			[keyof typeof clients, typeof withOurs]
		>) {
			progress.step(`100 tasks: ${client}`);
			figures[client] = await measureBatch(simulator, 100, 150, wait);
		}
		progress.step('1,000 tasks: ours');
		const large = await measureBatch(simulator, 1_000, 150, withOurs);
		return {
			title: `Batches in one execution, real sockets, time ${SPEED} times as fast for every client`,
			rows: batchRows(figures, large),
		};
	} finally {
		simulator.close();
	}
}

function batchRows(
	{ ours, sdk, byHand: hand }: Record<'ours' | 'sdk' | 'byHand', BatchFigures>,
	large: BatchFigures,
): Row[] {
	const row = (
		what: string,
		show: (figures: BatchFigures) => string,
		goal: string,
		met: boolean,
	): Row => ({ what, ours: show(ours), sdk: show(sdk), byHand: show(hand), goal, met });
	const makespan = ({ makespanRatio }: BatchFigures) => makespanRatio.toFixed(3);
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
			goal: `≤ ${(1_000 * SPEED) / 5} a second`,
			met: large.requestsInPeakSecond <= (1_000 * SPEED) / 5,
		},
		{
			what: '1,000 tasks: growth of the heap, last third over second',
			ours: `${large.growthMiB.toFixed(1)} MiB`,
			goal: '≤ 5 MiB',
			met: large.growthMiB <= 5,
		},
	];
}

/** As fast as the node can, which shows what it costs, and with an answer as late as one over the internet. */
const SUBMISSIONS: SubmissionCase[] = [
	{ concurrency: 5, createMs: 0, rounds: 7 },
	{ concurrency: CREATES, createMs: 0, rounds: 7 },
	{ concurrency: 5, createMs: 150, rounds: 3 },
	{ concurrency: CREATES, createMs: 150, rounds: 7 },
];
export const SUBMISSION_STEPS = SUBMISSIONS.length;

/** The cost of submitting with all its checks. */
export async function submissionSection(progress: Progress): Promise<Section> {
	const simulator = await SimulatorProcess.start(1);
	try {
		const rows: Row[] = [];
		for (const submission of SUBMISSIONS) {
			const { concurrency, createMs } = submission;
			const what = `${concurrency === CREATES ? 'all' : concurrency} at a time, answered ${createMs === 0 ? 'at once' : `after ${createMs} ms`}`;
			progress.step(`submission: ${CREATES} creates, ${what}`);
			const { ours, byHand: hand } = await measureSubmission(simulator, submission);
			const ratio = { median: ours.median / hand.median, best: ours.best / hand.best };
			const show = (of: typeof ours) => `${of.median.toFixed(0)} / ${of.best.toFixed(0)}`;
			rows.push({
				what,
				ours: show(ours),
				byHand: show(hand),
				ratio: `${ratio.median.toFixed(2)} / ${ratio.best.toFixed(2)}`,
				goal: '≤ 1.10',
				met: Math.min(ratio.median, ratio.best) <= 1.1,
			});
		}
		return { title: `Submission: ${CREATES} creates on n8n's engine, ms (median / best)`, rows };
	} finally {
		simulator.close();
	}
}

interface MemoryFigures {
	growthMiB: number;
	seconds: number;
}

/** When garbage is collected is up to V8, so that one time says little. */
export const MEMORY_ROUNDS = 3;

function middle(figures: MemoryFigures[]): MemoryFigures {
	return {
		growthMiB: median(figures.map(({ growthMiB }) => growthMiB)),
		seconds: median(figures.map(({ seconds: each }) => each)),
	};
}

/** Peaks of resident memory, each in a process of its own. */
export async function memorySection(progress: Progress): Promise<Section> {
	const simulator = await SimulatorProcess.start(1);
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	try {
		const finished = { pendingMs: 0, runningMs: 0 };
		const small = await simulator.createTask({ ...finished, outputBytes: 4 * MIB });
		const large = await simulator.createTask({ ...finished, outputBytes: 1_024 * MIB });
		const files = [1, 16].map((size) => join(folder, `${size}.mp4`));
		[1, 16].forEach((size, index) =>
			writeFileSync(files[index], Buffer.alloc(size * MIB, 'video')),
		);
		const subjects = { download: [small, large], downloadByHand: [small, large], upload: files };
		const figures: Record<string, MemoryFigures[]> = {
			download: [],
			downloadByHand: [],
			upload: [],
		};
		for (let round = 1; round <= MEMORY_ROUNDS; round++) {
			progress.step(`memory: 1 GiB downloaded, 16 MiB submitted, ${round} of ${MEMORY_ROUNDS}`);
			for (const [kind, each] of Object.entries(subjects)) {
				figures[kind].push(
					await runChild<MemoryFigures>('memoryChild.ts', kind, simulator.baseUrl, ...each),
				);
			}
		}
		const [ours, hand, upload] = [
			middle(figures.download),
			middle(figures.downloadByHand),
			middle(figures.upload),
		];
		const show = ({ growthMiB, seconds: time }: MemoryFigures) =>
			`${growthMiB.toFixed(0)} MiB, ${time.toFixed(1)} s`;
		return {
			title: `Memory: growth of the peak (RSS) over what was in use before (median of ${MEMORY_ROUNDS})`,
			rows: [
				{
					what: '1 GiB downloaded to disk',
					ours: show(ours),
					byHand: show(hand),
					ratio: (ours.growthMiB / hand.growthMiB).toFixed(2),
					goal: '≤ 64 MiB',
					met: ours.growthMiB <= 64,
				},
				{
					what: '16 MiB binary source submitted',
					ours: show(upload),
					ratio: `${(upload.growthMiB / 16).toFixed(1)} × its size`,
					goal: '≤ 4 × its size',
					met: upload.growthMiB <= 64,
				},
			],
		};
	} finally {
		simulator.close();
		rmSync(folder, { recursive: true });
	}
}

const LOADS = 9;

/** What the package weighs on disk and at n8n's start. */
export async function weightSection(progress: Progress): Promise<Section> {
	progress.step('weight');
	const run = promisify(execFile);
	const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: ROOT,
	});
	const [{ unpackedSize }] = JSON.parse(stdout) as Array<{ unpackedSize: number }>;
	const loads: number[] = [];
	for (let count = 0; count < LOADS; count++) {
		const child = await run(process.execPath, [join(ROOT, 'bench', 'live', 'loadChild.js')]);
		loads.push((JSON.parse(child.stdout) as { ms: number }).ms);
	}
	const best = Math.min(...loads);
	return {
		title: 'Weight',
		rows: [
			{
				what: 'unpacked package',
				ours: `${(unpackedSize / 1000).toFixed(1)} kB`,
				goal: '≤ 120 kB',
				met: unpackedSize <= 120_000,
			},
			{
				what: `loading three nodes and the credential (median / best of ${LOADS})`,
				ours: `${median(loads).toFixed(1)} / ${best.toFixed(1)} ms`,
				goal: '≤ 10 ms',
				met: best <= 10,
			},
		],
	};
}
