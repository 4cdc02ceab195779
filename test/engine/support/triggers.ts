import type { IDataObject } from 'n8n-workflow';
import {
	ActiveTrigger,
	chain,
	editFields,
	type NodeJson,
	type Poll,
	type RunOptions,
	type WorkflowJson,
} from '../../../tools/engine';
import { FastClock } from '../../../tools/clock/fastClock';
import { credentialFor, prompts, runChain, transform } from '../../../tools/engine/runway';
import type { Simulator } from '../../../tools/simulator';

const MINUTE_MS = 60_000;

let processes = 0;

/** What an activation of a test's trigger starts from; the defaults are those of a new workflow. */
export interface Activation extends Pick<RunOptions, 'variables'> {
	/** What n8n's database has of the workflow's static data. */
	staticData?: IDataObject;
	apiKey?: string;
	/**
	 * The workflow's id, by which the process may know it from an earlier activation. Left out: one that it has not met,
	 * so that nothing is left of earlier activations but the static data, as after a restart.
	 */
	id?: string;
}

/** A workflow that begins with our trigger. */
export function triggerWorkflow(parameters: IDataObject, more: Partial<WorkflowJson> = {}) {
	const trigger: NodeJson = {
		name: 'Trigger',
		type: 'n8n-nodes-cometapi-runway.cometApiRunwayTrigger',
		parameters: parameters as NodeJson['parameters'],
	};
	return { ...chain(trigger, editFields('Next', '={{ $json }}')), ...more };
}

/** Triggers of one test file, on a simulator and on a clock that the tests set forward. */
export function useTriggers(simulator: Simulator) {
	const clock = new FastClock(1);
	afterAll(() => clock.restore());
	return {
		async activate(
			parameters: IDataObject,
			{ staticData, apiKey, variables, id = `process-${++processes}` }: Activation = {},
		): Promise<ActiveTrigger> {
			const workflow = triggerWorkflow(parameters, { staticData, id });
			const credentials = credentialFor(simulator, apiKey);
			return await ActiveTrigger.start(workflow, 'Trigger', { credentials, variables });
		},
		async createTasks(...texts: string[]): Promise<string[]> {
			const run = await runChain(simulator, [transform()], prompts(...texts));
			return run.json('Transform').map(({ taskId }) => String(taskId));
		},
		/** A poll a minute later than the last one. */
		async pollAMinuteLater(trigger: ActiveTrigger): Promise<Poll> {
			clock.jump(MINUTE_MS);
			return await trigger.poll();
		},
		/** A poll ten minutes later than the last one, as if n8n had been down. */
		async pollTenMinutesLater(trigger: ActiveTrigger): Promise<Poll> {
			clock.jump(10 * MINUTE_MS);
			return await trigger.poll();
		},
	};
}

/** The ids of the tasks that polls have started executions for; those of one execution joined by "+". */
export const idsOf = (...polls: Poll[]) =>
	polls.flatMap(({ executions }) =>
		executions.map((items) => items.map(({ json }) => json.taskId).join('+')),
	);

/** The messages of the errors that polls have reported. */
export const messagesOf = (...polls: Poll[]) =>
	polls.flatMap(({ errors }) => errors.map(({ message }) => message));
