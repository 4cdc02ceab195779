import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { simulatorForTests } from '../support/simulatorForTests';
import { outputFile } from '../../../tools/simulator/outputFile';
import { createOutputUrl, createTask, readOutput } from './client';

const ASSET = readFileSync(join(__dirname, '../../../tools/simulator/assets/transformed.mp4'));
const AT_ONCE = { pendingMs: 0, runningMs: 0 };

const simulator = simulatorForTests({ scenario: AT_ONCE });

const payloadOf = (url: string) => {
	const [, payload] = new URL(url).searchParams.get('_jwt')!.split('.');
	const decoded: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
	return z.object({ exp: z.number() }).passthrough().parse(decoded);
};

describe('an output URL', () => {
	it('serves the MP4 with its type and length, to anybody', async () => {
		const response = await fetch(await createOutputUrl(simulator));
		expect(response.headers.get('content-type')).toBe('video/mp4');
		expect(response.headers.get('content-length')).toBe(String(ASSET.length));
		expect(Buffer.from(await response.arrayBuffer()).equals(ASSET)).toBe(true);
	});

	it('tells in its _jwt when it expires, in epoch seconds', async () => {
		const { exp } = payloadOf(await createOutputUrl(simulator));
		const hoursLeft = (exp - Date.now() / 1000) / 3600;
		expect(hoursLeft).toBeGreaterThan(23.99);
		expect(hoursLeft).toBeLessThanOrEqual(24);
	});

	it('is a fresh one at every read', async () => {
		const id = await createTask(simulator);
		const [one] = await readOutput(simulator, id);
		const [other] = await readOutput(simulator, id);
		expect(one).not.toBe(other);
		expect(one.split('?')[0]).toBe(other.split('?')[0]);
	});

	it('begins with another origin where the scenario says so, and opens the same file at the output server', async () => {
		const outputOrigin = 'https://outputs.example.com';
		simulator.useScenario({ ...AT_ONCE, outputOrigin });
		const url = await createOutputUrl(simulator);
		expect(new URL(url).origin).toBe(outputOrigin);
		const { status } = await fetch(url.replace(outputOrigin, simulator.outputBaseUrl));
		expect(status).toBe(200);
	});

	it('is one of as many as the scenario says', async () => {
		simulator.useScenario({ ...AT_ONCE, outputCount: 3 });
		const urls = await readOutput(simulator, await createTask(simulator));
		const names = urls.map((url) => new URL(url).pathname.split('/').at(-1));
		expect(names).toEqual(['0.mp4', '1.mp4', '2.mp4']);
	});

	it('works until the second it expires in, and then no more', async () => {
		simulator.useScenario({ ...AT_ONCE, outputUrlTtlMs: 1500 });
		const url = await createOutputUrl(simulator);
		const expiresInMs = payloadOf(url).exp * 1000 - Date.now();
		expect((await fetch(url)).status).toBe(200);
		await new Promise((resolve) => setTimeout(resolve, expiresInMs + 5));
		expect((await fetch(url)).status).toBe(403);
	});

	it.each<[string, (url: string) => string]>([
		['no signature', (url) => url.split('?')[0]],
		['nonsense for a signature', (url) => `${url.split('?')[0]}?_jwt=a.b.c`],
		['a changed signature', (url) => url.slice(0, -4) + (url.endsWith('AAAA') ? 'BBBB' : 'AAAA')],
		['the signature of another output', (url) => url.replace('/0.mp4', '/1.mp4')],
		[
			'a later expiry than was signed',
			(url) => {
				const [head, , signature] = url.split('.mp4?')[1].split('.');
				const later = { ...payloadOf(url), exp: 9_999_999_999 };
				const forged = Buffer.from(JSON.stringify(later)).toString('base64url');
				return `${url.split('?')[0]}?${head}.${forged}.${signature}`;
			},
		],
	])('with %s opens nothing', async (_case, forge) => {
		simulator.useScenario({ ...AT_ONCE, outputCount: 2 });
		expect((await fetch(forge(await createOutputUrl(simulator)))).status).toBe(403);
	});

	it('of a task that does not exist answers 404', async () => {
		expect((await fetch(`${simulator.outputBaseUrl}/outputs/nobody/0.mp4`)).status).toBe(404);
	});

	it('comes without Content-Length when the scenario says so', async () => {
		simulator.useScenario({ ...AT_ONCE, outputContentLength: false });
		const response = await fetch(await createOutputUrl(simulator));
		expect(response.headers.get('content-length')).toBeNull();
		expect((await response.arrayBuffer()).byteLength).toBe(ASSET.length);
	});

	it.each([
		['bytes=4-7', 206, ASSET.subarray(4, 8)],
		[`bytes=${ASSET.length - 2}-`, 206, ASSET.subarray(-2)],
		['lines=1-2', 200, ASSET],
	])('asked for the range %s answers %d with those bytes', async (range, status, expected) => {
		const response = await fetch(await createOutputUrl(simulator), { headers: { range } });
		expect(response.status).toBe(status);
		expect(Buffer.from(await response.arrayBuffer()).equals(expected)).toBe(true);
	});

	it('asked for its head answers the length alone', async () => {
		const response = await fetch(await createOutputUrl(simulator), { method: 'HEAD' });
		expect(response.headers.get('content-length')).toBe(String(ASSET.length));
		expect(await response.text()).toBe('');
	});
});

