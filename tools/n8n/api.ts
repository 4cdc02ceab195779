import { z } from 'zod';
import { keyBelongsTo } from '../canary';
import { CommunityApi } from './communityApi';
import { DataTableApi } from './dataTableApi';
import { ExecutionApi } from './executionApi';
import { N8nSession } from './http';
import { n8nInstallation } from './paths';
import { n8nPublishesLater } from './version';
import { waitFor } from './waitFor';
import { storedWorkflow, type StoredWorkflow, type WorkflowJson } from './workflow';

/** The type of the package's credential. */
export const CREDENTIAL_TYPE = 'cometApiRunwayApi';

const PUBLICATION_TIMEOUT_MS = 120_000;

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

const storedCredential = z.object({ id: z.string(), name: z.string(), type: z.string() });

export type StoredCredential = z.infer<typeof storedCredential>;

/** What n8n shows under the credential's Test button. */
const testResult = z.object({ status: z.enum(['OK', 'Error']), message: z.string() });

/** How far n8n is with registering the triggers of a workflow. */
const publicationStatus = z.object({
	status: z.enum(['in_progress', 'published', 'partial', 'failed', 'not_published']),
	liveVersionId: z.string().nullable(),
	triggers: z.array(z.object({ errorMessage: z.string().nullish() })),
});

type Publication = z.infer<typeof publicationStatus>;

/** Answers that say no more than that it is done. */
const anything = z.unknown();

/**
 * The REST API that n8n's editor uses, as its owner. Every method throws n8n's own message when n8n refuses, and
 * when it answers something else than is read here. The session outlives a restart of n8n.
 */
export class N8nApi extends ExecutionApi {
	readonly community = new CommunityApi(this.session);
	readonly dataTables = new DataTableApi(this.session);

	/** Sets up the owner on a fresh n8n; logs in where the owner exists. */
	static async connect({
		baseUrl,
		installation = n8nInstallation,
	}: {
		baseUrl: string;
		installation?: string;
	}): Promise<N8nApi> {
		const api = new N8nApi(new N8nSession(baseUrl), installation);
		const { userManagement } = await api.session.rest(
			'GET',
			'/settings',
			z.object({ userManagement: z.object({ showSetupOnFirstLoad: z.boolean() }) }),
		);
		await (userManagement.showSetupOnFirstLoad ? api.setUpOwner() : api.logIn());
		return api;
	}

	private async setUpOwner(): Promise<void> {
		await this.session.rest('POST', '/owner/setup', anything, OWNER);
	}

	private async logIn(): Promise<void> {
		const { email, password } = OWNER;
		await this.session.rest('POST', '/login', anything, { emailOrLdapLoginId: email, password });
	}

	/** The names of all nodes that the editor offers, each with its package in front. */
	async nodeTypes(): Promise<string[]> {
		return await this.namesIn('/types/nodes.json');
	}

	/** The names of all credential types that the editor offers. */
	async credentialTypes(): Promise<string[]> {
		return await this.namesIn('/types/credentials.json');
	}

	private async namesIn(path: string): Promise<string[]> {
		const types = await this.session.json('GET', path, z.array(z.object({ name: z.string() })));
		return types.map(({ name }) => name);
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
		const body = { name, type: CREDENTIAL_TYPE, data };
		return await this.session.rest('PATCH', `/credentials/${id}`, storedCredential, body);
	}

	/** A credential of any type, such as the ones of n8n's storage nodes. */
	async createCredentialOf(type: string, name: string, data: object): Promise<StoredCredential> {
		return await this.session.rest('POST', '/credentials', storedCredential, { name, type, data });
	}

	/** Presses Test: the editor sends what it shows, with the key blanked out, and n8n fills the stored one in. */
	async testCredential({ id }: { id: string }): Promise<z.infer<typeof testResult>> {
		const { name, type, data } = await this.session.rest(
			'GET',
			`/credentials/${id}?includeData=true`,
			storedCredential.extend({ data: z.record(z.unknown()) }),
		);
		const body = { credentials: { id, name, type, data } };
		return await this.session.rest('POST', '/credentials/test', testResult, body);
	}

	async listCredentials(): Promise<StoredCredential[]> {
		return await this.session.rest('GET', '/credentials', z.array(storedCredential));
	}

	/** Saves a new workflow, as importing its JSON into the editor and saving it does. */
	async createWorkflow(workflow: WorkflowJson): Promise<StoredWorkflow> {
		const { name, nodes, connections, settings = { executionOrder: 'v1' } } = workflow;
		// Where a saved workflow has none at all, n8n fails to execute a single step of it.
		const { pinData = {} } = workflow;
		const body = { name, nodes, connections, settings, pinData, active: false };
		return await this.session.rest('POST', '/workflows', storedWorkflow, body);
	}

	/** Saves a workflow anew, as the editor does: an active one goes on as it was until it is published again. */
	async updateWorkflow({ id }: { id: string }, workflow: WorkflowJson): Promise<void> {
		const { versionId } = await this.getWorkflow({ id });
		const { name, nodes, connections, settings = { executionOrder: 'v1' } } = workflow;
		const body = { name, nodes, connections, settings, versionId };
		await this.session.rest('PATCH', `/workflows/${id}`, storedWorkflow, body);
	}

	async listWorkflows(): Promise<Array<{ id: string; name: string }>> {
		const listed = z.object({ id: z.string(), name: z.string() });
		return await this.session.rest('GET', '/workflows', z.array(listed));
	}

	/**
	 * Publishes the workflow as it is saved now, and waits until its triggers and webhooks are registered: n8n
	 * answers before that.
	 *
	 * @throws with the triggers' own messages when one of them fails
	 */
	async activate({ id }: { id: string }): Promise<void> {
		const { versionId } = await this.getWorkflow({ id });
		await this.session.rest('POST', `/workflows/${id}/activate`, anything, { versionId });
		if (!n8nPublishesLater(this.installation)) return;
		const { status, triggers } = await this.waitForPublication(
			id,
			({ liveVersionId }) => liveVersionId === versionId,
		);
		if (status === 'published') return;
		const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
		throw new Error(`Activation ${status}: ${reasons.join('; ')}`);
	}

	/** Unpublishes the workflow, and waits until its triggers and webhooks are gone. */
	async deactivate({ id }: { id: string }): Promise<void> {
		await this.session.rest('POST', `/workflows/${id}/deactivate`, anything, {});
		if (n8nPublishesLater(this.installation))
			await this.waitForPublication(id, ({ status }) => status === 'not_published');
	}

	private async waitForPublication(
		id: string,
		isDone: (publication: Publication) => boolean,
	): Promise<Publication> {
		const path = `/workflows/${id}/publication-status`;
		return await waitFor(
			async () => {
				const publication = await this.session.rest('GET', path, publicationStatus);
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
}
