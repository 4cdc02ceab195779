import './environment';
import type { DirectoryLoader } from 'n8n-core';
import { getAdditionalKeys } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IExecuteData,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { ICredentialsHelper, isExpression, NodeHelpers } from 'n8n-workflow';

/** Decrypted credential data by the name of its credential type. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/**
 * Stands in for n8n's credential store. It follows `packages/cli/src/credentials-helper.ts` of
 * n8n 2.x: defaults of the type, expressions in the data, `authenticate` as object or function.
 * There is one credential per type and no refreshing of tokens.
 */
export class HarnessCredentials extends ICredentialsHelper {
	/** @param data what the user would have typed into the credential, by type */
	constructor(
		private readonly loaders: readonly DirectoryLoader[],
		private readonly data: CredentialData = {},
	) {
		super();
	}

	/** Credential types this run has data for. */
	get typesWithData(): string[] {
		return Object.keys(this.data);
	}

	/** @throws when no package has a credential type of that name */
	private getType(name: string): ICredentialType {
		const loader = this.loaders.find((candidate) => name in candidate.known.credentials);
		if (!loader) throw new Error(`No package provides the credential type "${name}"`);
		return loader.getCredential(name).type;
	}

	getParentTypes(name: string): string[] {
		const parents = this.getType(name).extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.getParentTypes(parent))];
	}

	/** Short node names in a type's list are those of the package that holds it. */
	isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
		if (!this.getType(credentialType).restrictToSupportedNodes) return true;
		const loader = this.loaders.find((candidate) => credentialType in candidate.known.credentials);
		const names = loader?.known.credentials[credentialType].supportedNodes ?? [];
		return names.some((name) => `${loader?.packageName}.${name}` === nodeType);
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		const type = this.getType(name);
		const properties: INodeProperties[] = [];
		for (const parent of type.extends ?? []) {
			NodeHelpers.mergeNodeProperties(properties, this.getCredentialsProperties(parent));
		}
		NodeHelpers.mergeNodeProperties(properties, type.properties);
		return properties;
	}

	/** Puts the credential into the request that is about to leave, in place, as n8n does. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		incoming: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.getType(typeName);
		const request = incoming as IHttpRequestOptions;
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		if (authenticate?.type !== 'generic') return request;
		if (!workflow || !node) {
			throw new Error('Declarative credentials can only authenticate requests of a node');
		}
		const resolve = (value: string) => resolveValue(value, credentials, workflow, node);
		const target = request as unknown as Record<string, Record<string, string> | undefined>;
		target.headers ??= {};
		for (const [place, values] of Object.entries(authenticate.properties)) {
			const section = (target[place] ??= {});
			for (const [key, value] of Object.entries(values as Record<string, string>)) {
				section[resolve(key)] = resolve(value);
			}
		}
		return request;
	}

	/** @throws when the run was given no data for the type */
	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		values?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.data[type];
		if (!stored) throw new Error(`No credential data for "${type}": pass options.credentials`);
		if (raw) return { ...stored };
		const complete = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			stored as INodeParameters,
			true,
			false,
			null,
			null,
		) as INodeParameters;
		if (!values) return complete as ICredentialDataDecryptedObject;
		return values.workflow.expression.getParameterValue(
			complete,
			values.runExecutionData,
			values.runIndex,
			values.itemIndex,
			values.node.name,
			values.connectionInputData,
			mode,
			getAdditionalKeys(additionalData, mode, null, { isCredential: true }),
			executeData,
			false,
			complete,
		) as ICredentialDataDecryptedObject;
	}

	/** Tokens that expire are not a matter of these tests. */
	async preAuthentication(): Promise<undefined> {}

	async runPreAuthentication(): Promise<undefined> {}

	async getCredentials(_details: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		throw new Error(`The encrypted form of "${type}" does not exist here`);
	}

	async updateCredentials(
		_details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.data[type] = data;
	}

	async updateCredentialsOauthTokenData(): Promise<void> {}
}

function resolveValue(
	value: string,
	credentials: ICredentialDataDecryptedObject,
	workflow: Workflow,
	node: INode,
): string {
	if (!isExpression(value)) return value;
	const keys = { $credentials: credentials };
	const result = workflow.expression.getSimpleParameterValue(
		node,
		value,
		'internal',
		keys,
		undefined,
		'',
	);
	return result ? result.toString() : '';
}
