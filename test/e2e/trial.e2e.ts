import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { exampleFiles, readExample } from '../../tools/examples';
import { freePort, isPortFree, N8nApi, temporaryFolder, waitFor } from '../../tools/n8n';
import { endWithSuite } from '../../tools/n8n/cleanup';
import { repositoryRoot } from '../../tools/n8n/paths';
import { killTree } from '../../tools/n8n/processes';
import { TIMEOUT_MS } from './stage';

const START_MS = 180_000;
const RUN = 'Transform with one node';

/** `npm run n8n`, past the build, which this suite's own command has done. */
function startTrial(port: number, simulatorPort: number): { child: ChildProcess; said(): string } {
	const folder = temporaryFolder('trial');
	const args = ['--import', 'tsx', 'scripts/n8n.ts', '--speed=20', `--folder=${folder}`];
	args.push(`--port=${port}`, `--simulator-port=${simulatorPort}`);
	const child = spawn(process.execPath, args, {
		cwd: repositoryRoot,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	endWithSuite({ disposeNow: () => child.pid && killTree(child.pid) });
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
	return { child, said: () => output };
}

describe('the trial that the README offers', () => {
	let trial: ReturnType<typeof startTrial>;
	let api: N8nApi;
	let ports: number[];

	before(async () => {
		ports = [await freePort(), await freePort()];
		trial = startTrial(ports[0], ports[1]);
		await waitFor(
			() => /Ctrl-C ends all of it/.test(trial.said()) || trial.child.exitCode !== null,
			START_MS,
			() => `the trial to be ready; it said ${trial.said()}`,
		);
		assert.equal(trial.child.exitCode, null, trial.said());
		api = await N8nApi.connect({ baseUrl: `http://127.0.0.1:${ports[0]}` });
	});

	it('has the examples, and a credential whose test is passed', async () => {
		const names = (await api.listWorkflows()).map(({ name }) => name).sort();
		const folder = join(repositoryRoot, 'examples');
		assert.deepEqual(
			names,
			exampleFiles()
				.map((file) => readExample(file, folder).name)
				.sort(),
		);
		const [credential, ...more] = await api.listCredentials();
		assert.deepEqual(more, []);
		assert.equal((await api.testCredential(credential)).status, 'OK');
	});

	it('runs an example as it is', async () => {
		const example = (await api.listWorkflows()).find(({ name }) => name === RUN);
		assert.ok(example, RUN);
		const execution = await api.waitForExecution(await api.run(example), TIMEOUT_MS);
		assert.equal(execution.status, 'success');
	});

	it('leaves nothing running after Ctrl-C', async () => {
		trial.child.kill('SIGINT');
		await waitFor(
			async () => (await Promise.all(ports.map(isPortFree))).every(Boolean),
			TIMEOUT_MS,
			() => `the ports to be free; it said ${trial.said()}`,
		);
	});
});
