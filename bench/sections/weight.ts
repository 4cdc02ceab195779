import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ROOT } from '../support/processes';
import type { ProgressBar } from '../support/progress';
import { median, type Section } from '../support/report';

export const WEIGHT_STEPS = 1;

const LOADS = 9;
const run = promisify(execFile);
const packReport = z.tuple([z.object({ unpackedSize: z.number() })]);
const loadReport = z.object({ ms: z.number() });

/** What the package weighs on disk and at n8n's start. */
export async function weightSection(progress: ProgressBar): Promise<Section> {
	progress.step('weight');
	const dryRun = ['pack', '--dry-run', '--json', '--ignore-scripts'];
	const packed = await run('npm', dryRun, { cwd: ROOT });
	const [{ unpackedSize }] = packReport.parse(JSON.parse(packed.stdout));
	const loads: number[] = [];
	for (let count = 0; count < LOADS; count++) {
		const child = await run(process.execPath, [join(ROOT, 'bench', 'live', 'loadChild.js')]);
		loads.push(loadReport.parse(JSON.parse(child.stdout)).ms);
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
