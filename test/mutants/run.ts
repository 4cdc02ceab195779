/**
 * Switches the guards of the product off, one after another, and looks whether a test notices:
 * tsx test/mutants/run.ts [PART OF A GUARD'S TEXT]. Works in copies of the repository, in temporary folders, two at a time.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Mutant } from './mutant';
import { MUTANTS } from './mutants';

const ROOT = join(__dirname, '..', '..');
const COPIED = ['nodes', 'credentials', 'icons', 'tools', 'test', 'examples', 'bench', 'scripts'];
const COPIED_FILES = ['package.json', 'tsconfig.json', 'gulpfile.js', 'jest.config.js'];
const LONGEST_RUN_MS = 600_000;
/** Jest works on one file in one process: two at a time use two cores. */
const AT_A_TIME = 2;

/** What Jest reports with --json. */
const failedOrNot = z.object({
	status: z.string(),
	fullName: z.string(),
	failureMessages: z.array(z.string()),
});
const jestReport = z.object({
	testResults: z.array(
		z.object({
			assertionResults: z.array(failedOrNot),
		}),
	),
});

function copyRepository(): string {
	const folder = mkdtempSync(join(tmpdir(), 'runway-mutants-'));
	const filter = (path: string) => !path.endsWith('node_modules');
	for (const name of COPIED)
		cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter });
	for (const name of COPIED_FILES) cpSync(join(ROOT, name), join(folder, name));
	symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
	return folder;
}

/** What a program prints, whatever it exits with. */
async function run(folder: string, args: string[]): Promise<string> {
	const env = { ...process.env, FIRST_FAILURE_WILL_DO: '1' };
	const options = { cwd: folder, env, maxBuffer: 1e9, timeout: LONGEST_RUN_MS };
	return await new Promise((resolve) => {
		execFile(process.execPath, args, options, (_error, stdout) => resolve(stdout));
	});
}

/** The tests that fail, each with its reason; throws where the tests could not be run. */
async function failingTests(folder: string, tests: string[], workers = 1): Promise<string[]> {
	if (tests.some((test) => test.startsWith('test/engine/'))) {
		await run(folder, ['node_modules/gulp/bin/gulp.js', 'build']);
	}
	const jest = ['node_modules/jest/bin/jest.js', '--json', '--forceExit', `-w=${workers}`];
	const output = await run(folder, [...jest, '--runTestsByPath', ...tests]);
	const start = output.indexOf('{"num');
	if (start < 0) throw new Error(`No result came of ${tests.join(', ')}: ${output.slice(-300)}`);
	const { testResults } = jestReport.parse(JSON.parse(output.slice(start)));
	const results = testResults.flatMap(({ assertionResults }) => assertionResults);
	if (results.length === 0) throw new Error(`No test was run in ${tests.join(', ')}`);
	return results
		.filter(({ status }) => status === 'failed')
		.map(({ fullName, failureMessages }) => `${fullName}\n      ${reasonOf(failureMessages[0])}`);
}

/** The line of a failure that says why; a property test says it behind the sequence that failed. */
function reasonOf(message: string): string {
	// eslint-disable-next-line no-control-regex
	const plain = message.replace(/\u001b\[\d+m/g, '');
	const [, reason] = /\[cause\]: (.*)/.exec(plain) ?? [];
	return (reason ?? plain.split('\n').find((line) => line.trim() !== '') ?? '').slice(0, 160);
}

/** The first test that notices; `undefined` when none does. */
async function kill(
	folder: string,
	{ file, find, put, tests }: Mutant,
): Promise<string | undefined> {
	const path = join(folder, file);
	const source = readFileSync(path, 'utf8');
	if (source.split(find).length !== 2)
		throw new Error(`${file} does not have exactly once:\n${find}`);
	writeFileSync(
		path,
		source.replace(find, () => put),
	);
	try {
		return (await failingTests(folder, tests))[0];
	} finally {
		writeFileSync(path, source);
	}
}

/** Switches guards off in one copy, one after another, until none is left in the queue. Returns those that no test missed. */
async function work(folder: string, queue: Mutant[]): Promise<string[]> {
	const survivors: string[] = [];
	for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
		const test = await kill(folder, mutant);
		console.log(
			`${test ? 'fell' : 'SURVIVED'}  ${mutant.guard}\n      ${test ?? mutant.tests.join(', ')}`,
		);
		if (!test) survivors.push(mutant.guard);
	}
	return survivors;
}

async function main(): Promise<void> {
	const [part = ''] = process.argv.slice(2);
	const chosen = MUTANTS.filter(({ guard }) => guard.includes(part));
	const folders = Array.from({ length: AT_A_TIME }, copyRepository);
	let survivors: string[];
	try {
		const tests = [...new Set(chosen.flatMap((mutant) => mutant.tests))];
		const broken = await failingTests(folders[0], tests, AT_A_TIME);
		if (broken.length > 0) throw new Error(`They fail as it is: ${broken.join('; ')}`);
		const queue = [...chosen];
		const ends = await Promise.all(folders.map(async (folder) => await work(folder, queue)));
		survivors = ends.flat();
	} finally {
		for (const folder of folders) rmSync(folder, { recursive: true, force: true });
	}
	console.log(`${chosen.length - survivors.length} of ${chosen.length} mutants fell`);
	if (survivors.length > 0 || chosen.length === 0) process.exitCode = 1;
}

void main();
