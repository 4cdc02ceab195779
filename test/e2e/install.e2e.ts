import assert from 'node:assert/strict';
import { existsSync, globSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import manifest from '../../package.json';
import {
	closeWithSuite,
	errorOf,
	jsonOf,
	type N8n,
	N8nApi,
	startN8n,
	temporaryFolder,
} from '../../tools/n8n';
import { communityPackagesFolder } from '../../tools/n8n/package';
import { type Simulator, startSimulator } from '../../tools/simulator';
import { cloneRepository } from './install/clone';
import { StandInForDocker } from './install/docker';
import { documentedCommands, follow } from './install/documented';
import { buildImage } from './install/image';
import { installOtherPackage, OTHER_NODE } from './install/otherPackage';
import { Stage, TIMEOUT_MS } from './stage';
import {
	itemPerPrompt,
	manualTrigger,
	sequence,
	SUBMIT,
	transformNode,
	transformOnWebhook,
	WAIT,
	waitInProcess,
} from './workflows';

describe('the package in a real n8n', () => {
	let stage: Stage;

	before(async () => {
		stage = await Stage.open();
	});

	it('passes a good credential under its Test button, and says what is wrong with another', async () => {
		const { api, credential, simulator } = stage;
		assert.equal((await api.testCredential(credential)).status, 'OK');
		const { baseUrl } = simulator;
		const wrong = await api.createCredential({ name: 'wrong', apiKey: 'sk-wrong', baseUrl });
		const { status, message } = await api.testCredential(wrong);
		assert.equal(status, 'Error');
		assert.match(message, /did not accept the API key/);
	});

	it('transforms a clip and waits for it, started by a webhook', async () => {
		const { api, simulator } = stage;
		const workflow = await stage.store(transformOnWebhook('transform', waitInProcess()));
		await api.activate(workflow);
		const answer = await api.callWebhook('transform', {
			videoUrl: 'https://media.example.com/clip.mp4',
		});
		assert.equal(answer.status, 200);
		const [{ id }] = await api.waitForExecutions({ workflowId: workflow.id }, 1, TIMEOUT_MS);
		const execution = await api.waitForExecution(id, TIMEOUT_MS);

		assert.equal(execution.status, 'success', errorOf(execution));
		const [{ id: taskId }, ...more] = simulator.tasks();
		assert.deepEqual(more, []);
		const [submitted] = jsonOf(execution, SUBMIT);
		assert.deepEqual([submitted.taskId, submitted.status], [taskId, 'PENDING']);
		const [finished] = jsonOf(execution, WAIT);
		assert.deepEqual([finished.taskId, finished.status], [taskId, 'SUCCEEDED']);
		assert.ok(String(finished.outputUrl).startsWith(simulator.outputBaseUrl));
	});
});

describe('the package, installed as docs/install.md says', () => {
	let clone: string;
	let simulator: Simulator;

	before(async () => {
		clone = cloneRepository();
		simulator = closeWithSuite(await startSimulator({ speed: 20 }));
	});

	describe('beside a package of somebody else', () => {
		let userFolder: string;
		let n8n: N8n;
		let api: N8nApi;

		before(() => {
			userFolder = temporaryFolder('n8n');
			installOtherPackage(userFolder);
		});

		it('without the repository on that machine', async () => {
			const [pack, install] = documentedCommands('Without the repository on that machine');
			await follow(pack, { cwd: clone, home: userFolder });
			for (const file of globSync('*.tgz', { cwd: clone }))
				renameSync(join(clone, file), join(communityPackagesFolder(userFolder), file));
			await follow(install, { cwd: userFolder, home: userFolder });
			n8n = await startN8n({ userFolder, installPackage: false });
			api = await N8nApi.connect(n8n);
			await works(n8n, api);
			assert.ok((await api.nodeTypes()).includes(OTHER_NODE));
		});

		it('removed, and then from source by one command', async () => {
			const [install, remove] = documentedCommands('From source');
			await follow(remove, { cwd: userFolder, home: userFolder });
			assert.ok(!existsSync(placeIn(userFolder)));
			await follow(install, { cwd: clone, home: userFolder });
			await n8n.restart();
			await works(n8n, api);
			assert.ok((await api.nodeTypes()).includes(OTHER_NODE));
			assert.deepEqual(await api.community.list(), []);
			assert.doesNotMatch(n8n.logs(), /packages are missing|reinstall/i);
			await n8n.stop();
		});
	});

	it('in the Docker image, whose volume is new', async () => {
		const docker = new StandInForDocker();
		const [build, queue] = documentedCommands('Docker');
		await follow(build, { cwd: clone, home: clone, env: docker.env });
		const { context, services } = docker.composed(clone);
		assert.deepEqual(services, ['n8n']);
		await follow(queue, { cwd: clone, home: clone, env: docker.env });
		assert.deepEqual(docker.composed(clone), {
			context,
			services: ['main', 'worker', 'postgres', 'redis'],
		});

		const image = await buildImage(context);
		const userFolder = temporaryFolder('n8n');
		await image.start(userFolder);
		const n8n = await startN8n({ userFolder, installPackage: false });
		const api = await N8nApi.connect(n8n);
		await works(n8n, api);

		// Back to n8n's own image.
		rmSync(image.root, { recursive: true });
		await n8n.restart();
		assert.deepEqual(await offeredIn(api), []);
		await n8n.stop();
	});

	const placeIn = (userFolder: string) =>
		join(communityPackagesFolder(userFolder), 'node_modules', manifest.name);

	async function offeredIn(api: N8nApi): Promise<string[]> {
		return (await api.nodeTypes()).filter((name) => name.startsWith(`${manifest.name}.`));
	}

	/** All nodes are offered under their names, and transform a clip. */
	async function works(n8n: N8n, api: N8nApi): Promise<void> {
		assert.equal((await offeredIn(api)).length, 5);
		const { length } = simulator.tasks();
		const stage = await Stage.on(simulator, n8n, api);
		await stage.succeed(
			sequence('Transform', [
				manualTrigger,
				itemPerPrompt(['snow']),
				transformNode(),
				waitInProcess(),
			]),
		);
		assert.equal(simulator.tasks().length, length + 1);
	}
});
