import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { installPackage, startN8n } from '../../../tools/n8n';
import { GRACEFUL_SHUTDOWN, Ground } from './ground';
import { LATER_VERSION, packLaterVersion } from './laterVersion';
import type { Batch } from './workflows';

/** What is suspended at the update. The first item of one ends with an error, of another it has left by then. */
const BATCHES: Batch[] = [
	{ name: 'together', seconds: [20, 110], failing: 0 },
	{ name: 'early', seconds: [0, 110], waiting: { passOnEarly: true } },
	{ name: 'saved', seconds: [75, 115], settings: { saveExecutionProgress: true } },
];

const OLDER_N8N = '2.22.6';

const usual = process.env.E2E_N8N === undefined;
if (!usual)
	console.log(`Updates are not tried on n8n ${process.env.E2E_N8N}: they are about the usual one.`);

if (usual) {
	describe('the package is updated while executions are suspended', () => {
		let ground: Ground;

		before(async () => {
			ground = await Ground.open();
			await startAll(ground);
		});
		after(async () => await ground.stage.n8n.stop());

		it('finds a later version when it starts again, and goes on', async () => {
			const { n8n } = ground.stage;
			await n8n.stop();
			await installPackage(n8n.userFolder, await packLaterVersion());
			await n8n.start();
			await ground.allEnded();
		});

		it('hands on every output once; what has left after the update comes from the later version', () => {
			for (const batch of BATCHES) {
				ground.assertEachOnce(batch);
				const builds = ground.arrivalsOf(batch).map(({ build }) => build);
				const first = batch.name === 'saved' ? LATER_VERSION : undefined;
				assert.deepEqual(builds, [first, LATER_VERSION], batch.name);
			}
		});
	});

	describe(`n8n is updated from ${OLDER_N8N} while executions are suspended`, () => {
		let ground: Ground;

		before(async () => {
			ground = await Ground.open({ version: OLDER_N8N });
			await startAll(ground);
		});
		after(async () => await ground.stage.n8n.stop());

		it('migrates its database, and goes on', async () => {
			const { n8n } = ground.stage;
			const { userFolder, port } = n8n;
			await n8n.stop();
			ground = await ground.moveTo(await startN8n({ userFolder, port, env: GRACEFUL_SHUTDOWN }));
			await ground.allEnded();
		});

		it('hands on every output once', () => {
			for (const batch of BATCHES) ground.assertEachOnce(batch);
		});
	});
}

async function startAll(ground: Ground): Promise<void> {
	const started = await ground.start(BATCHES);
	await ground.allSuspended();
	await ground.assertUnfinished(started);
}
