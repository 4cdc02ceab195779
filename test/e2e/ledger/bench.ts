import { DEFAULT_API_KEY, type Simulator, startSimulator } from '../../../simulator';
import { closeWithSuite, type Execution, jsonOf, type N8n, N8nApi, startN8n, type StoredCredential, type StoredWorkflow, withCredential, type WorkflowJson } from '../harness';
import { SUBMIT } from './workflows';

const TIMEOUT_MS = 60_000;

/** An n8n, a simulator, and what the tests of the suite do with them. */
export class Bench {
	private constructor(
		readonly simulator: Simulator,
		readonly n8n: N8n,
		readonly api: N8nApi,
		private readonly credential: StoredCredential,
	) {}

	static async start(): Promise<Bench> {
		const simulator = closeWithSuite(await startSimulator({ speed: 20, scenario: { pendingMs: 0, runningMs: 10_000 } }));
		const n8n = await startN8n();
		const api = await N8nApi.connect(n8n);
		return new Bench(simulator, n8n, api, await api.createCredential({ apiKey: DEFAULT_API_KEY, baseUrl: simulator.baseUrl }));
	}

	async store(workflow: WorkflowJson): Promise<StoredWorkflow> {
		return await this.api.createWorkflow(withCredential(workflow, this.credential));
	}

	/** Saves the workflow as it should be from now on. */
	async change(stored: StoredWorkflow, workflow: WorkflowJson): Promise<void> {
		await this.api.updateWorkflow(stored, { nodes: withCredential(workflow, this.credential).nodes });
	}

	/** Executes a stored workflow by hand, to its end. */
	async run(stored: StoredWorkflow): Promise<Execution> {
		return await this.api.waitForExecution(await this.api.run(stored), TIMEOUT_MS);
	}

	/** *Retry execution*, to its end. */
	async retry({ id }: Execution, { loadWorkflow = true } = {}): Promise<Execution> {
		const retried = await this.api.retryExecution(id, { loadWorkflow });
		return await this.api.waitForExecution(retried.id, TIMEOUT_MS);
	}

	/** How many creates of each prompt have arrived. */
	creates(prompts: string[]): number[] {
		const sent = this.simulator.requests().filter(({ operation }) => operation === 'create');
		return prompts.map((prompt) => sent.filter(({ promptText }) => promptText === prompt).length);
	}

	/** The id of the one task of each prompt. */
	taskIds(prompts: string[]): Array<string | undefined> {
		return prompts.map((prompt) => this.simulator.tasks().find(({ promptText }) => promptText === prompt)?.id);
	}
}

/** The ids of the tasks that a node has put out. */
export function taskIdsOf(execution: Execution, node = SUBMIT, output = 0): unknown[] {
	return jsonOf(execution, node, output).filter(({ error }) => !error).map(({ taskId }) => taskId);
}

/** The error that ended an execution, with what it carries for programs. */
export function endOf({ data }: Execution): { message: string; context: Record<string, unknown> } {
	const { message = 'no error', context = {} } = (data.resultData.error ?? {}) as { message?: string; context?: Record<string, unknown> };
	return { message, context };
}
