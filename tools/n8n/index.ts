export {
	CREDENTIAL_TYPE,
	N8nApi,
	OWNER,
	type CredentialInput,
	type CredentialTestResult,
	type StoredCredential,
} from './api';
export { closeWithSuite, endWithSuite, temporaryFolder } from './cleanup';
export type { CommunityPackage } from './communityApi';
export type { Execution, ExecutionFilter, ExecutionSummary, WebhookAnswer } from './executionApi';
export { N8nRequestError } from './http';
export { ensureN8nInstalled, ensureServersInstalled } from './install';
export { N8n, startN8n, type N8nOptions } from './n8n';
export { errorOf, itemsOf, jsonOf, runsOf } from './outputs';
export { installPackage, packPackage, type PackedPackage } from './package';
export { examplesFolder } from './paths';
export { freePort, isPortFree } from './ports';
export { isRunning } from './processes';
export { Service, type User } from './service';
export { n8nMajorVersion } from './version';
export { waitFor } from './waitFor';
export { withCredential, type StoredWorkflow, type WorkflowJson } from './workflow';
