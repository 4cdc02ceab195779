import type { ICredentialType, INodeType } from 'n8n-workflow';
import { CometApiRunwayApi } from '../../credentials/CometApiRunwayApi.credentials';
import { DEFAULT_API_KEY } from '../../simulator';
import { chain, probe, runWorkflow, trigger } from './harness';
import { useSimulator } from './support/useSimulator';

const simulator = useSimulator();

/**
 * What n8n makes of a credential's test (packages/cli, credentials-tester.service.ts): a declarative node whose
 * one request is that of the test.
 */
function testNode({ test }: ICredentialType): INodeType {
	const { description } = probe(undefined, {
		credentials: [{ name: 'cometApiRunwayApi', required: true }],
		properties: [
			{
				displayName: 'Test',
				name: 'test',
				type: 'options',
				default: 'test',
				options: [{ name: 'Test', value: 'test', routing: { request: test?.request } }],
			},
		],
	});
	return { description };
}

async function testCredential(apiKey: string, baseUrl: string) {
	const workflow = chain(trigger, { name: 'Test', type: 'test.credential', parameters: { test: 'test' } });
	return await runWorkflow(workflow, {
		credentials: { cometApiRunwayApi: { apiKey, baseUrl } },
		extraNodes: { 'test.credential': testNode(new CometApiRunwayApi()) },
	});
}

test.each([
	['', 'as it is'],
	['/', 'with a trailing slash'],
])('a good key passes, with the Base URL %s (%s), and costs nothing', async (ending) => {
	const run = await testCredential(DEFAULT_API_KEY, `${simulator.baseUrl}${ending}`);

	expect(run.error).toBeUndefined();
	expect(simulator.requests().map(({ method, path, status }) => [method, path, status])).toEqual([['GET', '/v1/models', 200]]);
});

test('a bad key fails', async () => {
	const run = await testCredential('sk-wrong', simulator.baseUrl);

	expect(run.status).toBe('error');
	// n8n asks a second time after a 401, in case a fresh token would do.
	expect(new Set(simulator.requests().map(({ path, status }) => `${path} ${status}`))).toEqual(new Set(['/v1/models 401']));
});

test('points to the live service unless told otherwise', () => {
	const { properties } = new CometApiRunwayApi();
	const byName = new Map(properties.map((property) => [property.name, property]));

	expect(byName.get('baseUrl')?.default).toBe('https://api.cometapi.com');
	expect(byName.get('apiKey')?.typeOptions?.password).toBe(true);
});
