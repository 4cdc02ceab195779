import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_API_KEY, startSimulator } from '../../../tools/simulator';

const ROOT = join(__dirname, '../../..');

// A process of its own takes a second to start, and several on a busy machine.
jest.setTimeout(30_000);

async function runCli(apiKey: string | undefined, ...args: string[]) {
	const child = spawn(process.execPath, ['--import', 'tsx', 'tools/probe/cli.ts', ...args], {
		cwd: ROOT,
		env: { ...process.env, COMETAPI_KEY: apiKey },
	});
	let output = '';
	let errors = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
	await once(child, 'close');
	return { code: child.exitCode, output, errors };
}

describe('the command line', () => {
	let folder: string;
	beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'probe-'))));
	afterEach(() => rmSync(folder, { recursive: true }));

	it('asks what is free, shows how far it is, and writes the report', async () => {
		const simulator = await startSimulator({ scenario: { unknownModels: 'refused' } });
		const report = join(folder, 'report.md');
		const args = ['--base-url', `${simulator.baseUrl}/`, '--report', report];
		const { code, output, errors } = await runCli(DEFAULT_API_KEY, ...args);
		const { tasksAccepted } = simulator.stats();
		await simulator.close();

		expect([code, tasksAccepted]).toEqual([0, 0]);
		expect(errors).toMatch(/^… asking 1 of \d+: models$/m);
		expect(output).toMatch(/^holds +key-accepted /m);
		const text = readFileSync(report, 'utf8');
		expect(text).toContain('does not hold: 0, could not be told: 0.');
		expect(text + output + errors).not.toContain(DEFAULT_API_KEY);
	});

	it.each([
		['without a key', undefined, [], 'COMETAPI_KEY is not set'],
		[
			'with an address that is none',
			'sk-a',
			['--base-url', 'cometapi'],
			'--base-url must be a URL',
		],
		['with a paid model without its clip', 'sk-a', ['--paid', 'aleph2'], 'aleph2 needs --video'],
		['with an unknown option', 'sk-a', ['--pay'], "Unknown option '--pay'"],
	])('asks nothing %s, and says why', async (_what, apiKey, args, message) => {
		const report = join(folder, 'report.md');
		const { code, errors } = await runCli(apiKey, ...args, '--report', report);
		expect(code).toBe(2);
		expect(errors).toContain(message);
		expect(errors).toContain('Usage: ');
		expect(existsSync(report)).toBe(false);
	});
});
