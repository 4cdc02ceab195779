import assert from 'node:assert/strict';
import { it } from 'node:test';
import { SUBMIT, WAIT } from '../workflows';
import type { Editor } from './editor';

/** What people type, and where our node stands among what n8n finds: 1 is what Enter takes. */
const SEARCHES: Array<[word: string, rank: number]> = [
	['ai video', 1],
	['generate video', 1],
	['edit video', 1],
	['transform video', 1],
	['video to video', 1],
	['image to video', 1],
	['restyle', 1],
	['style transfer', 1],
	['vfx', 1],
	['upscale', 1],
	['character', 1],
	['lip sync', 1],
	['text to image', 1],
	['runway', 1],
	['aleph', 1],
	['CometAPI', 1],
	// "ClickUp" begins like it.
	['clip', 2],
];

/** The lists that the panel begins with, and which of our nodes each has. */
const LISTS: Array<[list: string, nodes: string[]]> = [
	['AI', [SUBMIT]],
	['Action in an app', [SUBMIT, WAIT]],
];

/** The ways on which somebody who does not know the nodes comes upon them. */
export function foundInPanel(open: () => Editor): void {
	for (const [word, rank] of SEARCHES) {
		it(`the search for "${word}" has CometAPI Runway in place ${rank}`, async () => {
			const { panel } = open();
			await panel.search(word);
			await panel.waitForNodes(SUBMIT);
			assert.equal((await panel.names()).indexOf(SUBMIT) + 1, rank);
		});
	}

	it('the search for "cometapi wait" finds Wait alone', async () => {
		const { panel } = open();
		await panel.search('cometapi wait');
		await panel.waitForNodes(WAIT);
		assert.deepEqual(await panel.names(), [WAIT]);
	});
}

/** Opens the panel on a canvas that has nothing but a trigger. */
async function openBesideTrigger(editor: Editor): Promise<Editor> {
	await editor.newWorkflow();
	await editor.add('manual', 'Manual Trigger');
	await editor.panel.open();
	return editor;
}

/** The same for who looks instead of searching, and who has no mouse at hand. */
export function foundOnCanvas(open: () => Editor): void {
	for (const [list, nodes] of LISTS) {
		it(`the list "${list}" has ${nodes.join(' and ')}`, async () => {
			const { panel } = await openBesideTrigger(open());
			await panel.openList(list);
			await panel.waitForNodes(...nodes);
			const ours = (await panel.names()).filter((name) => name.startsWith(SUBMIT));
			assert.deepEqual(ours, nodes);
		});
	}

	it('the first hit by Enter, Enter is Transform', async () => {
		const editor = await openBesideTrigger(open());
		await editor.panel.typeAndEnter('ai video', SUBMIT);
		await editor.panel.enterFirstAction('Transform video');
		await editor.details.waitUntilOpen();
		await editor.details.waitForFields(
			...['resource', 'operation', 'videoSource', 'videoUrl'],
			...['promptText', 'model', 'ratio', 'returnAs'],
		);
	});
}
