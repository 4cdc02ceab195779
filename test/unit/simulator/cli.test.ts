import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startSimulator } from '../../../tools/simulator';

const ROOT = join(__dirname, '../../..');

// A process of its own takes a second to start, and several on a busy machine.
jest.setTimeout(30_000);

function startCli(...args: string[]): ChildProcess {
	return spawn(process.execPath, ['--import', 'tsx', 'tools/simulator/cli.ts', ...args], {
		cwd: ROOT,
	});
}

async function errorsOf(child: ChildProcess): Promise<string> {
	let errors = '';
	child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
	await once(child, 'close');
	return errors;
}

describe('the command line', () => {
	it.each(['SIGINT', 'SIGTERM'] as const)(
		'tells how to use it, logs each request, and ends on %s',
		async (signal) => {
			const child = startCli('--port', '0', '--key', 'sk-mine');
			const lines: string[] = [];
			const reader = createInterface(child.stdout!);
			reader.on('line', (line) => lines.push(line));
			while (!lines.includes('Ctrl-C ends it.')) await once(reader, 'line');
			const [baseUrl] = /http:\/\/127\.0\.0\.1:\d+/.exec(lines[0])!;
			expect(lines.join('\n')).toContain(`API Key sk-mine  Base URL ${baseUrl}`);
			expect(lines.join('\n')).toContain(`baseURL '${baseUrl}/runwayml'`);

			const headers = { authorization: 'Bearer sk-mine' };
			expect((await fetch(`${baseUrl}/v1/models`, { headers })).status).toBe(200);
			child.kill(signal);
			await once(child, 'close');
			expect(child.exitCode).toBe(0);
			expect(lines.at(-1)).toMatch(/ api GET \/v1\/models 200$/);
		},
	);

	it.each([
		[['--port', 'http'], '--port must be a number from 0 to 65535, not "http"'],
		[['--port', '70000'], '--port must be a number from 0 to 65535, not "70000"'],
		[['--speed', '0'], '--speed must be a number above 0, not "0"'],
		[['--key', ''], '--key must have no spaces and not be empty'],
		[['--fast'], "Unknown option '--fast'"],
	])('refuses %j with the usage and exit code 2', async (args, message) => {
		const child = startCli(...args);
		const errors = await errorsOf(child);
		expect(errors).toContain(message);
		expect(errors).toContain('Usage: npm run simulator');
		expect(child.exitCode).toBe(2);
	});

	it('says so and ends when the port is taken', async () => {
		const holder = await startSimulator();
		const child = startCli('--port', new URL(holder.baseUrl).port);
		expect(await errorsOf(child)).toMatch(/^The simulator could not start: .*EADDRINUSE/);
		expect(child.exitCode).toBe(1);
		await holder.close();
	});
});
