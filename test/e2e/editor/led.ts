import assert from 'node:assert/strict';
import { it } from 'node:test';
import { withCredential } from '../../../tools/n8n';
import { agentWith } from '../agent/scriptedModel';
import { manualTrigger, node, SUBMIT, transformNode, WAIT, waitInProcess } from '../workflows';
import { picture } from './page';
import type { EditorStage } from './suspended';
import { transformWith } from './workflow';

const KEY_PAGE = 'https://www.cometapi.com/console/token';
const TOO_LONG = 'x'.repeat(1_001);

/** What tells somebody without a README what to do, where they look anyway. */
export function leads(open: () => EditorStage): void {
	async function openWith(prompt: string): Promise<void> {
		const { editor, api, credential } = open();
		const workflow = transformWith(manualTrigger, prompt, waitInProcess());
		await editor.openWorkflow(await api.createWorkflow(withCredential(workflow, credential)));
	}

	it('a create that has run names Wait, and pinning', async () => {
		const { editor } = open();
		await openWith('Make it snow');
		await editor.canvas.run();
		await editor.canvas.waitUntilDone();
		await editor.details.open(SUBMIT);
		await editor.details.waitForHint(/CometAPI Runway Wait.*Every run is a paid task: pin this/);
		await editor.details.close();
	});

	it('a prompt too long is told before it is run', async () => {
		const { editor } = open();
		await openWith(TOO_LONG);
		await editor.details.open(SUBMIT);
		await editor.details.waitForHint(/longer than the 1000 characters that this model takes/);
		assert.ok(await editor.details.shows('Up to 1000 characters; some models take fewer, or more'));
		await editor.details.fill('promptText', 'Make it snow');
		await editor.details.waitForNoHint();
		await editor.details.close();
	});

	it('the credential says, without a tooltip, where a key comes from', async () => {
		const { editor } = open();
		await editor.openNewCredential('CometAPI Runway API');
		await picture(editor.page, 'credential');
		const link = editor.page.getByRole('link', { name: 'CometAPI console' });
		await link.waitFor();
		assert.equal(await link.getAttribute('href'), KEY_PAGE);
	});

	it("as an agent's tools, Wait has its task id from the model, and both say what they cost", async () => {
		const { editor, api, credential } = open();
		const model = await api.createCredentialOf('openAiApi', 'Model', {
			apiKey: 'sk-no-model',
			url: 'http://127.0.0.1:9/v1',
		});
		const wait = node(WAIT, 'n8n-nodes-cometapi-runway.cometApiRunwayWait', 1, {});
		const workflow = withCredential(agentWith([transformNode(), wait], model), credential);
		await editor.openWorkflow(await api.createWorkflow(workflow));
		await editor.details.open(WAIT);
		assert.match(await editor.details.valueOf('toolDescription'), /Costs nothing/);
		assert.equal(await editor.details.countFromModel(), 1);
		await editor.details.close();
		await editor.details.open(SUBMIT);
		assert.match(await editor.details.valueOf('toolDescription'), /costs money and takes minutes/);
		await editor.details.close();
	});
}
