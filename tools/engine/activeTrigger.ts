import './environment';
import { PollContext } from 'n8n-core';
import { deepCopy, type IDataObject, type INodeExecutionData, type Workflow } from 'n8n-workflow';
import { prepareWorkflow } from './execution';
import type { RunOptions } from './workflowRun';
import { examineObject } from '../canary';
import type { WorkflowJson } from './workflowJson';

/** What one poll came to. */
export interface Poll {
	/** The items of each execution that was started. */
	executions: INodeExecutionData[][];
	/** What n8n would show as failed executions: reported errors, then the one the poll ended with. */
	errors: Error[];
}

/**
 * A polling trigger in an active workflow, as n8n's server keeps it: one workflow object for all polls, whose
 * static data goes to the database when an execution is started (packages/cli,
 * trigger-execution-context.factory.js) and nowhere else; and only where n8n has seen it change.
 */
export class ActiveTrigger {
	private constructor(
		private readonly workflow: Workflow,
		private readonly context: (poll: Poll) => PollContext,
		private readonly node: string,
		private stored: IDataObject,
	) {}

	/** @param json its trigger node is named `node`; its `staticData` is what the database has of it */
	static async start(
		json: WorkflowJson,
		node: string,
		options: RunOptions,
	): Promise<ActiveTrigger> {
		const { workflow, additionalData } = await prepareWorkflow(json, {
			...options,
			mode: 'trigger',
		});
		const trigger: ActiveTrigger = new ActiveTrigger(
			workflow,
			(poll) => {
				const emit: ConstructorParameters<typeof PollContext>[5] = ([items]) => {
					// n8n's workflow-static-data.service: a change that its observer has not seen is not saved.
					if (workflow.staticData.__dataChanged === true) {
						trigger.stored = deepCopy(workflow.staticData);
						workflow.staticData.__dataChanged = false;
					}
					poll.executions.push(deepCopy(items));
				};
				const emitError: ConstructorParameters<typeof PollContext>[6] = (error) =>
					poll.errors.push(error);
				return new PollContext(
					workflow,
					workflow.getNode(node)!,
					additionalData,
					'trigger',
					'activate',
					emit,
					emitError,
				);
			},
			node,
			json.staticData ?? {},
		);
		return trigger;
	}

	/** Polls once, as n8n does every minute. */
	async poll(): Promise<Poll> {
		const result: Poll = { executions: [], errors: [] };
		const { type, typeVersion } = this.workflow.getNode(this.node)!;
		const { poll } = this.workflow.nodeTypes.getByNameAndVersion(type, typeVersion);
		if (!poll) throw new Error(`"${type}" is no polling trigger`);
		const context = this.context(result);
		try {
			const returned = await poll.call(context);
			if (returned) context.__emit(returned);
		} catch (error) {
			result.errors.push(error as Error);
		}
		examineObject('a poll of the trigger', result);
		examineObject("the workflow's static data", this.workflow.staticData);
		return result;
	}

	/** The workflow's static data as the database has it: what is left of it after a restart. */
	staticDataInDatabase(): IDataObject {
		return deepCopy(this.stored);
	}
}
