import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { DEFAULT_API_KEY, type Simulator, startSimulator } from '../../tools/simulator';
import { startChromium } from './editor/chromium';
import { Editor } from './editor/editor';
import { foundInPanel, foundOnCanvas } from './editor/found';
import { leads } from './editor/led';
import { choosingModels, modelByExpression } from './editor/models';
import { highPicture, picture } from './editor/page';
import { assertResult, whileSuspended } from './editor/suspended';
import { clicksToPlayingClip } from './editor/toPlayingClip';
import { transformWith } from './editor/workflow';
import {
	closeWithSuite,
	N8nApi,
	startN8n,
	type StoredCredential,
	withCredential,
} from '../../tools/n8n';
import { manualTrigger, SUBMIT, WAIT, waitNode } from './workflows';

const TRANSFORM = 'Transform video';
const ACTIONS = [
	TRANSFORM,
	'Generate video from image',
	'Perform with a character',
	'Upscale video',
	'Generate image',
	'Get task',
];
const CREDENTIAL_NAME = 'CometAPI Runway account';
const SOURCE = 'https://media.example.com/clip.mp4';

describe('the nodes in the editor', () => {
	let simulator: Simulator;
	let api: N8nApi;
	let credential: StoredCredential;
	let editor: Editor;
	const stage = () => ({ simulator, api, credential, editor });

	before(async () => {
		simulator = closeWithSuite(await startSimulator({ speed: 5 }));
		const n8n = await startN8n();
		api = await N8nApi.connect(n8n);
		credential = await api.createCredential({
			name: CREDENTIAL_NAME,
			apiKey: DEFAULT_API_KEY,
			baseUrl: simulator.baseUrl,
		});
		const browser = await startChromium();
		editor = new Editor(browser.pages()[0], n8n.baseUrl);
		await editor.signIn();
	});

	describe('in the node panel', () => {
		before(async () => {
			await editor.newWorkflow();
			await editor.panel.open();
		});

		foundInPanel(() => editor);

		it('show their icon', async () => {
			await editor.panel.search('CometAPI');
			await editor.panel.waitForNodes(SUBMIT, WAIT);
			await editor.panel.waitForIcons('cometapi-runway.svg', 'cometapi-runway-wait.svg');
		});

		it('show an icon made for the dark theme', async () => {
			await editor.page.emulateMedia({ colorScheme: 'dark' });
			await editor.panel.waitForIcons('cometapi-runway.dark.svg', 'cometapi-runway-wait.dark.svg');
			await editor.page.emulateMedia({ colorScheme: 'light' });
		});

		it('offer the trigger’s events', async () => {
			await editor.panel.openActions(SUBMIT, 'On task failed', 'On task succeeded');
			await editor.panel.chooseAction('On task succeeded');
			await editor.details.waitUntilOpen();
			await editor.details.waitForFields('mode', 'taskIds', 'events');
			await editor.details.close();
		});
	});

	describe('beside a trigger', () => foundOnCanvas(() => editor));

	describe('on a canvas', () => {
		before(async () => {
			await editor.newWorkflow();
			await editor.add('manual', 'Manual Trigger');
		});

		it('Transform is added by its action, with the credential chosen', async () => {
			await editor.panel.open();
			await editor.panel.search('CometAPI');
			await editor.panel.waitForNodes(SUBMIT, WAIT);
			await picture(editor.page, 'node-panel');
			await editor.panel.openActions(SUBMIT, ...ACTIONS);
			await editor.panel.chooseAction(TRANSFORM);
			await editor.details.waitUntilOpen();
			assert.equal(await editor.details.credential(), CREDENTIAL_NAME);
		});

		const common = ['promptText', 'model', 'ratio', 'returnAs'];
		const shown: Array<[parameter: string, option: string, fields: string[]]> = [
			[
				'videoSource',
				'Binary Data',
				['resource', 'operation', 'videoSource', 'binaryPropertyName', ...common],
			],
			['videoSource', 'URL', ['resource', 'operation', 'videoSource', 'videoUrl', ...common]],
			['resource', 'Task', ['resource', 'operation', 'taskId', 'simplify']],
			['resource', 'Video', ['resource', 'operation', 'videoSource', 'videoUrl', ...common]],
		];
		for (const [parameter, option, fields] of shown) {
			it(`Transform shows what belongs to ${option}`, async () => {
				await editor.details.select(parameter, option);
				await editor.details.waitForFields(...fields);
			});
		}

		choosingModels(stage);

		it('Transform needs but a URL and a prompt', async () => {
			await editor.details.fill('videoUrl', SOURCE);
			await editor.details.fill('promptText', 'Make it a snowy winter evening');
			await highPicture(editor.page, 'transform', 1_060);
			await editor.details.close();
		});

		it('Wait has one output, and nothing that must be filled in', async () => {
			await editor.add('CometAPI', WAIT);
			await editor.details.waitUntilOpen();
			await editor.details.waitForFields('taskId', 'timeoutMinutes');
			assert.equal(
				await editor.details.field('timeoutMinutes').locator('input').inputValue(),
				'30',
			);
			assert.deepEqual(await editor.details.optionsToAdd(), [
				'Download Output',
				'Keep Execution Running',
				'Pass On Early',
				'Runway Version',
				'Seconds Between Checks',
			]);
			await editor.details.close();
			assert.equal(await editor.canvas.countOutputs(WAIT), 1);
		});

		it('Wait tells how long it took, with a link to the video', async () => {
			await editor.canvas.run();
			await editor.canvas.waitUntilDone();
			await editor.details.open(WAIT);
			await assertResult(editor, simulator);
			await editor.details.close();
		});
	});

	describe('for a model that is not known before the run', () => modelByExpression(stage));

	describe('the clicks', () => clicksToPlayingClip(() => editor));

	describe('on the way', () => leads(stage));

	describe('while an execution is suspended', () => whileSuspended(stage));

	describe('when something goes wrong', () => {
		const failures: Array<
			[
				what: string,
				prompt: string,
				apiKey: string,
				node: string,
				message: RegExp,
				description: RegExp,
			]
		> = [
			[
				'a task is moderated',
				'Make it snow [sim:moderated]',
				DEFAULT_API_KEY,
				WAIT,
				/^Task \S+ failed: The prompt did not pass/,
				/refused by moderation\. Change the prompt/,
			],
			[
				'the key is wrong',
				'Make it snow',
				'sk-wrong-key',
				SUBMIT,
				/^CometAPI did not accept the API key/,
				/enter a valid API key/,
			],
		];
		for (const [what, prompt, apiKey, failing, message, description] of failures) {
			it(`the output says so when ${what}`, async () => {
				const used =
					apiKey === DEFAULT_API_KEY
						? credential
						: await api.createCredential({ name: what, apiKey, baseUrl: simulator.baseUrl });
				await editor.openWorkflow(
					await api.createWorkflow(
						withCredential(transformWith(manualTrigger, prompt, waitNode()), used),
					),
				);
				await editor.canvas.run();
				await editor.canvas.failure.waitFor();
				await editor.canvas.closeMessages();
				await editor.details.open(failing);
				assert.match(await editor.details.errorMessage.innerText(), message);
				assert.match(await editor.details.errorDescription.innerText(), description);
				const output = await editor.details.output.innerText();
				assert.doesNotMatch(output, /[{}]|sk-/, 'neither raw JSON nor a key');
				if (failing === SUBMIT) assert.match(await editor.details.errorCode(), /401/);
				if (failing === WAIT) await picture(editor.page, 'failed-task');
			});
		}
	});
});
