import { DEFAULT_API_KEY, startSimulator } from '../../../tools/simulator';
import { CREATE_ROUTES } from '../../../tools/simulator/create/routes';
import { probe } from '../../../tools/probe';
import { paidOrder } from '../../../tools/probe/paidOrder';
import { redact } from '../../../tools/probe/redact';

describe('what is shown to anybody', () => {
	const TASK = '5c1da8ef-247f-4f62-abf0-4c971f07648d';
	it.each<[string, string, Array<string | number>]>([
		['a sk-test-key b', 'a [key] b', []],
		['another key sk-Abc_123', 'another key [key]', []],
		['a key in part: sk-ab***yz, wxyz****1234', 'a key in part: [key], [key]', []],
		[`task ${TASK}`, 'task 5c1da8…', []],
		['(request id: 202611260017379831a2b3c4)', '(request id: 202611…)', []],
		['id 4711', 'id 47…', [4711]],
		['to https://cdn.example/a.mp4?_jwt=a.b.c now', 'to https://cdn.example/a.mp4?… now', []],
		['gpt_image_2_5_sunburst, 2024-11-06', 'gpt_image_2_5_sunburst, 2024-11-06', []],
	])('%s', (text, shown, ids) => {
		expect(redact(text, 'sk-test-key', ids)).toBe(shown);
	});
});

describe('a report', () => {
	it('has every finding, neither the key nor a whole id, and no markup of the server', async () => {
		const simulator = await startSimulator({ speed: 100, scenario: { createdIdAs: 'number' } });
		simulator.addFault({
			on: 'models',
			kind: 'status',
			status: 403,
			message: `<img> | ${DEFAULT_API_KEY} is no good`,
		});
		const printed: string[] = [];
		const progress: string[] = [];
		const reports: string[] = [];
		const chapters = await probe({
			baseUrl: simulator.baseUrl,
			apiKey: DEFAULT_API_KEY,
			orders: [paidOrder({ model: 'upscale_v1', videoUrl: 'https://private.example/a.mp4' })],
			pollMs: 10,
			timeoutMs: 5000,
			secondThoughtMs: 0,
			save: (report) => reports.push(report),
			print: (line) => printed.push(line),
			progress: (line) => progress.push(line),
		});
		const [{ id }] = simulator.tasks();
		await simulator.close();

		const [early, report] = reports;
		expect(early).not.toContain('## Paid');
		const findings = chapters.flatMap((chapter) => chapter.findings);
		for (const finding of findings) expect(report).toContain(`| ${finding.id} |`);
		expect(report).toContain('## Paid: video_upscale with upscale_v1');
		expect(report).toContain('&lt;img> \\| [key] is no good');
		for (const shown of [report, printed.join('\n')]) {
			expect(shown).not.toMatch(new RegExp(`${DEFAULT_API_KEY}|${id}|private\\.example`));
		}
		const says = progress.findIndex((line) =>
			line.startsWith('will create, and pay for, one task'),
		);
		expect(says).toBeGreaterThan(0);
		expect(progress.findIndex((line) => line.includes(id))).toBeGreaterThan(says);
		expect(progress.join('\n')).not.toContain(DEFAULT_API_KEY);
	});
});

describe('an order', () => {
	const videoUrl = 'https://example.com/a.mp4';
	const imageUrl = 'https://example.com/a.png';

	it.each([
		['gen4_aleph', 'video_to_video', { videoUri: videoUrl }],
		['aleph2', 'video_to_video', { videoUri: videoUrl }],
		['video_to_video/seedance2', 'video_to_video', { promptVideo: videoUrl }],
		['gen4.5', 'image_to_video', { promptImage: imageUrl, ratio: '1280:720', duration: 5 }],
		['image_to_video/hailuo3', 'image_to_video', { promptImage: imageUrl }],
		['gen4_image', 'text_to_image', { referenceImages: [{ uri: imageUrl }] }],
		['gpt_image_2', 'text_to_image', { ratio: 'auto' }],
		['enhance_frame_rate', 'video_upscale', { videoUri: videoUrl, targetFramerate: '30' }],
		['act_two', 'character_performance', { reference: { type: 'video', uri: videoUrl } }],
		['video_upscale/upscale_v9', 'video_upscale', { model: 'upscale_v9', videoUri: videoUrl }],
	])('of %s is one of %s', (model, route, fields) => {
		expect(paidOrder({ model, videoUrl, imageUrl })).toMatchObject({ route, body: fields });
	});

	it.each([
		[{ model: 'gen4_aleph' }, 'gen4_aleph needs --video'],
		[{ model: 'gen4_turbo', videoUrl }, 'gen4_turbo needs --image'],
		[{ model: 'seedance2' }, 'Say video_to_video/seedance2, or image_to_video/seedance2'],
		[{ model: 'aleph9' }, `Say ${CREATE_ROUTES.map((route) => `${route}/aleph9`).join(', or ')}`],
		[{ model: 'aleph2', videoUrl: 'a.mp4' }, 'no body for video_to_video with aleph2'],
	])('of %j is refused: %s', (wish, message) => {
		expect(() => paidOrder(wish)).toThrow(message);
	});
});
