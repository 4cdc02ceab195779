/**
 * A real n8n to try the nodes in, and to develop them: the packed package installed as n8n does it, the simulator
 * beside it, an owner, a credential and the examples. A rebuild (npm run build in another terminal) is picked up.
 */
import { rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import manifest from '../package.json';
import { exampleFiles, placeExampleMedia, PUBLIC_PICTURE, readExample } from '../tools/examples';
import { DEFAULT_API_KEY, startSimulator } from '../tools/simulator';
import {
	closeWithSuite,
	isPortFree,
	N8nApi,
	type N8n,
	startN8n,
	type StoredCredential,
	withCredential,
} from '../tools/n8n';
import { OWNER } from '../tools/n8n/api';
import { communityPackagesFolder } from '../tools/n8n/package';
import { repositoryRoot } from '../tools/n8n/paths';
import { keepInSync } from './keepInSync';

const CREDENTIAL_NAME = 'CometAPI Runway (simulator)';

const { values } = parseArgs({
	options: {
		folder: { type: 'string', default: join(repositoryRoot, 'n8n-data') },
		port: { type: 'string', default: '5678' },
		'simulator-port': { type: 'string', default: '4010' },
		speed: { type: 'string', default: '1' },
		fresh: { type: 'boolean', default: false },
	},
});

/** The credential for the simulator: its address may be another one than the last time. */
async function prepareCredential(api: N8nApi, baseUrl: string): Promise<StoredCredential> {
	for (const credential of await api.listCredentials()) {
		if (credential.name === CREDENTIAL_NAME)
			return await api.updateCredential(credential, { apiKey: DEFAULT_API_KEY, baseUrl });
	}
	return await api.createCredential({ name: CREDENTIAL_NAME, apiKey: DEFAULT_API_KEY, baseUrl });
}

/** The examples that are not there yet; those that are may have been changed in the editor. */
async function importExamples(api: N8nApi, n8n: N8n, credential: StoredCredential): Promise<void> {
	const known = new Set((await api.listWorkflows()).map(({ name }) => name));
	for (const file of exampleFiles()) {
		const workflow = readExample(file, n8n.filesFolder);
		if (!known.has(workflow.name)) await api.createWorkflow(withCredential(workflow, credential));
	}
	placeExampleMedia(n8n.filesFolder);
}

async function main(): Promise<void> {
	const userFolder = resolve(values.folder);
	const installed = join(communityPackagesFolder(userFolder), 'node_modules', manifest.name);
	rmSync(values.fresh ? userFolder : installed, { recursive: true, force: true });

	const simulatorPort = (await isPortFree(Number(values['simulator-port'])))
		? Number(values['simulator-port'])
		: 0;
	const simulator = closeWithSuite(
		await startSimulator({
			port: simulatorPort,
			speed: Number(values.speed),
			log: (line) => console.log(`  simulator: ${line}`),
		}),
	);
	simulator.addRule(PUBLIC_PICTURE);
	const port = (await isPortFree(Number(values.port))) ? Number(values.port) : undefined;
	const n8n = await startN8n({
		userFolder,
		port,
		env: { N8N_DEV_RELOAD: 'true', N8N_PERSONALIZATION_ENABLED: 'false' },
	});
	const api = await N8nApi.connect(n8n);
	await importExamples(api, n8n, await prepareCredential(api, simulator.baseUrl));
	const required = [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((file) =>
		relative('dist', file),
	);
	keepInSync(join(repositoryRoot, 'dist'), join(installed, 'dist'), required, () =>
		console.log(
			'The build has changed: n8n loads it. Reload the editor when a node looks different.',
		),
	);
	console.log(`
  n8n        ${n8n.baseUrl}
  sign in    ${OWNER.email}   ${OWNER.password}
  simulator  ${simulator.baseUrl}, in the credential "${CREDENTIAL_NAME}"
  files      ${n8n.filesFolder}
  data, log  ${relative(process.cwd(), userFolder) || '.'}, kept for the next time (--fresh starts anew)

  npm run build in another terminal puts a change to a node into this n8n. Ctrl-C ends all of it.
`);
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});
