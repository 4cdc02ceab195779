import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { examineFolder, examineObject, keyBelongsTo } from '../../tools/canary';
import { DEFAULT_API_KEY, startSimulator, type Simulator } from '../../tools/simulator';

const root = join(__dirname, '../..');

let simulator: Simulator;
let folder: string;

beforeAll(async () => {
	simulator = await startSimulator({ speed: 10, scenario: { runningMs: 300_000 } });
	folder = mkdtempSync(join(tmpdir(), 'demo-'));
});
afterAll(async () => {
	await simulator.close();
	rmSync(folder, { recursive: true, force: true });
});

/** Runs the demo as `npm run demo` does, with a service as COMETAPI_KEY names one. */
async function runDemo(apiKey: string) {
	const env = { ...process.env, COMETAPI_KEY: apiKey, COMETAPI_BASE_URL: simulator.baseUrl };
	const tsx = join(root, 'node_modules/.bin/tsx');
	keyBelongsTo(simulator.baseUrl);
	const run = promisify(execFile)(tsx, ['scripts/demo.ts', '--output', folder], { cwd: root, env });
	const [printed] = await Promise.allSettled([run]);
	examineObject('what the demo printed', printed);
	examineFolder('the output of the demo', folder);
	return await run;
}

test('the demo takes a real MP4 through the example workflow, shows progress and says where the result is', async () => {
	const { stdout } = await runDemo(DEFAULT_API_KEY);

	const [name, ...others] = readdirSync(folder);
	expect(others).toEqual([]);
	const output = readFileSync(join(folder, name));
	expect(output.equals(readFileSync(join(root, 'tools/simulator/assets/transformed.mp4')))).toBe(
		true,
	);
	expect(stdout).toContain(createHash('sha256').update(output).digest('hex'));
	expect(stdout).toContain(`${output.length} bytes`);
	expect(stdout).toContain(
		'Read the clip → CometAPI Runway → CometAPI Runway Wait → Write the result',
	);
	expect(stdout).toMatch(/s {2}RUNNING \d+ %/);
	expect(stdout).toContain(`Task:    ${simulator.tasks()[0].id}`);
	expect(simulator.stats()).toMatchObject({ createsReceived: 1, downloads: 1 });
}, 60_000);

test('the demo with a wrong key fails, says why and does not print the key', async () => {
	const failed = z.object({ code: z.literal(1), stdout: z.string(), stderr: z.string() });
	const failure = failed.parse(await runDemo('sk-wrong').catch((error: unknown) => error));

	expect(failure.stderr).toContain('CometAPI did not accept the API key');
	expect(failure.stdout + failure.stderr).not.toContain('sk-wrong');
}, 60_000);
