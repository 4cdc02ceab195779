import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import manifest from '../../package.json';
import { builtPackage } from '../../tools/install/builtPackage';
import { placePackage } from '../../tools/install/placePackage';
import { startSimulator } from '../../tools/simulator';
import { asVersion, type Registry, startRegistry } from './community/registry';
import {
	closeWithSuite,
	CREDENTIAL_TYPE,
	type N8n,
	N8nApi,
	packPackage,
	startN8n,
} from '../../tools/n8n';
import { communityPackagesFolder } from '../../tools/n8n/package';
import { repositoryRoot } from '../../tools/n8n/paths';
import { documentedInput } from './install/documented';
import { Stage } from './stage';
import { sequence, itemPerPrompt, manualTrigger, transformNode, waitNode } from './workflows';

/** What docs/install.md has typed in. */
const NAME = documentedInput('From npm');
const NEXT_VERSION = '99.0.0';

describe('the package as a community package', () => {
	let registry: Registry;
	let n8n: N8n;
	let api: N8nApi;
	let stage: Stage;

	before(async () => {
		registry = await startRegistry();
		n8n = await startN8n({ installPackage: false, env: registry.env });
		api = await N8nApi.connect(n8n);
	});

	it('is not there before it is published', async () => {
		await assert.rejects(api.community.install(NAME), /version does not exist|not found/i);
		assert.deepEqual(await offered(), []);
	});

	it('installs by its name, without a restart', async () => {
		await registry.publish((await packPackage()).tarball);
		const installed = await api.community.install(NAME);
		assert.equal(installed.packageName, manifest.name);
		assert.equal(installed.installedVersion, manifest.version);
		assert.deepEqual(installed.installedNodes.map(({ name }) => name).sort(), [
			'CometAPI Runway',
			'CometAPI Runway Trigger',
			'CometAPI Runway Wait',
		]);
		assert.deepEqual((await offered()).sort(), [
			`${NAME}.cometApiRunway`,
			`${NAME}.cometApiRunwayTool`,
			`${NAME}.cometApiRunwayTrigger`,
			`${NAME}.cometApiRunwayWait`,
			`${NAME}.cometApiRunwayWaitTool`,
		]);
		assert.ok((await api.credentialTypes()).includes(CREDENTIAL_TYPE));
		stage = await Stage.on(closeWithSuite(await startSimulator({ speed: 20 })), n8n, api);
		await transformsAClip();
	});

	it('is there again after a restart', async () => {
		await n8n.restart();
		const [{ packageName, failedLoading }] = await api.community.list();
		assert.equal(packageName, NAME);
		assert.ok(!failedLoading);
		await transformsAClip();
	});

	it('updates to a new version', async () => {
		await registry.publish(await asVersion((await packPackage()).tarball, NEXT_VERSION));
		assert.equal((await api.community.update(NAME)).installedVersion, NEXT_VERSION);
		await transformsAClip();
	});

	it('uninstalls without a trace, but for the credentials that users made', async () => {
		await api.community.uninstall(NAME);
		assert.deepEqual(await offered(), []);
		assert.ok(!(await api.credentialTypes()).includes(CREDENTIAL_TYPE));
		assert.ok(!existsSync(join(communityPackagesFolder(n8n.userFolder), 'node_modules', NAME)));
		assert.equal((await api.listCredentials()).length, 1);
	});

	it('takes the place of one that was installed by hand', async () => {
		const folder = communityPackagesFolder(n8n.userFolder);
		placePackage(folder, builtPackage(repositoryRoot));
		await n8n.restart();
		assert.equal((await offered()).length, 5);
		assert.deepEqual(await api.community.list(), []);
		assert.equal((await api.community.install(NAME)).installedVersion, NEXT_VERSION);
		await transformsAClip();
	});

	it('has come from the registry here, and from nowhere else', () => {
		assert.ok(
			[...registry.refusedHosts].every((host) => host.endsWith('n8n.io:443')),
			[...registry.refusedHosts].join(),
		);
	});

	async function offered(): Promise<string[]> {
		return (await api.nodeTypes()).filter((name) => name.startsWith(`${NAME}.`));
	}

	async function transformsAClip(): Promise<void> {
		const { length } = stage.simulator.tasks();
		await stage.succeed(
			sequence('Transform', [manualTrigger, itemPerPrompt(['snow']), transformNode(), waitNode()]),
		);
		assert.equal(stage.simulator.tasks().length, length + 1);
	}
});
