import { createServer } from 'node:http';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { DEFAULT_API_KEY } from '../../tools/simulator';
import { canaryFilm, examineFolders, takeLeaks, watchPrinting } from '../../tools/canary';
import {
	chain,
	createFilesFolder,
	listenToLog,
	probe,
	runWorkflow,
	trigger,
} from '../../tools/engine';
import { credentialFor, prompts, runChain, transform } from '../../tools/engine/runway';
import { openServer, type OpenServer } from '../../tools/network/openServer';
import { useSimulator } from './support/useSimulator';

const simulator = useSimulator({ speed: 20 });
const [KEY, FILM] = [DEFAULT_API_KEY, canaryFilm().toString('base64')];

let foreign: OpenServer;
let foreignUrl: string;
beforeAll(async () => {
	foreign = await openServer(
		createServer((request, response) => void request.resume().on('end', () => response.end('{}'))),
	);
	foreignUrl = `http://127.0.0.1:${foreign.port}`;
});
afterAll(async () => await foreign.close());

type Leaking = (
	this: IExecuteFunctions,
) => Promise<INodeExecutionData[][]> | INodeExecutionData[][];

/** Runs a node that leaks; returns what the watch over all engine tests has noticed. */
async function leaksOf(leaking: Leaking): Promise<string[]> {
	const extraNodes = {
		'test.probe': probe(async function () {
			return await leaking.call(this);
		}),
	};
	await runWorkflow(chain(trigger, { name: 'Probe', type: 'test.probe' }), {
		extraNodes,
		credentials: credentialFor(simulator),
	});
	return takeLeaks();
}

const PLANTED: Array<[string, RegExp, Leaking]> = [
	[
		'an item',
		/^the API key \(plain\) is in what n8n stores of execution/,
		() => [[{ json: { key: KEY } }]],
	],
	[
		"an error's cause",
		/^the API key.*is in the result of execution .*cause/,
		() => {
			throw Object.assign(new Error('no'), {
				cause: { config: { headers: { authorization: KEY } } },
			});
		},
	],
	[
		"n8n's log",
		/^the API key \(plain\) is in a line of n8n's log \(debug\)/,
		function () {
			this.logger.debug(`using ${KEY}`);
			return [[]];
		},
	],
	[
		"the details of n8n's log",
		/^the API key \(plain\) is in a line of n8n's log \(warn\): \.request\.headers/,
		function () {
			this.logger.warn('failed', { request: { headers: { authorization: KEY } } });
			return [[]];
		},
	],
	[
		'standard output',
		/^the API key \(hexadecimal\) is in standard output/,
		() => {
			process.stdout.write(`(on purpose: ${Buffer.from(KEY).toString('hex')})\n`);
			return [[]];
		},
	],
	[
		'the console',
		/^the API key \(plain\) is in console\.debug/,
		() => {
			console.debug = () => {};
			const end = watchPrinting();
			console.debug({ key: KEY });
			end();
			return [[]];
		},
	],
	[
		'a URL for a foreign host',
		/^the API key \(plain\) is in the URL of a request to a foreign host/,
		async () => {
			await fetch(`${foreignUrl}/?key=${KEY}`);
			return [[]];
		},
	],
	[
		'a body for a foreign host',
		/^the source video \(plain\) is in the body of a request to a foreign host/,
		async () => {
			await fetch(foreignUrl, { method: 'POST', body: Buffer.from(FILM, 'base64') });
			return [[]];
		},
	],
	[
		"the output's host",
		/^the API key \(plain\) is in the header x-key of a request to a foreign host/,
		async () => {
			await fetch(`${simulator.outputBaseUrl}/outputs/x`, { headers: { 'x-key': KEY } });
			return [[]];
		},
	],
	[
		'a URL for the API',
		/^the API key \(plain\) is in the URL of a request to the API/,
		async () => {
			await fetch(`${simulator.baseUrl}/v1/models?key=${KEY}`);
			return [[]];
		},
	],
];

test.each(PLANTED)('a secret in %s is noticed', async (_, expected, leaking) => {
	expect(await leaksOf(leaking)).toContainEqual(expect.stringMatching(expected));
});

test.each([
	[
		'a file of a node',
		async () => writeFileSync(join(createFilesFolder(), 'request.txt'), `Bearer ${KEY}`),
	],
	[
		"n8n's binary store",
		async () => {
			const binary = probe(async function () {
				return [
					[
						{
							json: {},
							binary: {
								data: await this.helpers.prepareBinaryData(
									Buffer.from(`Bearer ${KEY}`),
									'a.txt',
									'text/plain',
								),
							},
						},
					],
				];
			});
			await runWorkflow(chain(trigger, { name: 'Probe', type: 'test.probe' }), {
				extraNodes: { 'test.probe': binary },
			});
		},
	],
])('a secret in %s is noticed', async (_, leak) => {
	await leak();
	examineFolders();
	const leaks = takeLeaks();
	expect(leaks).toEqual([expect.stringMatching(/^the API key \(plain\) is in a file: /)]);
	rmSync(leaks[0].split(': ')[1]);
});

test('a secret is noticed though a test listens to the log itself', async () => {
	listenToLog(() => {});
	const leaks = await leaksOf(function () {
		this.logger.info(KEY);
		return [[]];
	});
	expect(leaks).toEqual(["the API key (plain) is in a line of n8n's log (info)"]);
});

test('the key in the Authorization header for the API, and a video in the body, are no leaks', async () => {
	const input = prompts('clip').map((item) => ({
		...item,
		binary: { data: { data: FILM, mimeType: 'video/mp4' } },
	}));
	const run = await runChain(simulator, [transform({ videoSource: 'binary' })], input);

	expect(run.error).toBeUndefined();
	expect(simulator.requests()[0].headers.authorization).toBe(`Bearer ${KEY}`);
	expect(takeLeaks()).toEqual([]);
});
