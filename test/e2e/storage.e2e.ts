import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { INode } from 'n8n-workflow';
import {
	errorOf,
	itemsOf,
	jsonOf,
	type StoredCredential,
	type WorkflowJson,
} from '../../tools/n8n';
import { sha256, sha256OfFile, Stage, TIMEOUT_MS, TRANSFORMED_SHA256 } from './stage';
import { type S3Server, startS3 } from './storage/s3';
import { type SftpServer, startSftp } from './storage/sftp';
import { batch, s3Upload, sftpUpload } from './storage/workflows';
import { WAIT, webhook } from './workflows';

const BUCKET = 'clips';
const LARGE_BYTES = 24 * 1024 * 1024;

describe('outputs stored by n8n’s own nodes', () => {
	let stage: Stage;
	let s3: S3Server;
	let sftp: SftpServer;
	let s3Credential: StoredCredential;
	let sftpCredential: StoredCredential;

	/** The ways to store: the node, and where the file of a task is then. */
	const stores: Record<string, { node: () => INode; fileOf: (taskId: string) => string }> = {
		S3: {
			node: () => s3Upload(s3Credential, BUCKET),
			fileOf: (taskId) => s3.fileOf(BUCKET, `runway/${taskId}.mp4`),
		},
		SFTP: {
			node: () => sftpUpload(sftpCredential, sftp.folder),
			fileOf: (taskId) => join(sftp.folder, 'runway', `${taskId}.mp4`),
		},
	};

	before(async () => {
		s3 = await startS3(BUCKET);
		sftp = await startSftp();
		// What n8n 2 does by itself: n8n 1 would keep the videos in memory and in its database.
		stage = await Stage.open(
			{ speed: 20 },
			{ env: { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' } },
		);
		s3Credential = await stage.api.createCredentialOf('s3', 'S3', s3.credential);
		sftpCredential = await stage.api.createCredentialOf('sftp', 'SFTP', sftp.credential);
	});

	for (const [name, { node, fileOf }] of Object.entries(stores)) {
		it(`${name}: every output of a batch, byte for byte`, async () => {
			const taskIds = await tasksOf(batch(`${name}, a batch`, ['sunrise', 'noon', 'dusk'], node()));
			assert.equal(taskIds.length, 3);
			for (const taskId of taskIds) assert.equal(sha256OfFile(fileOf(taskId)), TRANSFORMED_SHA256);
		});

		it(`${name}: a large output`, async () => {
			stage.simulator.addRule({ promptIncludes: 'large', scenario: { outputBytes: LARGE_BYTES } });
			const execution = await stage.succeed(batch(`${name}, large`, ['large'], node()));
			const [{ json, binary }] = itemsOf(execution, WAIT);
			const file = fileOf(String(json.taskId));
			assert.equal(statSync(file).size, LARGE_BYTES);
			assert.equal(sha256OfFile(file), sha256(await stage.api.binaryData(binary!.data.id!)));
		});
	}

	it('after a suspension, as a webhook starts it', async () => {
		const { api } = stage;
		const prompts = ['short', 'a little longer'];
		const stored = await stage.store(
			batch('Suspended', prompts, stores.S3.node(), webhook('suspended')),
		);
		await api.activate(stored);
		await api.callWebhook('suspended');
		const [{ id }] = await api.waitForExecutions({ workflowId: stored.id }, 1, TIMEOUT_MS);
		const execution = await api.waitForExecution(id, TIMEOUT_MS, 'success');
		const tasks = jsonOf(execution, WAIT);
		assert.equal(tasks.length, 2);
		for (const { taskId } of tasks)
			assert.equal(sha256OfFile(stores.S3.fileOf(String(taskId))), TRANSFORMED_SHA256);
	});

	it('a storage that is down costs no second task: Retry execution stores the output that is there', async () => {
		const workflow = batch('Storage down', ['kept'], sftpUpload(sftpCredential, sftp.folder));
		await sftp.service.stop();
		const failed = await stage.run(workflow);
		assert.equal(failed.status, 'error');
		assert.match(String(errorOf(failed)), /connect|ECONNREFUSED/i);
		const created = stage.simulator.stats().createsReceived;

		await sftp.service.start();
		const { id } = await stage.api.retryExecution(failed.id, { loadWorkflow: true });
		const retried = await stage.api.waitForExecution(id, 60_000);
		assert.equal(retried.status, 'success', errorOf(retried));
		assert.equal(stage.simulator.stats().createsReceived, created);
		const [{ taskId }] = jsonOf(failed, WAIT);
		assert.equal(
			sha256OfFile(join(sftp.folder, 'runway', `${String(taskId)}.mp4`)),
			TRANSFORMED_SHA256,
		);
	});

	/** Runs the workflow, and returns the tasks that it created, each once. */
	async function tasksOf(workflow: WorkflowJson): Promise<string[]> {
		const known = stage.simulator.tasks().length;
		await stage.succeed(workflow);
		return stage.simulator
			.tasks()
			.slice(known)
			.map(({ id }) => id);
	}
});
