import './environment';
import { PollContext } from 'n8n-core';
import {
	deepCopy,
	isExpression,
	type IDataObject,
	type INodeExecutionData,
	type Workflow,
} from 'n8n-workflow';
import { prepareWorkflow } from './execution';
import type { RunOptions } from './workflowRun';
import { examineObject } from '../canary';
import type { WorkflowJson } from './workflowJson';

/** What one poll came to; what it has left running adds to it. */
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
		stored: IDataObject,
	) {
		this.saved = [stored];
	}

	/** The static data as the database had it, one state after another. */
	readonly saved: IDataObject[];

	private polls = 0;

	/**
	 * @param json its trigger node is named `node`; its `staticData` is what the database has of it, and its `id` what
	 * a node may know it by as long as the process lives
	 */
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
						trigger.saved.push(deepCopy(workflow.staticData));
						workflow.staticData.__dataChanged = false;
					}
					examineObject('an execution that the trigger starts', items);
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
		trigger.resolveOnlyInPolls();
		return trigger;
	}

	/**
	 * n8n releases the isolate in which expressions are evaluated when a poll has returned (n8n-core,
	 * poll-trigger-executor.js): whatever the poll has left running can resolve none, those of the credential included.
	 */
	private resolveOnlyInPolls(): void {
		const { expression } = this.workflow;
		const resolve = expression.resolveSimpleParameterValue.bind(expression);
		expression.resolveSimpleParameterValue = (value, ...others) => {
			if (this.polls > 0 || !isExpression(value)) return resolve(value, ...others);
			throw new Error('No isolate acquired for this expression: no poll is under way');
		};
	}

	/** Polls once, as n8n does every minute. */
	async poll(): Promise<Poll> {
		const result: Poll = { executions: [], errors: [] };
		const { type, typeVersion } = this.workflow.getNode(this.node)!;
		const { poll } = this.workflow.nodeTypes.getByNameAndVersion(type, typeVersion);
		if (!poll) throw new Error(`"${type}" is no polling trigger`);
		const context = this.context(result);
		this.polls += 1;
		try {
			const returned = await poll.call(context);
			if (returned) context.__emit(returned);
		} catch (error) {
			result.errors.push(error as Error);
		} finally {
			this.polls -= 1;
		}
		examineObject('a poll of the trigger', result);
		examineObject("the workflow's static data", this.workflow.staticData);
		return result;
	}

	/** The workflow's static data as the database has it: what is left of it after a restart. */
	staticDataInDatabase(): IDataObject {
		return deepCopy(this.saved[this.saved.length - 1]);
	}
}
