import dns from 'node:dns';
import { chain, disposeEngine, runWorkflow, trigger } from '../../tools/engine';
import { told, wait } from '../../tools/engine/runway';
import { startOutputHost, type OutputHost } from './support/outputHost';

/** Where all names of this domain lead, for everything in this process. */
const DOMAIN = '.example.com';
const FILM = Buffer.from('000000206674797069736f6d', 'hex');

const { lookup } = dns;
beforeAll(() => {
	const toThisMachine = (name: string, ...rest: unknown[]) =>
		Reflect.apply(lookup, dns, [name.endsWith(DOMAIN) ? '127.0.0.1' : name, ...rest]);
	Object.assign(dns, { lookup: toThisMachine });
});
afterAll(() => {
	Object.assign(dns, { lookup });
	disposeEngine();
});

const download = wait({ download: true }, { taskId: 'task-1' });
const byName = (origin: string, path: string) => origin.replace('127.0.0.1', `cdn${DOMAIN}`) + path;

/** Waits for a task whose output lies there; whatever is asked for is a film, but for a path that redirects. */
async function runWith(
	outputUrl: (origin: string) => string,
	baseUrlName: string,
	redirectTo?: (origin: string) => string,
) {
	const host: OutputHost = await startOutputHost(outputUrl, (path, response) => {
		if (path === '/moved' && redirectTo)
			response.writeHead(302, { location: redirectTo(host.origin) }).end();
		else response.setHeader('content-type', 'video/mp4').end(FILM);
	});
	try {
		const credentials = host.credentials(baseUrlName);
		const run = await runWorkflow(chain(trigger, download), { credentials });
		return { run, asked: host.asked, origin: host.origin };
	} finally {
		await host.close();
	}
}

const GATEWAY = `gateway${DOMAIN}`;

test('an output at a private address is not asked for; the error keeps its URL, and says what to do', async () => {
	const { run, asked, origin } = await runWith((host) => `${host}/clip.mp4`, GATEWAY);
	const { message, description, context } = told(run);
	expect(message).toBe(
		'The output of task task-1 leads to 127.0.0.1 (this machine), so it was not downloaded',
	);
	expect(description).toMatch(/paid for.*Base URL.*HTTP Request node/);
	expect(description).toContain(`${origin}/clip.mp4`);
	expect(context).toMatchObject({ taskId: 'task-1', outputUrl: `${origin}/clip.mp4` });
	expect(asked).toEqual([]);
});

test('nor is one that a host of the internet redirects to', async () => {
	const { run, asked } = await runWith(
		(host) => byName(host, '/moved'),
		GATEWAY,
		(host) => `${host}/secret`,
	);
	const { message, context } = told(run);
	expect(message).toContain('leads to 127.0.0.1 (this machine)');
	expect(context.outputUrl).toContain('/moved');
	expect(asked).toEqual(['/moved']);
});

test.each<[string, string, (host: string) => string]>([
	['a redirect from name to name', GATEWAY, (host) => byName(host, '/b.mp4')],
	['a private address, where the Base URL is one as well', '127.0.0.1', (host) => `${host}/b.mp4`],
])('%s is followed', async (_what, baseUrlName, redirectTo) => {
	const { run, asked } = await runWith((host) => byName(host, '/moved'), baseUrlName, redirectTo);
	expect(run.error).toBeUndefined();
	expect((await run.binaryBuffer(run.output('Wait')[0], 'data')).equals(FILM)).toBe(true);
	expect(asked).toEqual(['/moved', '/b.mp4']);
});
