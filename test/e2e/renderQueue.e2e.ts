import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { prepareRound, reachEveryStep, SUBMITTING } from './renderQueue/kill';
import { type Clip, RenderQueue, SUBMIT, withShortSchedules } from './renderQueue/queue';
import { Steps } from './renderQueue/steps';
import { Stage } from './stage';

const OVERLAPPING_RUNS = 8;
const ROUNDS = ['first', 'second'];

/** What becomes of a clip in the end, by its prompt. */
const isRefused = ({ prompt }: Clip) => prompt.includes('refused');
const isFailing = ({ prompt }: Clip) => prompt.includes('fails');
const isUncertain = ({ prompt }: Clip) => prompt.includes('uncertain');

describe('the render queue', () => {
	const steps = new Steps();
	let queue: RenderQueue;
	/** Ids of the rows that were being submitted when n8n was killed. */
	const cutOff = new Set<number>();

	before(async () => {
		const stage = await Stage.open({ speed: 20 }, { env: steps.env });
		queue = await RenderQueue.on(stage, withShortSchedules(stage));
		await queue.stage.api.activate(queue.stored);
	});
	after(async () => await queue.stage.n8n.stop());

	it('submits each clip once, though its runs overlap', async () => {
		const { simulator } = queue.stage;
		simulator.addRule({ promptIncludes: 'overlap', scenario: { createMs: 60_000 } });
		await queue.add(...['one', 'two', 'three', 'four'].map((each) => `overlap: ${each}`));
		const runs = Array.from({ length: OVERLAPPING_RUNS }, async () => await queue.run(SUBMIT));
		await Promise.all(runs);
		await queue.waitUntilNoneIn('queued', 'submitting', 'submitted');
		for (const clip of await queue.clips()) queue.assertDone(clip);
	});

	for (const round of ROUNDS) {
		it(`is killed while an execution is at each of its steps, the ${round} time`, async () => {
			prepareRound(queue, round);
			await reachEveryStep(queue, steps, round);
			const submitting = await queue.clipsIn('submitting');
			const now = submitting.filter(({ id }) => !cutOff.has(id));
			steps.release();
			await queue.stage.n8n.restart('SIGKILL');
			console.log(
				`  SIGKILL at ${steps.all.length} steps and in 4 requests; ${now.length} clips were being submitted`,
			);
			assert.equal(now.length, SUBMITTING, JSON.stringify(now));
			for (const { id } of now) cutOff.add(id);
		});
	}

	it('takes up no clip again that was being submitted, not by Retry execution either', async () => {
		const retried = await queue.retryCrashed();
		assert.ok(retried >= steps.all.length, `${retried} executions have crashed`);
		console.log(`  Retry execution of ${retried}`);
		await queue.waitUntilNoneIn('queued', 'submitted');
		for (const clip of await queue.clips()) {
			const { creates, taskIds } = queue.submissionsOf(clip);
			assert.ok(creates <= 1 && taskIds.length <= 1, `${clip.prompt}: ${creates} creates`);
		}
	});

	it('flags for a person what was cut off while it was submitted, and what is uncertain, and nothing else', async () => {
		const submitting = await queue.clipsIn('submitting');
		assert.deepEqual(idsOf(submitting), [...cutOff].sort());
		for (const clip of submitting) await queue.age(clip);
		await queue.waitUntilNoneIn('submitting');
		const flagged = await queue.clipsIn('check');
		const uncertain = (await queue.clips()).filter(isUncertain);
		const expected = new Set([...cutOff, ...idsOf(uncertain)]);
		assert.deepEqual(idsOf(flagged), [...expected].sort());
		for (const { error } of flagged) assert.match(error, /may (exist|have been accepted)/);
	});

	it('has every other clip done, or failed with its error', async () => {
		for (const clip of await queue.clips()) if (clip.state !== 'check') assertEnded(clip);
	});

	it('goes on with what a person has looked up: no clip is lost, none is paid for twice', async () => {
		await queue.lookUpFlagged();
		await queue.waitUntilNoneIn('queued', 'submitting', 'submitted');
		const clips = await queue.clips();
		for (const clip of clips) assertEnded(clip);
		console.log(`  ${clips.length} clips, ${queue.stage.simulator.tasks().length} tasks`);
	});

	function assertEnded(clip: Clip): void {
		if (isRefused(clip)) assertFailed(clip, 0, /refused the request/);
		else if (isFailing(clip)) assertFailed(clip, 1, /INTERNAL/);
		else queue.assertDone(clip);
	}

	function assertFailed(clip: Clip, tasks: number, error: RegExp): void {
		assert.equal(clip.state, 'failed', JSON.stringify(clip));
		assert.match(clip.error, error);
		assert.equal(queue.submissionsOf(clip).taskIds.length, tasks, clip.prompt);
	}
});

const idsOf = (clips: Clip[]): number[] => clips.map(({ id }) => id).sort();
