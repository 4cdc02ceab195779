import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	DEFAULT_API_KEY,
	type Simulator,
	type SimulatorOptions,
	startSimulator,
} from '../../tools/simulator';
import {
	closeWithSuite,
	errorOf,
	type Execution,
	type N8n,
	N8nApi,
	type N8nOptions,
	startN8n,
	type StoredCredential,
	type StoredWorkflow,
	withCredential,
	type WorkflowJson,
} from '../../tools/n8n';
import { repositoryRoot } from '../../tools/n8n/paths';

/** For whatever an execution may be waited for. */
export const TIMEOUT_MS = 120_000;

/** What most suites play on: an n8n with our package, a simulator, and the credential that leads to it. */
export class Stage {
	private constructor(
		readonly simulator: Simulator,
		readonly n8n: N8n,
		readonly api: N8nApi,
		readonly credential: StoredCredential,
	) {}

	static async open(
		simulated: SimulatorOptions = { speed: 20 },
		options: N8nOptions = {},
	): Promise<Stage> {
		const simulator = closeWithSuite(await startSimulator(simulated));
		const n8n = await startN8n(options);
		const api = await N8nApi.connect(n8n);
		return await Stage.on(simulator, n8n, api);
	}

	/** For an n8n that is running; it must have the package. The base URL may be another way to the simulator. */
	static async on(
		simulator: Simulator,
		n8n: N8n,
		api: N8nApi,
		baseUrl = simulator.baseUrl,
	): Promise<Stage> {
		const credential = await api.createCredential({ apiKey: DEFAULT_API_KEY, baseUrl });
		return new Stage(simulator, n8n, api, credential);
	}

	/** Saves a workflow, with the credential chosen in our nodes. */
	async store(workflow: WorkflowJson): Promise<StoredWorkflow> {
		return await this.api.createWorkflow(withCredential(workflow, this.credential));
	}

	/** Saves a stored workflow anew. */
	async restore(stored: StoredWorkflow, workflow: WorkflowJson): Promise<void> {
		await this.api.updateWorkflow(stored, withCredential(workflow, this.credential));
	}

	/** Runs a workflow from its Manual Trigger, or the named one, to its end, whatever that is. */
	async run(workflow: WorkflowJson, trigger?: string): Promise<Execution> {
		return await this.execute(await this.store(workflow), trigger);
	}

	/** The same of a workflow that is stored. */
	async execute(stored: StoredWorkflow, trigger?: string): Promise<Execution> {
		return await this.api.waitForExecution(await this.api.run(stored, { trigger }), TIMEOUT_MS);
	}

	/** The same; fails with the workflow's own error when it does not succeed. */
	async succeed(workflow: WorkflowJson, trigger?: string): Promise<Execution> {
		const execution = await this.run(workflow, trigger);
		assert.equal(execution.status, 'success', errorOf(execution));
		return execution;
	}
}

/** What a file is to be recognised by, byte for byte. */
export function sha256(content: Buffer): string {
	return createHash('sha256').update(content).digest('hex');
}

export function sha256OfFile(path: string): string {
	return sha256(readFileSync(path));
}

const sha256OfOutput = (extension: string): string =>
	sha256OfFile(join(repositoryRoot, 'tools', 'simulator', 'assets', `transformed.${extension}`));

/** The output of simulated tasks that lead to a video, and of those that lead to a picture. */
export const TRANSFORMED_SHA256 = sha256OfOutput('mp4');
export const PICTURE_SHA256 = sha256OfOutput('png');
