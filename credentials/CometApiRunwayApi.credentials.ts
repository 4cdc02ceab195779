import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** Its test is `testCredential` in nodes/shared/n8n, which n8n finds through the nodes. */
export class CometApiRunwayApi implements ICredentialType {
	name = 'cometApiRunwayApi';

	displayName = 'CometAPI Runway API';

	icon: Icon = {
		light: 'file:../icons/cometapi-runway.svg',
		dark: 'file:../icons/cometapi-runway.dark.svg',
	};

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-cometapi-runway';

	properties: INodeProperties[] = [
		{
			displayName:
				'Create a key in the <a href="https://www.cometapi.com/console/token" target="_blank">CometAPI console</a>, under API Keys. Tasks are charged to its account; <i>Test</i> costs nothing.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. sk-...',
			description: 'Your key from the CometAPI console, "API Keys"',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.cometapi.com',
			placeholder: 'e.g. https://api.cometapi.com',
			description: 'Address of CometAPI; change it only for a gateway or the simulator',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{ $credentials.apiKey }}' } },
	};
}
