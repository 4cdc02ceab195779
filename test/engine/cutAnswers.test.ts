import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyBelongsTo } from '../../tools/canary/requests';
import { makeCertificate } from '../../tools/network/certificate';
import { chain, runWorkflow, trigger } from '../../tools/engine';
import { prompts, transform } from '../../tools/engine/runway';
import { DEFAULT_API_KEY } from '../../tools/simulator';
import { accountOf, expectSumToBeRight } from './support/account';
import { startTlsFront } from '../../tools/network/tlsFront';
import { startCuttingProxy, type CutBy, type CuttingProxy } from './support/cuttingProxy';
import { useHurry } from './support/useHurry';
import { useSimulator } from './support/useSimulator';

useHurry();
const simulator = useSimulator({ speed: 100 });

/** Three tries, should the node leave n8n a reason for one. */
const node = transform(
	{ requestOptions: { allowUnauthorizedCerts: true } },
	{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
);

/** How the creates ended whose answers were cut. */
interface Tally {
	known: number;
	uncertain: number;
	notAccepted: number;
}

/** Submits one clip through the proxy; what is accepted must be told, and nothing may be accepted twice. */
async function submitThrough(baseUrl: string, tally: Tally): Promise<void> {
	simulator.reset();
	keyBelongsTo(simulator.baseUrl);
	const credentials = { cometApiRunwayApi: { apiKey: DEFAULT_API_KEY, baseUrl } };
	const options = { credentials, input: prompts('clip') };
	const account = accountOf('Transform', [await runWorkflow(chain(trigger, node), options)]);

	const { tasksAccepted } = simulator.stats();
	if (tasksAccepted > 0) expectSumToBeRight(simulator, account);
	if (account.taskIds.size > 0) tally.known += 1;
	else if (tasksAccepted > 0) tally.uncertain += 1;
	else tally.notAccepted += 1;
}

/** Cuts the answer after each `step`th byte. */
async function cutEverywhere(
	proxy: CuttingProxy,
	{ scheme, by, step }: { scheme: string; by: CutBy; step: number },
): Promise<{ tally: Tally; bytes: number }> {
	const baseUrl = `${scheme}://127.0.0.1:${proxy.port}`;
	const whole: Tally = { known: 0, uncertain: 0, notAccepted: 0 };
	proxy.cut(Infinity, by);
	await submitThrough(baseUrl, whole);
	expect(whole.known).toBe(1);
	const bytes = proxy.cameBack();
	const tally: Tally = { known: 0, uncertain: 0, notAccepted: 0 };
	for (let after = 0; after < bytes; after += step) {
		proxy.cut(after, by);
		await submitThrough(baseUrl, tally);
	}
	return { tally, bytes };
}

test.each<[CutBy, number]>([
	['close', 1],
	['reset', 7],
])(
	'an answer that is cut anywhere (%s, every %i bytes): one create, and it is told',
	async (by, step) => {
		const proxy = await startCuttingProxy(Number(new URL(simulator.baseUrl).port));
		try {
			const { tally, bytes } = await cutEverywhere(proxy, { scheme: 'http', by, step });
			const cuts = Math.ceil(bytes / step);
			expect(tally).toEqual({ known: 0, uncertain: cuts, notAccepted: 0 });
			expect(bytes).toBeGreaterThan(150);
		} finally {
			await proxy.close();
		}
	},
	120_000,
);

test.each<CutBy>(['close', 'reset', 'garbage'])(
	'TLS that breaks anywhere (%s): what is accepted is told, and not sent again',
	async (by) => {
		const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
		const target = Number(new URL(simulator.baseUrl).port);
		const front = await startTlsFront(target, makeCertificate(folder, 'localhost'));
		const proxy = await startCuttingProxy(front.port);
		try {
			const { tally } = await cutEverywhere(proxy, { scheme: 'https', by, step: 41 });
			expect(tally.uncertain).toBeGreaterThan(10);
			expect(tally.notAccepted).toBeGreaterThan(10);
		} finally {
			await Promise.all([proxy.close(), front.close()]);
			rmSync(folder, { recursive: true });
		}
	},
	120_000,
);
