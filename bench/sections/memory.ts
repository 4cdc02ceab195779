import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { runChild, SimulatorProcess } from '../support/processes';
import type { ProgressBar } from '../support/progress';
import { median, type Section } from '../support/report';

const MIB = 1024 * 1024;

/** When garbage is collected is up to V8, so that one time says little. */
const ROUNDS = 3;
export const MEMORY_STEPS = ROUNDS;

/** What is measured: each on something small first, then on something large. */
interface Subjects {
	download: [small: string, large: string];
	downloadByHand: [small: string, large: string];
	upload: [small: string, large: string];
}

const memoryFigures = z.object({ growthMiB: z.number(), seconds: z.number() });

type MemoryFigures = z.infer<typeof memoryFigures>;

/** Peaks of resident memory, each in a process of its own. */
export async function memorySection(progress: ProgressBar): Promise<Section> {
	const simulator = await SimulatorProcess.start(1);
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	try {
		const subjects = await prepare(simulator, folder);
		const figures = { download: [], downloadByHand: [], upload: [] } as Record<
			keyof Subjects,
			MemoryFigures[]
		>;
		for (let round = 1; round <= ROUNDS; round++) {
			progress.step(`memory: 1 GiB downloaded, 16 MiB submitted, ${round} of ${ROUNDS}`);
			for (const kind of ['download', 'downloadByHand', 'upload'] as const) {
				const measured = [kind, simulator.baseUrl, ...subjects[kind]];
				figures[kind].push(await runChild('memoryChild.ts', memoryFigures, ...measured));
			}
		}
		return {
			title: `Memory: growth of the peak (RSS) over what was in use before (median of ${ROUNDS})`,
			rows: memoryRows(
				middle(figures.download),
				middle(figures.downloadByHand),
				middle(figures.upload),
			),
		};
	} finally {
		simulator.close();
		rmSync(folder, { recursive: true });
	}
}

/** Tasks with outputs of 4 MiB and 1 GiB, and files of 1 and 16 MiB. */
async function prepare(simulator: SimulatorProcess, folder: string): Promise<Subjects> {
	const finished = { pendingMs: 0, runningMs: 0 };
	const small = await simulator.createTask({ ...finished, outputBytes: 4 * MIB });
	const large = await simulator.createTask({ ...finished, outputBytes: 1_024 * MIB });
	const file = (size: number) => {
		const path = join(folder, `${size}.mp4`);
		writeFileSync(path, Buffer.alloc(size * MIB, 'video'));
		return path;
	};
	return {
		download: [small, large],
		downloadByHand: [small, large],
		upload: [file(1), file(16)],
	};
}

function middle(figures: MemoryFigures[]): MemoryFigures {
	return {
		growthMiB: median(figures.map(({ growthMiB }) => growthMiB)),
		seconds: median(figures.map(({ seconds }) => seconds)),
	};
}

function memoryRows(
	ours: MemoryFigures,
	byHand: MemoryFigures,
	upload: MemoryFigures,
): Section['rows'] {
	const show = ({ growthMiB, seconds }: MemoryFigures) =>
		`${growthMiB.toFixed(0)} MiB, ${seconds.toFixed(1)} s`;
	return [
		{
			what: '1 GiB downloaded to disk',
			ours: show(ours),
			byHand: show(byHand),
			ratio: (ours.growthMiB / byHand.growthMiB).toFixed(2),
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
	];
}