describe('an output that is padded', () => {
	it('streams the wanted size', async () => {
		const outputBytes = 50 * 1024 * 1024;
		simulator.useScenario({ ...AT_ONCE, outputBytes });
		const response = await fetch(await createOutputUrl(simulator));
		let received = 0;
		for await (const chunk of response.body!) received += chunk.length;
		expect(response.headers.get('content-length')).toBe(String(outputBytes));
		expect(received).toBe(outputBytes);
	});

	it('takes no more memory the larger it is: its chunks are views of the same two buffers', () => {
		const oneGigabyte = 1024 ** 3;
		const memories = new Set<ArrayBufferLike>();
		let bytes = 0;
		for (const chunk of outputFile('mp4', oneGigabyte).read(0, oneGigabyte)) {
			memories.add(chunk.buffer);
			bytes += chunk.length;
		}
		expect(bytes).toBe(oneGigabyte);
		expect(memories.size).toBe(2);
	});

	it('is made of whole MP4 boxes, so that it stays playable', () => {
		const file = outputFile('mp4', ASSET.length + 100_000);
		const bytes = Buffer.concat([...file.read(0, file.bytes)]);
		const boxes: string[] = [];
		for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
			boxes.push(bytes.toString('latin1', at + 4, at + 8));
		}
		expect(boxes[0]).toBe('ftyp');
		expect(boxes).toContain('moov');
		expect(boxes.at(-1)).toBe('free');
		expect(bytes.length).toBe(ASSET.length + 100_000);
		expect(bytes.subarray(0, ASSET.length).equals(ASSET)).toBe(true);
	});

	it('has its size in 64 bits when the padding is over 4 GB', () => {
		const fiveGigabytes = 5 * 1024 ** 3;
		const file = outputFile('mp4', fiveGigabytes);
		const [header] = file.read(ASSET.length, ASSET.length + 16);
		expect(header.readUInt32BE(0)).toBe(1);
		expect(header.toString('latin1', 4, 8)).toBe('free');
		expect(Number(header.readBigUInt64BE(8))).toBe(fiveGigabytes - ASSET.length);
	});

	it.each([
		[undefined, 0],
		[1, 0],
		[ASSET.length, 0],
		[ASSET.length + 3, 8],
		[ASSET.length + 8, 8],
		[ASSET.length + 9, 9],
	])('of %p bytes has %d bytes of padding', (wantedBytes, padding) => {
		expect(outputFile('mp4', wantedBytes).bytes).toBe(ASSET.length + padding);
	});
});
