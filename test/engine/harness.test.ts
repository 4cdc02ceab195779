import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ICredentialType } from 'n8n-workflow';
import {
	allowFileAccess,
	chain,
	createFilesFolder,
	disposeEngine,
	editFields,
	items,
	type NodeJson,
	type NodeProgress,
	runWorkflow,
	trigger,
} from '../../tools/engine';

const fileNode = (name: string, parameters: NodeJson['parameters']): NodeJson => ({
	name,
	type: 'n8n-nodes-base.readWriteFile',
	typeVersion: 1,
	parameters,
});

let server: Server;
let serverUrl: string;
let requests: IncomingMessage[] = [];
const payload = randomBytes(200_000);

beforeAll(async () => {
	server = createServer((request, response) => {
		requests.push(request);
		if (request.url === '/binary') {
			response.setHeader('content-type', 'video/mp4');
			response.end(payload);
			return;
		}
		response.statusCode = request.url === '/broken' ? 500 : 200;
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ path: request.url }));
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
	requests = [];
});

afterAll(async () => {
	server.closeAllConnections();
	await new Promise((closed) => server.close(closed));
	disposeEngine();
});

describe('running nodes', () => {
	test('items flow through Edit Fields and If, each to the output its condition names', async () => {
		const workflow = chain(trigger, editFields('Double', '={{ { n: $json.n * 2 } }}'), {
			name: 'If',
			type: 'n8n-nodes-base.if',
			typeVersion: 2.2,
			parameters: {
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
					combinator: 'and',
					conditions: [
						{
							id: '1',
							leftValue: '={{ $json.n }}',
							rightValue: 3,
							operator: { type: 'number', operation: 'gt' },
						},
					],
				},
			},
		});
		const run = await runWorkflow(workflow, { input: items({ n: 1 }, { n: 2 }, { n: 3 }) });
		expect(run.status).toBe('success');
		expect(run.json('If')).toEqual([{ n: 4 }, { n: 6 }]);
		expect(run.json('If', 1)).toEqual([{ n: 2 }]);
		expect(run.nodesRun).toEqual(['Start#0', 'Double#0', 'If#0']);
	});

	test('an expression reaches the paired item of an earlier node', async () => {
		const workflow = chain(
			trigger,
			editFields('A', '={{ { other: true } }}'),
			editFields('B', "={{ { id: $('Start').item.json.id } }}"),
		);
		const run = await runWorkflow(workflow, { input: items({ id: 'x' }, { id: 'y' }) });
		expect(run.json('B')).toEqual([{ id: 'x' }, { id: 'y' }]);
		expect(run.output('B').map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('a manual run takes the input as pinned data and honours the pinned data of other nodes', async () => {
		const workflow = chain(trigger, editFields('Pinned', '={{ { pinned: false } }}'));
		workflow.pinData = { Pinned: items({ pinned: true }) };
		const run = await runWorkflow(workflow, { input: items({ n: 1 }) });
		expect(run.run.mode).toBe('manual');
		expect(run.json('Start')).toEqual([{ n: 1 }]);
		expect(run.json('Pinned')).toEqual([{ pinned: true }]);
	});

	test('progress is reported before and after every node', async () => {
		const seen: NodeProgress[] = [];
		const workflow = chain(trigger, editFields('A', '={{ {} }}'));
		await runWorkflow(workflow, { onNode: (progress) => seen.push(progress) });
		expect(seen.map(({ node, event, runIndex }) => `${event} ${node}#${runIndex}`)).toEqual([
			'before Start#0',
			'after Start#0',
			'before A#0',
			'after A#0',
		]);
	});

	test('the workflow JSON is left as it was', async () => {
		const workflow = chain(trigger, editFields('A', '={{ {} }}'));
		const before = JSON.stringify(workflow);
		await runWorkflow(workflow, { input: items({}) });
		expect(JSON.stringify(workflow)).toBe(before);
	});

	test('an unknown node type and a missing node are named', async () => {
		await expect(
			runWorkflow(chain(trigger, { name: 'Probe', type: 'test.probe' })),
		).rejects.toThrow('"test.probe"');
		const run = await runWorkflow(chain(trigger));
		expect(() => run.output('Nowhere')).toThrow('"Nowhere"');
	});
});

describe('files and requests', () => {
	test.each(['filesystem', 'default'] as const)(
		'a file read and written again has the same bytes (binary mode %s)',
		async (binaryMode) => {
			const folder = createFilesFolder();
			const [source, target] = [join(folder, 'in.bin'), join(folder, 'out.bin')];
			writeFileSync(source, payload);
			const workflow = chain(
				trigger,
				fileNode('Read', { operation: 'read', fileSelector: source }),
				fileNode('Write', { operation: 'write', fileName: target, dataPropertyName: 'data' }),
			);
			const run = await runWorkflow(workflow, { binaryMode });
			expect(run.error).toBeUndefined();
			expect(readFileSync(target).equals(payload)).toBe(true);
			const [item] = run.output('Read');
			expect((await run.binaryBuffer(item, 'data')).equals(payload)).toBe(true);
			expect(item.binary?.data.id !== undefined).toBe(binaryMode === 'filesystem');
		},
	);

	test('a folder is closed to nodes until access is allowed', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'harness-'));
		try {
			writeFileSync(join(folder, 'a.txt'), 'a');
			const read = (path: string) =>
				runWorkflow(chain(trigger, fileNode('Read', { operation: 'read', fileSelector: path })));
			expect((await read(join(folder, 'a.txt'))).error?.message).toContain('not allowed');
			const allowed = allowFileAccess(folder);
			expect((await read(join(allowed, 'a.txt'))).status).toBe('success');
		} finally {
			rmSync(folder, { recursive: true });
		}
	});

	test('HTTP Request asks a real server and keeps a download out of the run data', async () => {
		const workflow = chain(trigger, {
			name: 'Get',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `${serverUrl}/binary`,
				options: { response: { response: { responseFormat: 'file' } } },
			},
		});
		const run = await runWorkflow(workflow);
		const [item] = run.output('Get');
		expect((await run.binaryBuffer(item, 'data')).equals(payload)).toBe(true);
		expect(item.binary?.data).toMatchObject({ data: 'filesystem-v2', mimeType: 'video/mp4' });
		expect(run.stored.length).toBeLessThan(20_000);
	});

	test('a credential authenticates requests by the expressions of its type', async () => {
		const type: ICredentialType = {
			name: 'testApi',
			displayName: 'Test API',
			properties: [
				{ displayName: 'Key', name: 'key', type: 'string', default: '' },
				{ displayName: 'Realm', name: 'realm', type: 'string', default: 'main' },
			],
			authenticate: {
				type: 'generic',
				properties: {
					headers: { authorization: '=Bearer {{ $credentials.key }}@{{ $credentials.realm }}' },
				},
			},
		};
		const workflow = chain(trigger, {
			name: 'Get',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `${serverUrl}/secret`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'testApi',
			},
		});
		const run = await runWorkflow(workflow, {
			credentials: { testApi: { key: 'k-1' } },
			extraCredentials: { testApi: type },
		});
		expect(run.error).toBeUndefined();
		expect(requests[0].headers.authorization).toBe('Bearer k-1@main');
		expect(run.stored).not.toContain('k-1');
	});
});

