/**
 * Measures ours and what users would use instead, side by side, prints one table and writes it to RESULTS.md.
 *
 *   npm run bench                          everything
 *   npm run bench -- schedule              one section: schedule, durable, batches, submission, memory, weight
 *   npm run bench -- --tasks 200 schedule  fewer tasks per family
 *   npm run bench -- --set steadyGap=2 schedule   with another number in the schedule
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, platform } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { SCHEDULE } from '../nodes/shared/task/schedule';
import { SUSPENSION } from '../nodes/shared/task/wake';
import { version } from '../package.json';
import { BATCH_STEPS, batchSection } from './sections/batches';
import { DURABLE_STEPS, durableSection } from './sections/durable';
import { MEMORY_STEPS, memorySection } from './sections/memory';
import { SCHEDULE_STEPS, scheduleSection } from './sections/schedule';
import { SUBMISSION_STEPS, submissionSection } from './sections/submission';
import { WEIGHT_STEPS, weightSection } from './sections/weight';
import { ROOT } from './support/processes';
import { ProgressBar } from './support/progress';
import { asMarkdown, asText, type Section } from './support/report';

const RESULTS = join(__dirname, 'RESULTS.md');

/** How many steps each section tells the progress of. */
const STEPS: Record<string, number> = {
	schedule: SCHEDULE_STEPS,
	durable: DURABLE_STEPS,
	batches: BATCH_STEPS,
	submission: SUBMISSION_STEPS,
	memory: MEMORY_STEPS,
	weight: WEIGHT_STEPS,
};

function readArguments(): { names: string[]; tasks: number; changed: string[] } {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			tasks: { type: 'string', default: '1000' },
			set: { type: 'string', multiple: true, default: [] },
		},
	});
	const unknown = positionals.find((name) => !(name in STEPS));
	if (unknown)
		throw new Error(`There is no section "${unknown}": ${Object.keys(STEPS).join(', ')}`);
	for (const change of values.set) {
		const [name, value] = change.split('=');
		const numbers: Record<string, number> | undefined = [SCHEDULE, SUSPENSION].find(
			(each) => name in each,
		);
		if (!numbers || !Number.isFinite(Number(value))) {
			const names = [SCHEDULE, SUSPENSION].flatMap((each) => Object.keys(each));
			throw new Error(`--set ${change}: give one of ${names.join(', ')} a number`);
		}
		numbers[name] = Number(value);
	}
	return {
		names: positionals.length > 0 ? positionals : Object.keys(STEPS),
		tasks: Number(values.tasks),
		changed: values.set,
	};
}

/** Not every package lets its package.json be required. */
function versionOf(packageName: string): string {
	const path = join(ROOT, 'node_modules', packageName, 'package.json');
	return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path, 'utf8'))).version;
}

function header(minutes: number): string {
	const others = ['n8n-core', 'n8n-nodes-base', '@runwayml/sdk'].map(
		(name) => `${name} ${versionOf(name)}`,
	);
	const machine = `${cpus().length} × ${cpus()[0].model.trim()}, ${platform()}, Node ${process.versions.node}`;
	return [
		'# Results',
		'',
		`${new Date().toISOString().slice(0, 10)}, n8n-nodes-cometapi-runway ${version} against ${others.join(', ')}; ${machine}; ${minutes.toFixed(1)} minutes.`,
		'What the rows mean: [README.md](README.md). Written by `npm run bench`.',
	].join('\n');
}

async function main(): Promise<void> {
	const { names, tasks, changed } = readArguments();
	const startedAt = Date.now();
	const progress = new ProgressBar(names.reduce((sum, name) => sum + STEPS[name], 0));
	const measure: Record<string, () => Promise<Section>> = {
		schedule: async () => await scheduleSection(progress, tasks),
		durable: async () => await durableSection(progress, tasks),
		batches: async () => await batchSection(progress),
		submission: async () => await submissionSection(progress),
		memory: async () => await memorySection(progress),
		weight: async () => await weightSection(progress),
	};
	const sections: Section[] = [];
	for (const name of names) sections.push(await measure[name]());
	progress.end();
	console.log(`\n${asText(sections)}\n`);
	const isWhole = names.length === Object.keys(STEPS).length && changed.length === 0;
	if (isWhole)
		writeFileSync(
			RESULTS,
			`${header((Date.now() - startedAt) / 60_000)}\n\n${asMarkdown(sections)}\n`,
		);
	console.log(
		isWhole
			? 'Written to bench/RESULTS.md.'
			: 'Not written to bench/RESULTS.md: only a whole run as shipped is.',
	);
}

main().then(
	() => process.exit(0),
	(error: Error) => {
		console.error(`\nThe bench failed: ${error.stack}`);
		process.exit(1);
	},
);
