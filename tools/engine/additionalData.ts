import './environment';
import { type ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type { ICredentialsHelper, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { getService } from './services';

/** Nobody answers here; nodes only need addresses that can be parsed. */
const baseUrl = 'http://127.0.0.1:5678/';

/**
 * What n8n's server hands to its engine for one execution. Sub-workflows, agents and task runners
 * (the Code node) are not there: a node that asks for them gets an error saying so.
 */
export function createAdditionalData(
	credentialsHelper: ICredentialsHelper,
	hooks: ExecutionLifecycleHooks,
	executionId: string,
	workflowId: string,
): IWorkflowExecuteAdditionalData {
	const unavailable = (what: string) => async () => {
		throw new Error(`${what} are not available in the test engine`);
	};
	return {
		credentialsHelper,
		hooks,
		executionId,
		workflowId,
		currentNodeExecutionIndex: 0,
		variables: {},
		externalSecretsProxy: getService(ExternalSecretsProxy),
		restApiUrl: `${baseUrl}rest`,
		instanceBaseUrl: baseUrl,
		formBaseUrl: `${baseUrl}form`,
		formTestBaseUrl: `${baseUrl}form-test`,
		formWaitingBaseUrl: `${baseUrl}form-waiting`,
		webhookBaseUrl: `${baseUrl}webhook`,
		webhookTestBaseUrl: `${baseUrl}webhook-test`,
		webhookWaitingBaseUrl: `${baseUrl}webhook-waiting`,
		mcpBaseUrl: `${baseUrl}mcp`,
		mcpTestBaseUrl: `${baseUrl}mcp-test`,
		executeWorkflow: unavailable('Sub-workflows'),
		startRunnerTask: unavailable('Task runners'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		logAiEvent: () => {},
	};
}
