import { readFile } from 'node:fs/promises';
import type { ICredentialType, INodeTypeDescription } from 'n8n-workflow';
import { keyBelongsTo } from '../canary';
import { CommunityApi } from './communityApi';
import { ExecutionApi } from './executionApi';
import { N8nSession } from './http';
import { n8nPublishesLater } from './version';
import { waitFor } from './waitFor';
import type { StoredWorkflow, WorkflowJson } from './workflow';

/** The type of the package's credential. */
export const CREDENTIAL_TYPE = 'cometApiRunwayApi';

const PUBLICATION_TIMEOUT_MS = 30_000;

/** Who owns the n8n that the tests start, and logs in. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'Owner-of-the-tests-1',
	firstName: 'Test',
	lastName: 'Owner',
};

/** What a user types into the credential. */
export interface CredentialInput {
	name?: string;
	apiKey: string;
	baseUrl: string;
}

export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}

/** What n8n shows under the credential's Test button. */
export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** How far n8n is with registering the triggers of a workflow. */
interface Publication {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	liveVersionId: string | null;
	triggers: Array<{ nodeId: string; status: 'activated' | 'failed'; errorMessage: string | null }>;
}

/**
 * The REST API that n8n's editor uses, as its owner. Every method throws n8n's own message when n8n refuses. The
 * session outlives a restart of n8n.
 */
export class N8nApi extends ExecutionApi {
	readonly community = new CommunityApi(this.session);

	/** Sets up the owner on a fresh n8n; logs in where the owner exists. */
	static async connect(n8n: { baseUrl: string }): Promise<N8nApi> {
		const api = new N8nApi(new N8nSession(n8n.baseUrl));
		const settings = await api.session.rest<{ userManagement: { showSetupOnFirstLoad: boolean } }>(
			'GET',
			'/settings',
		);
		await (settings.userManagement.showSetupOnFirstLoad ? api.setUpOwner() : api.logIn());
		return api;
	}

	async setUpOwner(): Promise<void> {
		await this.session.rest('POST', '/owner/setup', OWNER);
	}

	async logIn(): Promise<void> {
		await this.session.rest('POST', '/login', {
			emailOrLdapLoginId: OWNER.email,
			password: OWNER.password,
		});
	}

	/** Every node that the editor offers; names have the package in front. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		return (await this.session.json('GET', '/types/nodes.json')) as INodeTypeDescription[];
	}

	/** Every credential type that the editor offers. */
	async credentialTypes(): Promise<ICredentialType[]> {
		return (await this.session.json('GET', '/types/credentials.json')) as ICredentialType[];
	}

	async createCredential({
		name = 'CometAPI Runway',
		...data
	}: CredentialInput): Promise<StoredCredential> {
		keyBelongsTo(data.baseUrl);
		return await this.createCredentialOf(CREDENTIAL_TYPE, name, data);
	}

	/** Saves the package's credential with other data. */
	async updateCredential(
		{ id, name }: StoredCredential,
		data: Omit<CredentialInput, 'name'>,
	): Promise<StoredCredential> {
		return await this.session.rest('PATCH', `/credentials/${id}`, {
			name,
			type: CREDENTIAL_TYPE,
			data,
		});
	}

	/** A credential of any type, such as the ones of n8n's storage nodes. */
	async createCredentialOf(type: string, name: string, data: object): Promise<StoredCredential> {
		return await this.session.rest('POST', '/credentials', { name, type, data });
	}

	/** Presses Test: the editor sends what it shows, with the key blanked out, and n8n fills the stored one in. */
	async testCredential({ id }: { id: string }): Promise<CredentialTestResult> {
		const { name, type, data } = await this.session.rest<StoredCredential & { data: object }>(
			'GET',
			`/credentials/${id}?includeData=true`,
		);
		return await this.session.rest('POST', '/credentials/test', {
			credentials: { id, name, type, data },
		});
	}

	async listCredentials(): Promise<StoredCredential[]> {
		return await this.session.rest('GET', '/credentials');
	}

	async deleteCredential({ id }: { id: string }): Promise<void> {
		await this.session.rest('DELETE', `/credentials/${id}`);
	}

	/** Saves a new workflow, as importing its JSON into the editor and saving it does. */
	async createWorkflow(workflow: WorkflowJson): Promise<StoredWorkflow> {
		const { name, nodes, connections, settings = { executionOrder: 'v1' }, pinData } = workflow;
		return await this.session.rest('POST', '/workflows', {
			name,
			nodes,
			connections,
			settings,
			pinData,
			active: false,
		});
	}

	/** Saves a new workflow from a file, such as one of examples/. */
	async importWorkflow(
		file: string,
		change: (workflow: WorkflowJson) => WorkflowJson = (same) => same,
	): Promise<StoredWorkflow> {
		return await this.createWorkflow(
			change(JSON.parse(await readFile(file, 'utf8')) as WorkflowJson),
		);
	}

	async getWorkflow({ id }: { id: string }): Promise<StoredWorkflow> {
		return await this.session.rest('GET', `/workflows/${id}`);
	}

	async listWorkflows(): Promise<StoredWorkflow[]> {
		return await this.session.rest('GET', '/workflows');
	}

	/** Saves changes to a workflow. One that is active goes on as it was until it is activated again. */
	async updateWorkflow(
		{ id }: { id: string },
		changes: Partial<WorkflowJson>,
	): Promise<StoredWorkflow> {
		const { name, nodes, connections, settings } = await this.getWorkflow({ id });
		return await this.session.rest('PATCH', `/workflows/${id}`, {
			name,
			nodes,
			connections,
			settings,
			...changes,
		});
	}

	/**
	 * Publishes the workflow as it is saved now, and waits until its triggers and webhooks are registered: n8n
	 * answers before that.
	 *
	 * @throws with the triggers' own messages when one of them fails
	 */
	async activate({ id }: { id: string }): Promise<void> {
		const { versionId } = await this.getWorkflow({ id });
		await this.session.rest('POST', `/workflows/${id}/activate`, { versionId });
		if (!n8nPublishesLater()) return;
		const { status, triggers } = await this.waitForPublication(
			id,
			({ liveVersionId }) => liveVersionId === versionId,
		);
		if (status === 'published') return;
		throw new Error(
			`Activation ${status}: ${triggers
				.map(({ errorMessage }) => errorMessage)
				.filter(Boolean)
				.join('; ')}`,
		);
	}

	/** Unpublishes the workflow, and waits until its triggers and webhooks are gone. */
	async deactivate({ id }: { id: string }): Promise<void> {
		await this.session.rest('POST', `/workflows/${id}/deactivate`, {});
		if (n8nPublishesLater())
			await this.waitForPublication(id, ({ status }) => status === 'not_published');
	}

	private async waitForPublication(
		id: string,
		isDone: (publication: Publication) => boolean,
	): Promise<Publication> {
		return await waitFor(
			async () => {
				const publication = await this.session.rest<Publication>(
					'GET',
					`/workflows/${id}/publication-status`,
				);
				const { status } = publication;
				return (
					(isDone(publication) || status === 'failed' || status === 'partial') &&
					status !== 'in_progress' &&
					publication
				);
			},
			PUBLICATION_TIMEOUT_MS,
			'n8n to register or remove the triggers',
		);
	}

	/** Deletes a workflow and its executions; n8n wants it archived first. */
	async deleteWorkflow({ id }: { id: string }): Promise<void> {
		await this.session.rest('POST', `/workflows/${id}/archive`, {});
		await this.session.rest('DELETE', `/workflows/${id}`);
	}
}
