import assert from 'node:assert/strict';
import { it } from 'node:test';
import { withCredential } from '../../../tools/n8n';
import { manualTrigger, sequence, SUBMIT, transformNode } from '../workflows';
import type { Editor } from './editor';
import type { EditorStage } from './suspended';

/** The simulator's catalogue has more of them, and a billing id for the route, which is no model. */
const OFFERED = ['aleph2 ($0.2 per second)', 'gen4_aleph ($0.15 per second)'];

const BEFORE_MODEL = ['resource', 'operation', 'videoSource', 'videoUrl', 'promptText', 'model'];

/** What Transform shows for a model: its inputs, and which of its lists. */
const GEN4_ALEPH = { inputs: [...BEFORE_MODEL, 'ratio', 'returnAs'], lists: ['References'] };
const ALEPH2 = { inputs: [...BEFORE_MODEL, 'targetAspectRatio', 'returnAs'], lists: ['Keyframes'] };

/** For models that the table of models does not know, as gen4_aleph takes them. */
const COMMON = GEN4_ALEPH;

async function assertShown(editor: Editor, { inputs, lists }: typeof COMMON): Promise<void> {
	await editor.details.waitForFields(...inputs);
	for (const list of ['References', 'Keyframes'])
		assert.equal(await editor.details.shows(list), lists.includes(list), list);
}

/** Chooses models in the open panel of Transform, and leaves it with the usual one. */
export function choosingModels(open: () => EditorStage): void {
	for (const [model, shown] of [
		['aleph2', ALEPH2],
		['gen4_aleph', GEN4_ALEPH],
	] as const) {
		it(`Transform’s model list has prices, and ${model} shows what it takes`, async () => {
			const { editor, simulator } = open();
			await editor.details.chooseFromList('model', model, OFFERED);
			await assertShown(editor, shown);
			assert.ok(
				simulator.requests().some(({ path }) => path === '/api/models'),
				'the catalogue was asked for',
			);
		});
	}
}

export function modelByExpression(open: () => EditorStage): void {
	it('a model that is an expression shows the common fields', async () => {
		const { editor, api, credential } = open();
		const model = { __rl: true, mode: 'id', value: '={{ $json.model }}' };
		const workflow = sequence('Any model', [manualTrigger, transformNode({ model })]);
		await editor.openWorkflow(await api.createWorkflow(withCredential(workflow, credential)));
		await editor.details.open(SUBMIT);
		await assertShown(editor, COMMON);
		await editor.details.close();
	});
}
