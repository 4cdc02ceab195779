import { CredentialTestContext } from 'n8n-core';
import type {
	ICredentialsDecrypted,
	ICredentialTestFunction,
	INodeCredentialTestResult,
	INodeTypeDescription,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { CometApiRunwayApi } from '../../credentials/CometApiRunwayApi.credentials';
import { CometApiRunway } from '../../nodes/CometApiRunway/CometApiRunway.node';
import { CometApiRunwayTrigger } from '../../nodes/CometApiRunwayTrigger/CometApiRunwayTrigger.node';
import { CometApiRunwayWait } from '../../nodes/CometApiRunwayWait/CometApiRunwayWait.node';
import { DEFAULT_API_KEY, type FaultInput } from '../../tools/simulator';
import { keyBelongsTo } from '../../tools/canary';
import '../../tools/engine';
import { fake } from '../unit/support/fake';
import { useSimulator } from './support/useSimulator';

const simulator = useSimulator();

/** A node that tests the credential. */
interface Tester {
	description: INodeTypeDescription;
	methods: { credentialTest: Record<string, ICredentialTestFunction> };
}

/** As n8n does it (packages/cli, credentials-tester.service.ts): the function that a node names, on n8n's own context. */
async function testCredential(
	apiKey: string,
	baseUrl: string,
	{ description, methods }: Tester = new CometApiRunway(),
): Promise<INodeCredentialTestResult> {
	keyBelongsTo(baseUrl);
	const [{ testedBy }] = description.credentials ?? [];
	const test = methods.credentialTest[String(testedBy)];
	const context = new CredentialTestContext(fake<IWorkflowExecuteAdditionalData>({}, ['hooks']));
	const credential: ICredentialsDecrypted = {
		id: '1',
		name: 'CometAPI Runway',
		type: 'cometApiRunwayApi',
		data: { apiKey, baseUrl },
	};
	return await test.call(context, credential);
}

test.each([
	['', 'as it is'],
	['/', 'with a trailing slash'],
])('a good key passes, with the Base URL %s (%s), and costs nothing', async (ending) => {
	const { status } = await testCredential(DEFAULT_API_KEY, `${simulator.baseUrl}${ending}`);

	expect(status).toBe('OK');
	expect(simulator.requests().map(({ method, path, status }) => [method, path, status])).toEqual([
		['GET', '/v1/models', 200],
	]);
});

test.each<[string, Tester]>([
	['CometAPI Runway', new CometApiRunway()],
	['CometAPI Runway Wait', new CometApiRunwayWait()],
	['CometAPI Runway Trigger', new CometApiRunwayTrigger()],
])(
	'the test is found through each of the nodes, since n8n takes any of them: %s',
	async (_name, node) => {
		expect((await testCredential(DEFAULT_API_KEY, simulator.baseUrl, node)).status).toBe('OK');
	},
);

describe('what is wrong is told in words, without the key', () => {
	test.each<[string, () => string, string]>([
		[
			'a base URL with a path of its own',
			() => `${simulator.baseUrl}/runwayml`,
			'The Base URL does not lead to CometAPI',
		],
		[
			'the address of something else',
			() => simulator.outputBaseUrl,
			'The Base URL does not lead to CometAPI',
		],
		['a dead host', () => 'http://127.0.0.1:1', 'CometAPI could not be reached'],
		['an unknown host', () => 'https://nobody.invalid', 'CometAPI could not be reached'],
		['no address', () => 'api.cometapi.com', 'Base URL is not an http(s) address'],
		['another protocol', () => 'file:///etc/passwd', 'Base URL is not an http(s) address'],
	])('%s', async (_what, baseUrl, expected) => {
		const { status, message } = await testCredential(DEFAULT_API_KEY, baseUrl());

		expect(status).toBe('Error');
		expect(message).toContain(expected);
		expect(message).not.toContain(DEFAULT_API_KEY);
	});

	test.each<[string, Omit<FaultInput, 'on'>, string]>([
		['a redirect', { kind: 'redirect' }, 'The Base URL does not lead to CometAPI'],
		['a web page', { kind: 'html' }, 'The Base URL does not lead to CometAPI'],
		[
			'another JSON',
			{ kind: 'otherJson', json: { ok: true } },
			'The Base URL does not lead to CometAPI',
		],
		[
			'a key that may not list models',
			{ kind: 'status', status: 403 },
			'This API key may not do that',
		],
		[
			'a server in trouble',
			{ kind: 'status', status: 502 },
			'CometAPI failed to process the request',
		],
		['a huge answer', { kind: 'hugeJson' }, 'an answer of more than 10 MB, which was not read'],
		['a rate limit', { kind: 'status', status: 429 }, 'CometAPI is limiting the rate of requests'],
		['a connection that is reset', { kind: 'reset' }, 'broke off'],
	])('%s', async (_what, fault, expected) => {
		simulator.addFault({ on: 'models', ...fault });
		const { status, message } = await testCredential(DEFAULT_API_KEY, simulator.baseUrl);

		expect(status).toBe('Error');
		expect(message).toContain(expected);
		expect(simulator.requests().map(({ server, path }) => `${server} ${path}`)).toEqual([
			'api /v1/models',
		]);
	});

	test('a bad key, with the request id', async () => {
		const { status, message } = await testCredential('sk-wrong', simulator.baseUrl);

		expect(status).toBe('Error');
		expect(message).toMatch(/^CometAPI did not accept the API key\. .*Request id: \S+\.$/);
		expect(message).not.toContain('sk-wrong');
	});
});

test('points to the live service unless told otherwise', () => {
	const { properties } = new CometApiRunwayApi();
	const byName = new Map(properties.map((property) => [property.name, property]));

	expect(byName.get('baseUrl')?.default).toBe('https://api.cometapi.com');
	expect(byName.get('apiKey')?.typeOptions?.password).toBe(true);
});
