import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/**
 * What n8n says when the answer to the test has this status, or, where the status is good, this value: a web page has
 * no `data`, and must not pass for CometAPI. n8n takes both kinds at once, its type only one of them.
 */
const TEST_RULES = [
	whenStatus(401, 'CometAPI does not accept this API key. Copy it again from the CometAPI console, "API Keys".'),
	whenStatus(403, "CometAPI knows this API key, but does not let it list models. Look at the key's limits in the CometAPI console."),
	whenStatus(404, 'There is no CometAPI at this Base URL. The usual one is https://api.cometapi.com, with nothing behind it.'),
	{
		type: 'responseSuccessBody',
		properties: { key: 'data', value: undefined, message: 'Something answers at this Base URL, but it is not CometAPI. The usual one is https://api.cometapi.com.' },
	},
] as ICredentialTestRequest['rules'];

export class CometApiRunwayApi implements ICredentialType {
	name = 'cometApiRunwayApi';

	displayName = 'CometAPI Runway API';

	icon: Icon = { light: 'file:../icons/cometapi-runway.svg', dark: 'file:../icons/cometapi-runway.dark.svg' };

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-cometapi-runway';

	properties: INodeProperties[] = [
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

	/** Needs the key and costs nothing. */
	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/v1/models' },
		rules: TEST_RULES,
	};
}

function whenStatus(value: number, message: string) {
	return { type: 'responseCode' as const, properties: { value, message } };
}
