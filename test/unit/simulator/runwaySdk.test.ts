import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import RunwayML, { TaskFailedError } from '@runwayml/sdk';
import { DEFAULT_API_KEY, startSimulator, type Simulator } from '../../../tools/simulator';

const ASSET = join(__dirname, '../../../tools/simulator/assets/transformed.mp4');
/** The SDK first looks 4.5 to 7.5 s after the create, by when tasks at this speed have finished. */
const SPEED = 2;
const WAIT_MS = 15_000;

type Settled = PromiseSettledResult<Awaited<ReturnType<typeof transformAndWait>>>;

let simulator: Simulator;
let succeeded: Settled;
let failed: Settled;

/** Both tasks wait for the SDK's first look side by side. */
beforeAll(async () => {
	simulator = await startSimulator({ speed: SPEED });
	simulator.addRule({
		promptIncludes: 'forbidden',
		scenario: { outcome: 'FAILED', failure: 'Moderated.', failureCode: 'SAFETY.INPUT.TEXT' },
	});
	[succeeded, failed] = await Promise.allSettled([
		transformAndWait('Make it winter'),
		transformAndWait('Something forbidden'),
	]);
}, WAIT_MS);
afterAll(async () => await simulator.close());

async function transformAndWait(promptText: string) {
	const client = new RunwayML({
		apiKey: DEFAULT_API_KEY,
		baseURL: `${simulator.baseUrl}/runwayml`,
	});
	const body = {
		model: 'gen4_aleph',
		videoUri: 'https://example.com/clip.mp4',
		promptText,
		ratio: '1280:720',
	};
	// The SDK's types have moved on to aleph2; the request it sends is the same.
	const params = body as unknown as RunwayML.VideoToVideoCreateParams;
	return await client.videoToVideo.create(params).waitForTaskOutput();
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe("Runway's own SDK, unchanged", () => {
	it('creates a task, waits for it and leads to the video, byte for byte', async () => {
		if (succeeded.status === 'rejected') throw succeeded.reason;
		const { status, output } = succeeded.value;
		expect(status).toBe('SUCCEEDED');
		const response = await fetch(output[0]);
		expect(sha256(new Uint8Array(await response.arrayBuffer()))).toBe(sha256(readFileSync(ASSET)));
	});

	it('throws its TaskFailedError, with the failure inside, when the task fails', () => {
		if (failed.status === 'fulfilled') throw new Error('The task did not fail');
		expect(failed.reason).toBeInstanceOf(TaskFailedError);
		expect(failed.reason.taskDetails).toMatchObject({
			status: 'FAILED',
			failure: 'Moderated.',
			failureCode: 'SAFETY.INPUT.TEXT',
		});
	});

	it('needs one create per task and one look', () => {
		expect(simulator.stats()).toMatchObject({ createsReceived: 2, tasksAccepted: 2, taskReads: 2 });
	});
});
