import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import RunwayML, { TaskFailedError } from '@runwayml/sdk';
import { DEFAULT_API_KEY, startSimulator, type Simulator } from '../../../tools/simulator';

const ASSETS = join(__dirname, '../../../tools/simulator/assets');
/** The SDK first looks 4.5 to 7.5 s after the create, by when tasks at this speed have finished. */
const SPEED = 2;
const WAIT_MS = 15_000;
const IMAGE = 'https://example.com/still.jpg';
const VIDEO = 'https://example.com/clip.mp4';

/** One create for each route of the family, as the SDK's own types want it, and the file it leads to. */
const CREATES = {
	video_to_video: [
		(client: RunwayML) => client.videoToVideo.create({ model: 'aleph2', videoUri: VIDEO }),
		'mp4',
	],
	image_to_video: [
		(client: RunwayML) =>
			client.imageToVideo.create({
				model: 'gen4.5',
				promptImage: [{ uri: IMAGE, position: 'first' }],
				promptText: 'Make it winter',
				ratio: '1280:720',
				duration: 5,
				outputFormat: 'prores',
			}),
		'mov',
	],
	text_to_image: [
		(client: RunwayML) =>
			client.textToImage.create({
				model: 'gen4_image',
				promptText: '@house in winter',
				ratio: '1920:1080',
				referenceImages: [{ uri: IMAGE, tag: 'house' }],
			}),
		'png',
	],
	video_upscale: [
		(client: RunwayML) =>
			client.videoUpscale.create({ model: 'magnific_video_upscaler_creative', videoUri: VIDEO }),
		'mp4',
	],
	character_performance: [
		(client: RunwayML) =>
			client.characterPerformance.create({
				model: 'act_two',
				character: { type: 'image', uri: IMAGE },
				reference: { type: 'video', uri: VIDEO },
			}),
		'mp4',
	],
} as const;

type Route = keyof typeof CREATES;
const ROUTES = Object.keys(CREATES) as Route[];

function forbidden(client: RunwayML) {
	return client.videoToVideo.create({
		model: 'aleph2',
		videoUri: VIDEO,
		promptText: 'Something forbidden',
	});
}

async function settle(create: (client: RunwayML) => ReturnType<typeof forbidden>) {
	const client = new RunwayML({
		apiKey: DEFAULT_API_KEY,
		baseURL: `${simulator.baseUrl}/runwayml`,
	});
	const [settled] = await Promise.allSettled([create(client).waitForTaskOutput()]);
	return settled;
}

let simulator: Simulator;
const settled: Partial<Record<Route | 'forbidden', Awaited<ReturnType<typeof settle>>>> = {};

/** All tasks wait for the SDK's first look side by side. */
beforeAll(async () => {
	simulator = await startSimulator({ speed: SPEED, scenario: { costs: 'runway' } });
	simulator.addRule({
		promptIncludes: 'forbidden',
		scenario: { outcome: 'FAILED', failure: 'Moderated.', failureCode: 'SAFETY.INPUT.TEXT' },
	});
	await Promise.all([
		...ROUTES.map(async (route) => (settled[route] = await settle(CREATES[route][0]))),
		settle(forbidden).then((failed) => (settled.forbidden = failed)),
	]);
}, WAIT_MS);
afterAll(async () => await simulator.close());

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe("Runway's own SDK, unchanged", () => {
	it.each(ROUTES)('creates on %s, waits and leads to the file, byte for byte', async (route) => {
		const task = settled[route];
		if (task?.status !== 'fulfilled') throw task?.reason;
		const { status, output, cost } = task.value;
		expect([status, cost]).toEqual(['SUCCEEDED', { credits: 56 }]);
		const bytes = await (await fetch(output[0])).arrayBuffer();
		const asset = readFileSync(join(ASSETS, `transformed.${CREATES[route][1]}`));
		expect(sha256(new Uint8Array(bytes))).toBe(sha256(asset));
	});

	it('throws its TaskFailedError, with the failure inside, when the task fails', () => {
		if (settled.forbidden?.status !== 'rejected') throw new Error('The task did not fail');
		expect(settled.forbidden.reason).toBeInstanceOf(TaskFailedError);
		expect(settled.forbidden.reason.taskDetails).toMatchObject({
			status: 'FAILED',
			failure: 'Moderated.',
			failureCode: 'SAFETY.INPUT.TEXT',
		});
	});

	it('needs one create per task and one look', () => {
		const tasks = ROUTES.length + 1;
		expect(simulator.stats()).toMatchObject({
			createsReceived: tasks,
			tasksAccepted: tasks,
			taskReads: tasks,
		});
	});
});
