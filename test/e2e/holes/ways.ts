import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { closeWithSuite, N8nApi, startN8n, temporaryFolder } from '../../../tools/n8n';
import { keyBelongsTo } from '../../../tools/canary/requests';
import { makeCertificate } from '../../../tools/network/certificate';
import { openServer } from '../../../tools/network/openServer';
import { startTlsFront } from '../../../tools/network/tlsFront';
import { startSimulator } from '../../../tools/simulator';
import { Stage } from '../stage';
import { startStrangeHost, type StrangeHost } from './strangeHost';

/** An n8n that reaches its servers in some way. */
export interface Ground {
	/** Its credential leads to the simulator. */
	stage: Stage;
	/** The same n8n, whose credential leads to the strange host. */
	strange: Stage;
	host: StrangeHost;
	/** Fails where requests did not go that way. */
	assertWayTaken(): void;
}

/** What lies between n8n and a server. */
interface Way {
	env: Record<string, string>;
	/** Where n8n is to go for a server of this process. */
	addressOf(baseUrl: string): Promise<string>;
	/** What passed, where something can tell. */
	passed?(): number;
}

/** As n8n 2 has it by itself; n8n 1 would keep them in memory. */
const BINARIES_IN_FILES = { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' };

const TASK_LIFE = { speed: 20, scenario: { pendingMs: 0, runningMs: 10_000 } };

const DIRECTLY: Way = { env: {}, addressOf: async (baseUrl) => baseUrl };

const WAYS: Record<string, () => Promise<Way>> = {
	directly: async () => DIRECTLY,
	'behind an HTTP proxy': async () => {
		const { url, passed } = await startProxy();
		const env = { HTTP_PROXY: url, http_proxy: url };
		return { ...DIRECTLY, env, passed };
	},
	'over TLS with a certificate of its own': overTls,
	'over such TLS, behind an HTTP proxy': async () => {
		const { url, passed } = await startProxy();
		const way = await overTls();
		return { ...way, env: { ...way.env, HTTPS_PROXY: url, https_proxy: url }, passed };
	},
};

/** Far below what the holes take. */
const LEAST_PASSED = 20;

/** The names of the ways. */
export const WAY_NAMES = Object.keys(WAYS);

/** Starts an n8n and servers, and what lies between them. */
export async function openGround(wayName: string): Promise<Ground> {
	const way = await WAYS[wayName]();
	const n8n = await startN8n({ env: { ...way.env, ...BINARIES_IN_FILES } });
	return await groundOn(n8n, await N8nApi.connect(n8n), way);
}

/** The same for an n8n that runs already, which reaches its servers directly. */
export async function groundOn(n8n: Stage['n8n'], api: N8nApi, way = DIRECTLY): Promise<Ground> {
	const simulator = closeWithSuite(await startSimulator(TASK_LIFE));
	const host = await startStrangeHost();
	const stageFor = async (baseUrl: string) => {
		keyBelongsTo(baseUrl);
		return await Stage.on(simulator, n8n, api, await way.addressOf(baseUrl));
	};
	const [stage, strange] = [await stageFor(simulator.baseUrl), await stageFor(host.baseUrl)];
	return {
		stage,
		strange,
		host,
		assertWayTaken() {
			if (!way.passed) return;
			const passed = way.passed();
			assert.ok(passed >= LEAST_PASSED, `${passed} requests and tunnels went through the proxy`);
		},
	};
}

async function overTls(): Promise<Way> {
	const certificate = makeCertificate(temporaryFolder('certificate'), 'localhost');
	return {
		env: { NODE_EXTRA_CA_CERTS: certificate.certificate },
		async addressOf(baseUrl) {
			const target = Number(new URL(baseUrl).port);
			const front = closeWithSuite(await startTlsFront(target, certificate));
			return `https://localhost:${front.port}`;
		},
	};
}

/** A proxy as companies have it; loopback is not left out of it. */
async function startProxy(): Promise<{ url: string; passed: () => number }> {
	const { createProxy } = await import('proxy');
	const server = createProxy(createServer());
	let passed = 0;
	for (const event of ['request', 'connect']) server.prependListener(event, () => (passed += 1));
	const url = `http://127.0.0.1:${closeWithSuite(await openServer(server)).port}`;
	keyBelongsTo(url);
	return { url, passed: () => passed };
}
