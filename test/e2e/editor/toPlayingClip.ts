import assert from 'node:assert/strict';
import { it } from 'node:test';
import { WAIT } from '../workflows';
import { watchHands, type ByHand } from './byHand';
import type { Editor } from './editor';

const MOST_CLICKS_WITH_ONE_NODE = 9;

const SOURCE = 'https://media.example.com/clip.mp4';

/** Adds Transform as the first node, as one does it with a hand at the keyboard, and fills in what it needs. */
async function addTransform(editor: Editor): Promise<void> {
	await editor.panel.open();
	await editor.panel.typeAndEnter('CometAPI');
	await editor.panel.expandActions();
	await editor.panel.chooseAction('Transform video');
	await editor.details.waitUntilOpen();
	await editor.details.type('videoUrl', SOURCE);
	await editor.details.type('promptText', 'Make it a snowy winter evening');
}

const ways: Record<string, (editor: Editor) => Promise<void>> = {
	'one node': async (editor) => {
		await addTransform(editor);
		await editor.details.select('returnAs', 'Output File');
	},
	'two nodes': async (editor) => {
		await addTransform(editor);
		await editor.details.close();
		await editor.panel.open();
		await editor.panel.typeAndEnter(WAIT);
		await editor.panel.addToWorkflow();
		await editor.details.waitUntilOpen();
		await editor.details.addOption('Download Output');
		await editor.details.flip('download');
	},
};

/** From an empty canvas to the clip that plays in n8n's editor, with the credential there. */
export function clicksToPlayingClip(open: () => Editor): void {
	const counted: Record<string, ByHand> = {};

	for (const [way, add] of Object.entries(ways)) {
		it(`lead to the playing clip with ${way}`, async () => {
			const editor = open();
			await editor.newWorkflow();
			counted[way] = await watchHands(editor.page, async () => {
				await add(editor);
				await editor.details.execute();
				await editor.details.playVideo();
			});
			const { clicks, fieldsTypedInto } = counted[way];
			console.log(`${way}: ${clicks.length} clicks (${clicks.join(' · ')})`);
			console.log(`${way}: ${fieldsTypedInto.length} fields (${fieldsTypedInto.join(' · ')})`);
		});
	}

	it(`are at most ${MOST_CLICKS_WITH_ONE_NODE} with one node, and fewer than with two`, () => {
		const [one, two] = Object.keys(ways).map((way) => counted[way].clicks.length);
		assert.ok(one <= MOST_CLICKS_WITH_ONE_NODE, `${one} clicks`);
		assert.ok(one < two, `${one} with one node, ${two} with two`);
	});
}