describe('requests that fail', () => {
	const brokenRequest: NodeJson = {
		name: 'Get',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: { url: '' },
	};

	test('a failing node ends the run with its error', async () => {
		const workflow = chain(
			trigger,
			{ ...brokenRequest, parameters: { url: `${serverUrl}/broken` } },
			editFields('After', '={{ {} }}'),
		);
		const run = await runWorkflow(workflow);
		expect(run.status).toBe('error');
		expect(run.error).toMatchObject({ httpCode: '500' });
		expect(run.nodeError('Get')?.message).toBe(run.error?.message);
		expect(run.output('After')).toEqual([]);
	});

	test('On Error set to continue hands the error on as an item', async () => {
		const workflow = chain(
			trigger,
			{
				...brokenRequest,
				onError: 'continueRegularOutput',
				parameters: { url: `=${serverUrl}/{{ $json.path }}` },
			},
			editFields('After', '={{ { failed: $json.error !== undefined } }}'),
		);
		const input = items({ path: 'fine' }, { path: 'broken' });
		const run = await runWorkflow(workflow, { input });
		expect(run.status).toBe('success');
		expect(run.json('After')).toEqual([{ failed: false }, { failed: true }]);
	});
});

test('files the engine made are gone after disposal', () => {
	const folder = createFilesFolder();
	disposeEngine();
	expect(existsSync(folder)).toBe(false);
});
